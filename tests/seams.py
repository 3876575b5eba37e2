"""Numbered seams: every call to the Bot API and to the database passes one, so that a test can break exactly the n-th."""

from collections.abc import Awaitable, Callable


class Numbered:
    """Counts the seams that are passed and runs `fault` at those `wanted` picks; `passed` lists their names in order."""

    def __init__(self, fault: Callable[[], Awaitable[None] | None], wanted: Callable[[int, str], bool]) -> None:
        self.passed: list[str] = []
        self._fault = fault
        self._wanted = wanted

    async def __call__(self, name: str) -> None:
        self.passed.append(name)
        if self._wanted(len(self.passed), name):
            waiting = self._fault()
            if waiting is not None:
                await waiting
