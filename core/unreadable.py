"""What a person wrote and nobody can read: why, in both languages."""


class Unreadable(ValueError):
    """Why it cannot be read, and what to write instead."""

    def __init__(self, zh: str, en: str) -> None:
        super().__init__(en)
        self.zh, self.en = zh, en
