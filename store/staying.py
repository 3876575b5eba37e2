"""Staying: whether the files that are written are still those that lie under their names."""

import os
from pathlib import Path

from store.errors import DatabaseUnavailable


class Staying:
    """Knows which files they were at the first look: the database and its log, where the newest commits stand. A file that was
    deleted or replaced beneath a program takes commits all the same, and they are gone when the program ends: nothing may be
    confirmed then."""

    __slots__ = ("_known", "_paths")

    def __init__(self, path: Path) -> None:
        self._paths = (str(path), f"{path}-wal")
        self._known: dict[str, tuple[int, int]] = {}

    def let_go(self) -> None:
        """The connection is given up: with the last one the log goes too, and another is begun."""
        self._known.pop(self._paths[1], None)

    def look(self) -> None:
        """DatabaseUnavailable when one is not there, or is another. All is well again once the same one is back."""
        for path in self._paths:
            known = self._known.get(path)
            try:
                found = os.stat(path)
            except OSError as error:
                if known is None and path != self._paths[0]:
                    continue  # no log was begun yet
                raise DatabaseUnavailable(
                    f"{path} is not there any more ({error.strerror}): what is written now would be lost. "
                    "Put it back where it was, or stop the program in order and look whether a backup is to be restored."
                ) from error
            if known is None:
                self._known[path] = (found.st_dev, found.st_ino)
            elif known != (found.st_dev, found.st_ino):
                raise DatabaseUnavailable(
                    f"{path} was replaced while the program runs on it: what is written now would be lost. "
                    "Put the first one back, or stop the program before another one is laid there."
                )
