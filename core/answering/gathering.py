"""The asks of a turn before any is told: what they know of each other, and in which order they are told."""

import re
from collections.abc import Sequence
from dataclasses import replace

from core.answering import goods
from core.answering.attributes import asked_attributes, asks_which_colours, concerns
from core.answering.besides import tells_of_a_purchase
from core.answering.going_back import of_what_goes_back
from core.answering.recommending import within_budget
from core.answering.stock import OF_THE_SIZE
from core.answering.values import Fact, Scene
from core.answering.variants import each_is_named, is_gone, meant
from core.answering.wanting import summed_up
from core.answering.wording import (
    asks_about_quality,
    asks_for_others,
    asks_for_the_sum,
    asks_when_back,
    asks_which_fits,
    asks_wholesale,
    names_a_size,
)
from core.asks import COURTESIES, Ask, Details, Understanding
from core.catalogue import Variant
from core.language import to_simplified
from core.understanding.words.goods import PARTS

PRODUCT_ASKS = frozenset({"stock", "price", "spec", "recommend", "haggle", "variants"})
OF_THE_SAME = frozenset({"stock", "price", "ship_fee"})
"""Asks that are about the goods named elsewhere in the same message, where they name none themselves."""


def gathered(understood: Understanding, scene: Scene) -> tuple[Ask, ...]:
    """The asks, courtesies dropped where something is asked, each knowing what the whole turn told (a region, a wish)."""
    asks = understood.asks
    if len(asks) + len(understood.doubts) > 1:
        rest = tuple(ask for ask in asks if ask.name not in COURTESIES)
        asks = rest if rest or understood.doubts else asks[:1]
    asks = of_what_goes_back(asks, scene)
    asks = tuple(_of_a_budget(_of_others(ask, scene), scene) for ask in _with_their_colours(asks))
    asks = tuple(_of_what_may_break(ask, scene) for ask in asks)
    asks = tuple(_of_the_size(_of_all_colours(_of_a_property(ask, scene), scene), scene) for ask in asks)
    whole = understood.details
    named = next((ask for ask in asks if ask.name in PRODUCT_ASKS and (ask.products or ask.unsure or ask.named)), None)
    asks = summed_up(asks, scene)
    asks = tuple(_counted(_of_what_was_wanted(_of_what_is_gone(ask, scene), scene), scene) for ask in asks)
    asks = _offering_for_what_is_gone(asks, scene)
    return tuple(_knowing(ask if named is None else _of_the_same(ask, named), whole) for ask in asks)


def _with_their_colours(asks: tuple[Ask, ...]) -> tuple[Ask, ...]:
    """亚麻窗帘 藏青的有吗: what is asked of a colour or size alone is asked of the goods named just before."""
    found: list[Ask] = []
    for ask in asks:
        before = found[-1] if found else None
        is_bare = not (ask.products or ask.unsure) and bool(ask.details.wanted)
        if before and is_bare and ask.name == before.name and before.products and not before.details.wanted:
            details = replace(ask.details, quantity=ask.details.quantity or before.details.quantity)
            found[-1] = replace(before, span=(before.span[0], ask.span[1]), details=details)
        else:
            found.append(ask)
    return tuple(found)


def _knowing(ask: Ask, whole: Details) -> Ask:
    """The ask, with the place and the wish for the original that the turn told elsewhere."""
    own = ask.details
    place, original = own.destination or whole.destination, own.original_only or whole.original_only
    if (place, original) == (own.destination, own.original_only):
        return ask
    return replace(ask, details=replace(own, destination=place, original_only=original))


def _counted(ask: Ask, scene: Scene) -> Ask:
    """A question of the sum, 一共多少钱, is about as many as a sum was told for last."""
    if ask.name != "price" or ask.details.quantity or not asks_for_the_sum(scene.words_of(ask)):
        return ask
    many = goods.counted_lately(ask.products, scene)
    return replace(ask, details=replace(ask.details, quantity=many)) if many else ask


