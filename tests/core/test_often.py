"""Remembering what was told of words."""

from core.often import KEPT, LONGEST, often


def test_what_comes_again_is_told_from_memory() -> None:
    """Long texts, and those that many others came after, are told anew."""
    asked: list[str] = []

    @often
    def told(text: str) -> int:
        """Says how long it is."""
        asked.append(text)
        return len(text)

    assert [told("有货吗"), told("有货吗")] == [3, 3]
    assert asked == ["有货吗"]
    long = "长" * (LONGEST + 1)
    assert told(long) == told(long) == LONGEST + 1
    assert asked.count(long) == 2
    for number in range(KEPT):
        told(str(number))
    told("有货吗")
    assert asked.count("有货吗") == 2
    assert told.__doc__ == "Says how long it is."
