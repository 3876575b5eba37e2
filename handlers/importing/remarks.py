"""What is to be said of a thing in a file: why as a value, which the template `import_remark` puts into words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import unescape
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from templates import Speech, Voice


@dataclass(frozen=True, slots=True)
class Remark:
    """Why, and the values its sentence names."""

    why: str
    values: Mapping[str, Any]


def remark(why: str, /, **values: Any) -> Remark:
    return Remark(why, values)


def sentences(speech: Speech, voice: Voice, remarks: Sequence[Remark]) -> list[str]:
    """Each in words, as plain text."""
    return [unescape(speech.seller("import_remark", voice, why=one.why, **one.values)).strip() for one in remarks]
