"""How much of a file is read, and what reading may cost (docs: the numbers a seller is told when a file is too large)."""

from dataclasses import dataclass

MIB = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Limits:
    """Sizes in bytes, times in seconds. `ratio` is how many times its packed size one part of a workbook may inflate to."""

    file_bytes: int = 5 * MIB
    shop_bytes: int = MIB // 2
    inflated_bytes: int = 20 * MIB
    parts: int = 1000
    ratio: int = 250
    rows: int = 20_000
    columns: int = 50
    cell_characters: int = 10_000
    memory_bytes: int = 512 * MIB
    cpu_seconds: int = 15
    wall_seconds: float = 30.0


LIMITS = Limits()
