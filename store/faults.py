"""The seam between the program and the database, where tests make the n-th call fail, hang or kill."""

from collections.abc import Awaitable, Callable


class Faults:
    """`hook` is awaited with db:begin, db:execute, db:commit or db:read before each; what it raises is the call's fate."""

    def __init__(self) -> None:
        self.calls = 0
        self.hook: Callable[[str], Awaitable[None]] | None = None

    async def call(self, name: str) -> None:
        self.calls += 1
        if self.hook is not None:
            await self.hook(name)
