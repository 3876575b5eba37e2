"""A chart as a value: what is to be drawn. `sheets.charts` draws it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Bars:
    """Bars beside each other, one per label; several `series` (name, values) are stacked. `is_lying`: labels at the side."""

    title: str
    labels: tuple[str, ...]
    series: tuple[tuple[str, tuple[float, ...]], ...]
    is_lying: bool = False


@dataclass(frozen=True, slots=True)
class Chart:
    """One picture with its panels one below the other."""

    panels: tuple[Bars, ...]
