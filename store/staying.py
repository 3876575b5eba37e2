"""Staying: whether the file that is written is still the one that lies under its name."""

import os
from pathlib import Path

from store.errors import DatabaseUnavailable


class Staying:
    """Knows which file it was at the first look. A file that was deleted or replaced beneath a program takes commits all the
    same, and they are gone when the program ends: nothing may be confirmed then."""

    __slots__ = ("_known", "_path")

    def __init__(self, path: Path) -> None:
        self._path = path
        self._known: tuple[int, int] | None = None

    def look(self) -> None:
        """DatabaseUnavailable when it is not there, or is another one. All is well again once the same one is back."""
        try:
            found = os.stat(self._path)
        except OSError as error:
            raise DatabaseUnavailable(
                f"{self._path} is not there any more ({error.strerror}): what is written now would be lost. "
                "Put it back where it was, or stop the program and restore a backup."
            ) from error
        if self._known is None:
            self._known = (found.st_dev, found.st_ino)
        elif self._known != (found.st_dev, found.st_ino):
            raise DatabaseUnavailable(
                f"{self._path} was replaced while the program runs on it: what is written now would be lost. "
                "Put the first one back, or stop the program before another one is laid there."
            )
