"""Photos of goods: those a catalogue file names, those sent in chat, and what Telegram calls them once they were uploaded."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam, delete, select, update
from sqlalchemy.dialects.postgresql import insert

from core.catalogue import Variant
from store.ids import new_id
from store.reading import Reader
from store.revision import BUMP, NEXT
from store.tables import photo_files, photos, variants
from store.writing import Unit, Write


@dataclass(frozen=True, slots=True)
class PhotoFile:
    """What one bot calls a photo (or video) it has uploaded: `media` is photo, video, animation or document."""

    bot_id: int
    source: str
    file_id: str
    media: str


IN_CHAT = 1_000_000
"""Where photos sent in chat begin: behind all that a file may name."""

_SKU = bindparam("sku_", type_=photos.c.sku.type)
_DROP_OF_FILE = delete(photos).where(photos.c.sku == _SKU, photos.c.origin == "file")
_ADD = insert(photos)
_ADD = _ADD.on_conflict_do_update(
    index_elements=["sku", "source"],
    set_={"position": _ADD.excluded.position, "origin": _ADD.excluded.origin},
)
_ADD_IN_CHAT = insert(photos).on_conflict_do_nothing(index_elements=["sku", "source"])
_TOUCH = update(variants).where(variants.c.sku == _SKU).values(revision=NEXT)
_DROP = delete(photos).where(photos.c.sku == _SKU, photos.c.source == bindparam("source_"))
_LEARN = insert(photo_files)
_LEARN = _LEARN.on_conflict_do_update(
    index_elements=["bot_id", "source"],
    set_={name: _LEARN.excluded[name] for name in ("file_id", "media", "at")},
)
_FILES = select(photo_files.c.source, photo_files.c.file_id, photo_files.c.media).where(
    photo_files.c.bot_id == bindparam("bot_id"), photo_files.c.source.in_(bindparam("sources", expanding=True))
)

_OF = (
    select(photos.c.sku, photos.c.source, photos.c.origin, photos.c.position)
    .where(photos.c.sku.in_(bindparam("skus", expanding=True)))
    .order_by(photos.c.sku, photos.c.position, photos.c.id)
)
_AT_ONCE = 500


class Photos:
    def __init__(self, reader: Reader) -> None:
        self._reader = reader

    async def files(self, bot_id: int, sources: Sequence[str]) -> dict[str, PhotoFile]:
        """What this bot calls those of the photos it has uploaded before."""
        rows = await self._reader.rows(_FILES, {"bot_id": bot_id, "sources": list(sources)})
        return {row.source: PhotoFile(bot_id, row.source, row.file_id, row.media) for row in rows}

    @staticmethod
    def add(sku: str, source: str) -> Unit:
        """A photo sent in chat, shown behind the others; a known one changes nothing. RowRefused for an unknown sku."""
        values = {"id": new_id(), "sku": sku, "source": source, "origin": "chat", "position": IN_CHAT}
        return (Write(_ADD_IN_CHAT, values, row=sku), Write(_TOUCH, {"sku_": sku}, row=sku), BUMP)

    @staticmethod
    def drop(sku: str, source: str) -> Unit:
        """This photo is not shown any more."""
        return (
            Write(_DROP, {"sku_": sku, "source_": source}, row=sku),
            Write(_TOUCH, {"sku_": sku}, row=sku),
            BUMP,
        )

    async def of(self, skus: Sequence[str]) -> dict[str, list[tuple[str, str, int]]]:
        """The photos of each of these variants: source, origin (file or chat) and position; for thousands at once."""
        found: dict[str, list[tuple[str, str, int]]] = {}
        for start in range(0, len(skus), _AT_ONCE):
            for row in await self._reader.rows(_OF, {"skus": list(skus[start : start + _AT_ONCE])}):
                found.setdefault(row.sku, []).append((row.source, row.origin, row.position))
        return found

    @staticmethod
    def put_back(sku: str, rows: Iterable[tuple[str, str, int]]) -> Unit:
        """The photos a file names are those of before; what was sent in chat stays. Belongs behind the variant."""
        return (
            Write(_DROP_OF_FILE, {"sku_": sku}, row=sku),
            *(
                Write(
                    _ADD,
                    {"id": new_id(), "sku": sku, "source": source, "origin": origin, "position": position},
                    row=sku,
                )
                for source, origin, position in rows
            ),
        )

    @staticmethod
    def learn(file: PhotoFile, now: datetime) -> Write:
        """Telegram has named a photo."""
        values = {"bot_id": file.bot_id, "source": file.source, "file_id": file.file_id, "media": file.media, "at": now}
        return Write(_LEARN, values, row=(file.bot_id, file.source))


def of_file(these: Sequence[Variant]) -> Iterable[Write]:
    """The photos a file names of these variants, in the place of those it named before. Belongs behind the variants."""
    yield from (Write(_DROP_OF_FILE, {"sku_": one.sku}, row=one.sku) for one in these)
    for one in these:
        for place, source in enumerate(dict.fromkeys(one.photos)):
            values = {"id": new_id(), "sku": one.sku, "source": source, "origin": "file", "position": place}
            yield Write(_ADD, values, row=one.sku)
