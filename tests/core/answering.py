"""A small shop, and its answers to asks as understanding hands them over, for the tests of answering."""

from dataclasses import replace
from datetime import UTC, datetime, time
from zoneinfo import ZoneInfo

from core.answering import Answer, Scene, answer
from core.answering.bundling import companions
from core.asks import Ask, Details, Doubt, Understanding
from core.catalogue import Catalogue, Variant, Wording
from core.money import Money
from core.presence import Being, Presence
from core.shop import Carrier, Dispatch, Postage, Shop, Transit, Wordings

NOW = datetime(2026, 11, 20, 2, 0, tzinfo=UTC)
GOODS = Catalogue(
    (
        Variant(
            "B-1", Wording("帆布包", "黑色", (("颜色", "黑色"), ("内袋", "两个"), ("电脑夹层", "能放 14 寸电脑")), howto="冷水手洗", not_for="不防水"),
            Money(8900, "CNY"), 5, category="包", weight="620 g",
        ),
        Variant("B-2", Wording("帆布包", "米白", (("颜色", "米白"), ("内袋", "一个"))), Money(8900, "CNY"), 0, category="包"),
        Variant("B-3", Wording("帆布包", "焦糖", (("颜色", "焦糖"), ("内袋", "一个"))), Money(9900, "CNY"), 2, category="包"),
        Variant("M-1", Wording("羊毛毯", "", (("大小", "70 cm"),), not_for="对羊毛过敏请慎选"), Money(22800, "CNY"), 3),
    )
)  # fmt: skip
BAGS = ("B-1", "B-2", "B-3")
SHOP = Shop(
    name="小店",
    timezone=ZoneInfo("Asia/Shanghai"),
    dispatch=Dispatch(time(16, 40)),
    carriers=(Carrier("zto", "中通", is_default=True, transit=(Transit("江苏", 1, 2), Transit("default", 2, 4))),),
    postage=Postage(Money(800, "CNY"), Money(8900, "CNY")),
    delivers_to=("中国大陆",),
    not_to=("香港",),
    policies=(("price", Wordings("料子好")), ("care", Wordings("冷水洗"))),
    promotions=(Wordings("满减"),),
)


def scene(words: str, **given: object) -> Scene:
    """A shop of two products at ten in the morning, in a chat that was greeted before."""
    plain = Scene(SHOP, GOODS, Presence(Being.AWAY, None), NOW, words, graph=companions(SHOP))
    return replace(plain, **given)  # type: ignore[arg-type]


def ask(name: str, words: str, products: tuple[str, ...] = (), **details: object) -> Ask:
    return Ask(name, 0.95, (0, len(words)), products, details=Details(**details))  # type: ignore[arg-type]


def answered(words: str, *asks: Ask, doubts: tuple[Doubt, ...] = (), **given: object) -> Answer:
    return answer(Understanding("zh", "hans", asks, doubts), scene(words, **given))


def names(decided: Answer) -> list[str]:
    return [fact.name for fact in decided.said]


def kind(decided: Answer) -> object:
    """How the hand-over is said."""
    (line,) = [fact for fact in decided.facts if fact.name == "handover"]
    return line.values["kind"]
