"""Kept answers: what many ask at once is worked out once."""

import asyncio

import pytest

from onrecord.server.response_cache import ResponseCache

pytestmark = pytest.mark.loop


async def asked(
    answers: ResponseCache,
    worked: list[int],
    number: int,
    outcome: bytes | Exception | None,
) -> bytes | None:
    """Asks as a request does; a work gives an answer that is kept, one that is too large to be kept, or an error."""
    async with answers.awaited("tag", "gzip") as kept:
        if kept is not None:
            return kept
        worked.append(number)
        await asyncio.sleep(0.05)
        if isinstance(outcome, Exception):
            raise outcome
        if outcome is not None:
            answers.keep("tag", "gzip", outcome)
        return outcome


def test_what_many_ask_at_once_is_worked_out_once() -> None:
    async def main() -> None:
        answers, worked = ResponseCache(1 << 20), list[int]()
        found = await asyncio.gather(
            *(asked(answers, worked, number, b"answer") for number in range(9))
        )
        assert (found, worked) == ([b"answer"] * 9, [0])

    asyncio.run(main())


@pytest.mark.parametrize("outcome", [ValueError("a fault"), None])
def test_what_comes_to_nothing_or_is_not_kept_is_worked_out_by_each_who_waited(
    outcome: Exception | None,
) -> None:
    async def main() -> None:
        answers, worked = ResponseCache(1 << 20), list[int]()
        asking = [
            asked(answers, worked, 0, outcome),
            *(asked(answers, worked, each, b"answer") for each in (1, 2)),
        ]
        found = await asyncio.gather(*asking, return_exceptions=True)
        assert found == [outcome, b"answer", b"answer"]
        assert worked == [0, 1, 2]
        assert await asked(answers, worked, 3, b"another") == b"answer"

    asyncio.run(main())


def test_who_goes_away_leaves_the_work_to_the_others() -> None:
    async def main() -> None:
        answers, worked = ResponseCache(1 << 20), list[int]()
        first, second = (
            asyncio.create_task(asked(answers, worked, each, b"answer"))
            for each in range(2)
        )
        await asyncio.sleep(0.01)
        first.cancel()
        assert await second == b"answer"
        assert worked == [0, 1]

    asyncio.run(main())


def test_nobody_waits_where_nothing_is_kept() -> None:
    async def main() -> None:
        answers, worked = ResponseCache(0), list[int]()
        asking = [
            asyncio.create_task(asked(answers, worked, each, b"answer"))
            for each in range(3)
        ]
        await asyncio.sleep(0.01)
        assert worked == [0, 1, 2]
        await asyncio.gather(*asking)

    asyncio.run(main())
