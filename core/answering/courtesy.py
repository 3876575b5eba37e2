"""Telling what is no fact: greetings, thanks, praise."""

from core.answering.values import Button, Fact, Scene, Telling
from core.answering.wording import says_thanks
from core.asks import Ask
from core.language import to_simplified

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


def tell_greeting(ask: Ask, scene: Scene, as_companion: bool = False) -> Telling:
    """A hello, and an open question."""
    return Telling(
        (Fact("greeting", values={"shop": scene.shop.name, "shop_en": scene.shop.name_en}),), Fact("ask_what")
    )


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
