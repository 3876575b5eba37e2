"""What a person wrote and nobody can read: why, as a value that the template `unreadable` puts into words."""

from typing import Any


class Unreadable(ValueError):
    """`why` it cannot be read, and the values that its sentence names."""

    def __init__(self, why: str, /, **values: Any) -> None:
        super().__init__(why)
        self.why, self.values = why, values