def _of_a_property(ask: Ask, scene: Scene) -> Ask:
    """支数多少 asks for what stands on file under that name, and for no price; 有蓝裙子的吗 whether that one is there."""
    if ask.name == "spec" and _WHETHER_THERE.match(to_simplified(scene.words_of(ask))) and ask.products:
        is_named = each_is_named(meant(ask, scene), scene.words_of(ask))
        return replace(ask, name="stock") if is_named else ask  # 有蓝裙子的吗
    if ask.name == "spec" and ask.products and _only_names(to_simplified(scene.words_of(ask)), meant(ask, scene)):
        return replace(ask, name="stock")  # 防水格纹桌布有吗
    if ask.name == "authenticity" and ask.products and _stands_on_file(ask, scene):
        return replace(ask, name="spec")  # is the scarf real cashmere
    if ask.name == "spec" and asks_about_quality(scene.words_of(ask)) and scene.shop.policy("authenticity") is not None:
        return replace(ask, name="authenticity")  # 质量怎么样: what the shop says of how it is made
    if ask.name == "payment" and not _OF_PAYING.search(words := to_simplified(scene.words_of(ask)).casefold()):
        known = [one for sku in scene.last_products if (one := scene.catalogue.get(sku)) is not None]
        keys = {key for one in known for key, _ in one.words(scene.language).attributes}
        if any(len(key) > 1 and to_simplified(key).casefold() in words for key in keys):
            return replace(ask, name="spec", products=scene.last_products)  # 支持MagSafe吗
    if ask.name != "price" or not ask.products or (one := scene.catalogue.get(ask.products[0])) is None:
        return ask
    words = to_simplified(scene.words_of(ask))
    named = any(len(key) > 1 and key in words for key, _ in one.wording.attributes)
    return replace(ask, name="spec") if named and not _OF_MONEY.search(words) else ask


_WHETHER_THERE = re.compile(r"(?:那|还|请问|你们?)*有(?:没有)?[^,，。]{1,14}(?:[吗么没]|$)")
_OF_PAYING = re.compile(r"付|款|钱|卡|账|帐|分期|支付|微信|\b(?:pay\w*|card|cash|bank|transfer)\b")
_OF_MONEY = re.compile("钱|价|贵|便宜|元|块")


def _of_others(ask: Ask, scene: Scene) -> Ask:
    """有没有别的花样, of what was spoken of: its other variants, and where it has none, what else stands on its shelf."""
    if ask.name not in ("stock", "spec") or not ask.products or not set(ask.products) <= set(scene.last_products):
        return ask
    if not asks_for_others(scene.words_of(ask)):
        return ask
    variants = meant(ask, scene)
    spoken = {one.title for one in variants}
    sisters = [each.sku for each in scene.catalogue.sisters(variants[0]) if each.stock and each.sku not in ask.products]
    if len(spoken) == 1 and (sisters or asks_for_others(scene.words_of(ask)) == "colour"):
        return replace(ask, name="stock", products=tuple(sisters) or _family_of(ask, scene))
    shelf = scene.catalogue.categories.get(variants[0].category, ()) if variants[0].category else ()
    others = {one.title: one.sku for one in shelf if one.stock and one.title not in spoken}
    if not others:
        return ask
    details = replace(ask.details, kinds=True)
    return replace(ask, name="recommend", products=(), unsure=tuple(others.values()), details=details)


def _stands_on_file(ask: Ask, scene: Scene) -> bool:
    """Whether what goods are really of is told by their details, where the shop says nothing of it in words of its own."""
    if scene.shop.policy("authenticity") is not None:
        return False
    return bool(asked_attributes(scene.words_of(ask), meant(ask, scene), scene.language))


def _only_names(words: str, variants: Sequence[Variant]) -> bool:
    """Whether words that ask if something is there name these goods by what they are, and nothing besides: not 口袋有吗."""
    found = _IS_THERE.fullmatch(words)
    if found is None:
        return False
    names = [name for one in variants for name in (one.wording.title, *one.aliases) if len(name) > 1]
    return any(found["it"].endswith(to_simplified(name)[-2:]) for name in names)


_IS_THERE = re.compile(
    r"(?:请问|老板|你们?|那个?|这个?|的|,|，|\s)*(?P<it>[一-鿿\w]{2,14}?)(?:这款|那款)?(?:还|现在)*有(?:吗|么|没有?|没有?卖)[?？]?"
)


def _of_a_budget(ask: Ask, scene: Scene) -> Ask:
    """绿茶，一百以内的: where but one product is there for that, it is told of as if it had been asked for."""
    within = within_budget(ask, scene) if ask.name == "recommend" else []
    if len({one.title for one in within}) != 1:
        return ask
    return replace(ask, name="stock", products=tuple(one.sku for one in within), unsure=(), details=Details())


def _of_all_colours(ask: Ask, scene: Scene) -> Ask:
    """什么颜色有 is about all there are, whichever was spoken of last."""
    if ask.name != "spec" or len(ask.products) != 1 or not asks_which_colours(scene.words_of(ask)):
        return ask
    return replace(ask, products=_family_of(ask, scene))


def _family_of(ask: Ask, scene: Scene) -> tuple[str, ...]:
    """All variants of the product that an ask is about."""
    one = scene.catalogue.get(ask.products[0])
    return ask.products if one is None else tuple(each.sku for each in scene.catalogue.families[one.title])


