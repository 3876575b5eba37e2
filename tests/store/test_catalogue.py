"""The catalogue: what is put comes back, nothing is removed, and every change of stock and price has its history."""

import asyncio
from dataclasses import replace
from datetime import datetime

import pytest

from core.catalogue import Variant, Wording
from core.money import Money
from store import RowRefused, Store
from store.photos import PhotoFile

RED = Variant(
    "D-1-R",
    Wording("亚麻连衣裙", "红 M", (("材质", "亚麻"), ("长度", "中长")), "洗后略缩", "冷水手洗", "不适合机洗", "一年"),
    Money(12900, "CNY"),
    stock=3,
    category="裙装",
    aliases=("小红裙", "linen dress"),
    photos=("b.jpg", "a.jpg"),
    floor_price=Money(10000, "CNY"),
    weight="300g",
    english=Wording("Linen dress", "Red M"),
)
BLUE = Variant("D-1-B", Wording("亚麻连衣裙", "蓝 M"), Money(12900, "CNY"), stock=0)
BAG = Variant("B-1", Wording("帆布包"), Money(4900, "CNY"))


async def put(store: Store, *these: Variant) -> None:
    await store.write(store.catalogue.put(these, "owner:1", "import", NOW))


NOW = datetime.fromisoformat("2026-11-03T08:30:00+00:00")


async def test_what_is_put_comes_back_in_the_files_order(store: Store) -> None:
    """Every field, an unknown stock unknown, the order of photos and rows."""
    await put(store, RED, BAG, BLUE)
    found = await store.catalogue.load()
    assert found.variants == (RED, BAG, BLUE)
    assert found.revision == await store.revision.read()
    assert found.sisters(RED) == (BLUE,)
    assert await store.catalogue.count() == 3


async def test_a_file_updates_what_it_names_and_removes_nothing(store: Store) -> None:
    """The rest stays, in its place; a new one comes last."""
    await put(store, RED, BAG)
    dearer = replace(
        RED, price=Money(13900, "CNY"), photos=("c.jpg",), english=None, wording=replace(RED.wording, title="新裙子")
    )
    await put(store, BLUE, dearer)
    assert (await store.catalogue.load()).variants == (dearer, BAG, BLUE)


async def test_a_file_is_taken_whole_or_not_at_all(store: Store) -> None:
    """One impossible row and none of the file's rows is there."""
    with pytest.raises(RowRefused):
        await put(store, RED, replace(BAG, stock=-1))
    assert (await store.catalogue.load()).variants == ()


async def test_of_a_known_catalogue_only_the_changes_are_read(store: Store) -> None:
    """Price, stock, floor, photos and new rows arrive; an unchanged catalogue is the very same object."""
    await put(store, RED, BAG)
    known = await store.catalogue.load()
    assert await store.catalogue.load(known) is known
    await store.write(store.catalogue.set_stock("B-1", 4, "owner:1", "seller", NOW))
    await store.write(store.catalogue.set_price("D-1-R", Money(9900, "CNY"), "owner:1", NOW))
    await store.write(store.catalogue.set_floor("D-1-R", None, NOW))
    await store.write(store.photos.add("D-1-R", "file-id"))
    await put(store, BLUE)
    news = await store.catalogue.load(known)
    assert news == await store.catalogue.load()
    assert news.variants == (
        replace(RED, price=Money(9900, "CNY"), floor_price=None, photos=("b.jpg", "a.jpg", "file-id")),
        replace(BAG, stock=4),
        BLUE,
    )


async def test_changes_written_at_once_are_all_seen(store: Store) -> None:
    """Ten sellers' changes in one commit: a catalogue read before lacks none of them."""
    await put(store, *(replace(BAG, sku=f"B-{one}") for one in range(10)))
    known = await store.catalogue.load()
    await asyncio.gather(
        *(store.write(store.catalogue.set_stock(f"B-{one}", one, "owner:1", "seller", NOW)) for one in range(10))
    )
    assert [one.stock for one in await store.catalogue.load(known)] == list(range(10))


async def test_photos_sent_in_chat_outlive_the_next_file(store: Store) -> None:
    """The file's photos come first, those of the chat behind; each once."""
    await put(store, RED)
    await store.write(store.photos.add("D-1-R", "from-chat"))
    await store.write(store.photos.add("D-1-R", "from-chat"))
    await put(store, replace(RED, photos=("c.jpg",)))
    [found] = await store.catalogue.load()
    assert found.photos == ("c.jpg", "from-chat")
    await store.write(store.photos.drop("D-1-R", "c.jpg"))
    [found] = await store.catalogue.load()
    assert found.photos == ("from-chat",)
    with pytest.raises(RowRefused):
        await store.write(store.photos.add("nowhere", "x"))


async def test_stock_has_a_history_with_causes(store: Store) -> None:
    """Each change with what it was before; setting what is there already is no change."""
    await put(store, RED)
    for stock, cause in ((5, "seller"), (5, "seller"), (4, "order"), (None, "import")):
        await store.write(store.catalogue.set_stock("D-1-R", stock, "owner:1", cause, NOW))
    changes = await store.stock_history.of("D-1-R")
    assert [(one.before, one.after, one.delta, one.cause) for one in changes] == [
        (4, None, None, "import"),
        (5, 4, -1, "order"),
        (3, 5, 2, "seller"),
    ]
    assert await store.stock_history.since(NOW) == changes[::-1]


@pytest.mark.parametrize(
    ("sought", "skus"),
    [
        ("连衣裙", ["D-1-R", "D-1-B"]),
        ("連衣裙", ["D-1-R", "D-1-B"]),
        ("亚麻", ["D-1-R", "D-1-B"]),
        ("帆布", ["B-1"]),
        ("红裙", ["D-1-R"]),
        ("蓝 连衣裙", ["D-1-B"]),
        ("LINEN", ["D-1-R"]),
        ("手表", []),
        ("", []),
    ],
)
async def test_products_are_found_by_two_characters(store: Store, sought: str, skus: list[str]) -> None:
    """Titles, aliases, variants and attributes, in either script."""
    await put(store, RED, BLUE, BAG)
    await put(store, RED)
    assert await store.catalogue.search(sought) == skus


async def test_the_words_follow_the_title(store: Store) -> None:
    """A renamed product is found by its new name only."""
    await put(store, BAG)
    await put(store, replace(BAG, wording=Wording("双肩包")))
    assert (await store.catalogue.search("帆布"), await store.catalogue.search("双肩")) == ([], ["B-1"])


async def test_file_ids_are_kept_per_bot(store: Store) -> None:
    """One bot's name for a photo is not another's, and the latest one counts."""
    await store.write([store.photos.learn(PhotoFile(1, "a.jpg", "AAA", "photo"), NOW)])
    await store.write([store.photos.learn(PhotoFile(1, "a.jpg", "BBB", "photo"), NOW)])
    assert await store.photos.files(1, ["a.jpg", "b.jpg"]) == {"a.jpg": PhotoFile(1, "a.jpg", "BBB", "photo")}
    assert await store.photos.files(2, ["a.jpg"]) == {}
