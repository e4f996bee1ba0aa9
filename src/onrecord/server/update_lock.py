"""Who writes when: changes go together, a change under a condition goes alone."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field


@dataclass(slots=True)
class UpdateLock:
    """A gate for changes: many at once, or one that must not see another between its condition and its end."""

    _free: asyncio.Condition = field(default_factory=asyncio.Condition)
    _running: int = 0

    @asynccontextmanager
    async def together(self) -> AsyncIterator[None]:
        """A turn beside others."""
        async with self._free:
            self._running += 1
        try:
            yield
        finally:
            async with self._free:
                self._running -= 1
                self._free.notify_all()

    @asynccontextmanager
    async def alone(self) -> AsyncIterator[None]:
        """A turn while nobody else has one; others wait at the gate meanwhile."""
        async with self._free:
            await self._free.wait_for(lambda: self._running == 0)
            yield
