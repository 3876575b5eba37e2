"""Telling what is no fact: greetings, thanks, praise, and that the shopkeeper has gone."""

from datetime import timedelta

from core.answering.values import Button, Fact, Scene, Telling
from core.answering.wording import says_thanks
from core.asks import Ask
from core.language import to_simplified
from core.presence import Being, Presence

PRAISED: dict[str, tuple[str, ...]] = {
    "speed": tuple("快 速度 物流 当天 隔天 fast quick speedy delivery".split()),
    "packing": tuple("包装 打包 盒子 packaging packed wrapped".split()),
    "service": tuple("客服 服务 态度 耐心 老板人 service helpful patient friendly".split()),
    "looks": tuple("好看 漂亮 颜色 美 可爱 精致 beautiful pretty lovely cute gorgeous colour color looks".split()),
    "value": tuple("划算 便宜 实惠 值 性价比 value worth bargain".split()),
    "quality": tuple("质量 做工 结实 质感 料子 手感 舒服 quality sturdy well-made soft comfortable".split()),
    "taste": tuple("好吃 味道 新鲜 tasty delicious fresh".split()),
}
"""What was praised → words that tell; the thanks names it (S4 tip 14)."""

_WAITS = "waits"
HERE = "here"
SAYS_WHO_IS_THERE = ("automatic", "handover", "welcome")
"""Facts that say whether a person is there; they are told `about` HERE when one is."""
ASKS_NOTHING = frozenset({"goodbye", "praise", "no_thanks"})
"""What is said to who asked nothing: there is nothing to look up for them."""
REMEMBERED = timedelta(hours=12)
"""So long a buyer who was told that the shopkeeper is in counts on it: the length of a session."""


def about_presence(presence: Presence) -> str:
    """What a fact that says who is there is remembered as."""
    return HERE if presence.being is Being.HERE else ""


def has_stepped_out(scene: Scene) -> bool:
    """Whether this chat heard that the shopkeeper is in, and nothing since of their having gone."""
    if scene.presence.being is Being.HERE:
        return False
    here = [at for name in SAYS_WHO_IS_THERE if (at := scene.told.get(f"{name}:{HERE}")) is not None]
    gone = [at for name in (*SAYS_WHO_IS_THERE, "stepped_out") if (at := scene.told.get(f"{name}:")) is not None]
    return bool(here) and scene.now - max(here) < REMEMBERED and not (gone and max(gone) > max(here))


def tell_greeting(ask: Ask, scene: Scene, as_companion: bool = False) -> Telling:
    """A hello, and an open question. Who calls again hears that somebody listens; who waits for a person, that they still do."""
    values = {
        "shop": scene.shop.name,
        "shop_en": scene.shop.name_en,
        "presence": scene.presence,
        "waiting": scene.is_handed_over,
        "again": not scene.is_first,
        "still": scene.was_told(Fact("greeting", _WAITS)),
    }
    is_new = not (values["waiting"] or values["again"])
    about = _WAITS if values["waiting"] else ""
    return Telling((Fact("greeting", about, values),), Fact("ask_what") if is_new else None)


def tell_goodbye(ask: Ask, scene: Scene, as_companion: bool = False) -> Telling:
    """The last word is the shop's (S4 tip 11)."""
    return Telling((Fact("goodbye", values={"thanked": says_thanks(scene.words_of(ask))}),))


def tell_praise(ask: Ask, scene: Scene, as_companion: bool = False) -> Telling:
    """Thanks that names what was praised, and an offer to share how to get more out of it. Never a coupon for a review."""
    words = to_simplified(scene.words_of(ask)).casefold()
    aspect = next((name for name, tells in PRAISED.items() if any(word in words for word in tells)), "")
    one = next((found for sku in ask.products[:1] if (found := scene.catalogue.get(sku))), None)
    title = one.words(scene.language).title if one else ""
    fact = Fact("praise", values={"aspect": aspect, "title": title})
    if one is not None and one.words(scene.language).howto:
        button = Button(Fact("button_tip"), "tip", {"sku": one.sku})
        return Telling((fact,), Fact("ask_tip", one.sku, {"title": title}), ((button,),), products=(one.sku,))
    return Telling((fact,))
