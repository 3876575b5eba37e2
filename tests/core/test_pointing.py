"""Which goods a message spoke of: by title, the variant where it is named, the longer title where one holds another."""

from core.catalogue import Catalogue, Variant, Wording
from core.money import Money
from core.pointing import goods_spoken_of


def variant(sku: str, title: str, name: str, title_en: str = "", name_en: str = "") -> Variant:
    english = Wording(title_en, name_en) if title_en else None
    return Variant(sku, Wording(title, name), Money(100, "CNY"), english=english)


SHELF = Catalogue(
    (
        variant("A-1", "帆布包", "米白", "Canvas Bag", "natural"),
        variant("A-2", "帆布包", "墨绿", "Canvas Bag", "green"),
        variant("B-1", "迷你帆布包", "雾蓝"),
    )
)


def test_all_of_a_title() -> None:
    assert goods_spoken_of("帆布包有货：米白 3 件。", SHELF) == ("A-1", "A-2")
    assert goods_spoken_of("Yes, we have Canvas Bag: natural (3 left).", SHELF) == ("A-1", "A-2")


def test_the_variant_that_is_named() -> None:
    assert goods_spoken_of("帆布包 · 墨綠有貨，現在還有 3 件。", SHELF) == ("A-2",)


def test_the_longer_title() -> None:
    """迷你帆布包 speaks of no 帆布包."""
    assert goods_spoken_of("迷你帆布包 · 雾蓝 ¥79。", SHELF) == ("B-1",)


def test_nothing_of_the_shop() -> None:
    assert goods_spoken_of("不客气，谢谢您光临。", SHELF) == ()
