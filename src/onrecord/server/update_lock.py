"""A shared and exclusive lock: changes go together, a change under a condition goes alone."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field


@dataclass(slots=True)
class UpdateLock:
    """A gate for changes: many at once, or one that must not see another between its condition and its end."""

    _condition: asyncio.Condition = field(default_factory=asyncio.Condition)
    _running: int = 0

    @asynccontextmanager
    async def together(self) -> AsyncIterator[None]:
        """Holds the lock shared, beside others."""
        async with self._condition:
            self._running += 1
        try:
            yield
        finally:
            async with self._condition:
                self._running -= 1
                self._condition.notify_all()

    @asynccontextmanager
    async def alone(self) -> AsyncIterator[None]:
        """Holds the lock exclusively: waits until nobody has it, and others wait meanwhile."""
        async with self._condition:
            await self._condition.wait_for(lambda: self._running == 0)
            yield