def _of_what_may_break(ask: Ask, scene: Scene) -> Ask:
    """路上坏了怎么办, where nothing is guaranteed: what the shop says of returns tells who pays for what comes broken."""
    if ask.name != "warranty" or ask.source != "rule" or scene.shop.policy("warranty") is not None:
        return ask
    is_guaranteed = any(one.words(scene.language).guarantee for one in meant(ask, scene))
    return ask if is_guaranteed else replace(ask, name="return_exchange")


def of_a_part(ask: Ask, scene: Scene) -> Ask:
    """帆布袋有没有拉链 asks what the bag is like, and not whether it is there."""
    if ask.name != "stock" or not ask.products or not _ITS_PART.search(to_simplified(scene.words_of(ask))):
        return ask
    return replace(ask, name="spec")


_ITS_PART = re.compile(
    rf"[有带][没冇不]?[有带]?(?:{PARTS.pattern})(?:的|嘅|㗎|吗|么|嘛|呢|没有?|$|[?？\s])|\b(?:have|with|got) (?:an? |any )?(?:{PARTS.pattern})\W*$",
    re.IGNORECASE,
)


def _of_the_size(ask: Ask, scene: Scene) -> Ask:
    """1米8的床用哪个: where but one has that size, it is that one, and it is told whether it is there."""
    words = scene.words_of(ask)
    if ask.name != "recommend" or not ask.product or not asks_which_fits(words) or not names_a_size(words):
        return ask
    return replace(ask, name="stock", source=OF_THE_SIZE, details=Details())


def _of_what_is_gone(ask: Ask, scene: Scene) -> Ask:
    """什么时候到货, of what is sold out, asks when it is there again, and not how long a parcel is on the way."""
    if ask.name not in ("ship_eta", "ship_when") or not asks_when_back(scene.words_of(ask)):
        return ask
    meant = [one for sku in ask.products or scene.last_products if (one := scene.catalogue.get(sku)) is not None]
    gone = tuple(one.sku for one in meant if one.is_sold_out)
    return replace(ask, name="stock", products=gone) if gone else ask


def _offering_for_what_is_gone(asks: tuple[Ask, ...], scene: Scene) -> tuple[Ask, ...]:
    """Who asks what a sold-out thing costs, or is like, is offered what is near to it, as if asked whether it is there; and when it would
    leave is not said of it, unless that was asked outright."""
    gone = tuple(ask.products for ask in asks if _may_be_had(ask, scene) and is_gone(ask, scene))
    if not gone:
        return asks
    asked = {ask.products for ask in asks if ask.name == "stock"}
    found: list[Ask] = []
    for ask in asks:
        if ask.name != "ship_when" or ask.source != "context":
            found.append(ask)
        if ask.name in ("price", "spec") and ask.products in gone and ask.products not in asked:
            found.append(replace(ask, name="stock"))
    return tuple(found)


def _may_be_had(ask: Ask, scene: Scene) -> bool:
    """Whether an ask is of what a buyer would have, and not of the price for a reseller, nor of a thing they bought; what
    it is like, where they have not heard that it is gone."""
    words = scene.words_of(ask)
    if ask.name == "spec":
        is_news = not any(scene.was_told(Fact("sold_out", sku)) for sku in ask.products)
        return is_news and not (ask.details.photos or concerns("care", words) or tells_of_a_purchase(scene.words))
    return ask.name in OF_THE_SAME and not asks_wholesale(words)


def _of_what_was_wanted(ask: Ask, scene: Scene) -> Ask:
    """两个包邮吗 is about two of what was spoken of last."""
    if ask.name != "ship_fee" or not ask.details.quantity or ask.products:
        return ask
    return replace(ask, products=scene.last_products)


def by_goods(asks: tuple[Ask, ...]) -> list[tuple[Ask, ...]]:
    """Asks that follow each other about one thing stand together: "the bag and the lamp, in stock? how much?" is told
    thing by thing. One group where no thing is asked about after another."""
    groups: dict[tuple[str, ...], list[Ask]] = {}
    for ask in asks:
        groups.setdefault(ask.products or ask.unsure or (ask.named,) if ask.name in PRODUCT_ASKS else (), []).append(
            ask
        )
    several = len({ask.name for ask in asks}) < len(asks)
    return [tuple(group) for group in groups.values()] if several else [asks]


def _of_the_same(ask: Ask, named: Ask) -> Ask:
    """ "Is the bag there, and how much?": the second ask is about the bag too."""
    if ask.name not in OF_THE_SAME or ask.products or ask.unsure or ask.named:
        return ask
    return replace(ask, products=named.products, unsure=named.unsure, named=named.named)
