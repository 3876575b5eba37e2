"""Telling what the shop has promised in words of its own: policies and promotions, quoted and never paraphrased."""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

from core.answering.going_back import asks_of_a_replacement, asks_where_to, asks_who_bears_postage, says_sent_back
from core.answering.values import Fact, Scene, Telling
from core.answering.wording import asks_who_pays, is_question, wants_it_done
from core.answers import FOR_A_PRODUCT, FOR_EVERYONE
from core.asks import OWN, Ask
from core.language import to_simplified
from core.shop import Wordings

JUST_NOW = timedelta(minutes=10)
"""So soon after a policy was quoted, who wants it done needs a person and not the same words."""
_POSTAGE = re.compile(
    r"运费|邮费|包邮|邮资|運費|郵費|包郵|郵資|\b(?:postage|shipping|pays? (?:for )?the way)\b", re.IGNORECASE
)
_HOW_LONG = re.compile(r"多久|几天|多长时间|\bhow (?:long|many days)\b", re.IGNORECASE)
_WHEN = re.compile(r"什么时候|几时|多久|几天|多长时间|何时|\bwhen\b|\bhow (?:long|soon|many days)\b", re.IGNORECASE)
_TIME = re.compile(
    r"[\d一二两三四五六七八九十半]+\s*个?(?:工作日|天|日|小时|小時|周|週|个?月|年)|当天|當天|次日|\b(?:days?|hours?|weeks?|months?)\b",
    re.IGNORECASE,
)
_SENTENCE = re.compile(r"[^。！？!?.]+(?:[。！？!?]|\.(?=\s|$)|$)\s*")


def tells_process(key: str) -> Callable[[Ask, Scene, bool], Telling]:
    """A teller of a policy that says how something goes, such as a return. Who asks who pays hears the sentences on that;
    who has just heard it all and wants it done is a person's, and until one comes a further question is answered again."""
    whole = tells(key)

    def tell(ask: Ask, scene: Scene, as_companion: bool = False) -> Telling:
        telling = whole(ask, scene, as_companion)
        if as_companion or not telling.facts:
            return telling
        (fact,) = telling.facts
        told_lately = scene.was_told(fact)
        is_of_time = asks_of_a_replacement(scene.words_of(ask)) and _WHEN.search(to_simplified(scene.words_of(ask)))
        if says_sent_back(scene.words) or is_of_time or (told_lately and asks_where_to(scene.words_of(ask))):
            return Telling(missing="seller", products=ask.products)
        if asks_who_bears_postage(scene.words_of(ask)) and not _says_of_postage(fact.values["text"]):
            return replace(telling, missing="seller")
        if asks_who_pays(scene.words_of(ask)):
            values = {**fact.values, "text": _sentences_on(_POSTAGE, fact.values["text"])}
            return replace(telling, facts=(replace(fact, values=values),))
        told_at = scene.told.get(fact.key)
        is_known = told_at is not None and scene.now - told_at <= JUST_NOW
        words = scene.words_of(ask)
        if is_known and wants_it_done(words) and _HOW_LONG.search(to_simplified(words)):
            return Telling(missing="seller", products=ask.products)
        if is_known and not scene.is_handed_over and (wants_it_done(words) or not is_question(words)):
            return Telling(missing="seller", products=ask.products)
        return telling

    return tell


def _says_of_postage(text: Wordings) -> bool:
    """Whether a policy says anything of postage, in one of its languages."""
    return any(_POSTAGE.search(each) for each in (text.zh, text.en, text.zh_hant))


def _sentences_on(subject: re.Pattern[str], text: Wordings) -> Wordings:
    """The sentences of a policy that speak of a subject; all of it where none does."""
    zh, en, zh_hant = (
        "".join(sentence for sentence in _SENTENCE.findall(each) if subject.search(sentence)).strip() or each
        for each in (text.zh, text.en, text.zh_hant)
    )
    return Wordings(zh, en, zh_hant)


def tells(*keys: str) -> Callable[[Ask, Scene, bool], Telling]:
    """A teller that quotes the first of these policies that shop.toml states; to who has just heard it and asks how long it
    takes, the sentences on that."""

    def tell(ask: Ask, scene: Scene, as_companion: bool = False) -> Telling:
        for key in keys:
            if (text := scene.shop.policy(key)) is not None:
                told_at = scene.told.get(Fact("policy", key).key)
                is_known = told_at is not None and scene.now - told_at <= JUST_NOW
                if is_known and not as_companion and _WHEN.search(to_simplified(scene.words_of(ask))):
                    text = _sentences_on(_TIME, text)
                return Telling((Fact("policy", key, {"text": text, "key": key}),), products=ask.products)
        return Telling(missing="" if as_companion else "missing", products=ask.products)

    return tell


def tell_payment(ask: Ask, scene: Scene, as_companion: bool = False) -> Telling:
    """How to pay; the number of an account, where the shop has not said it already, is the seller's to give."""
    telling = tells("payment")(ask, scene, as_companion)
    if as_companion or not telling.facts or not _ACCOUNT.search(to_simplified(scene.words_of(ask))):
        return telling
    is_known = any(scene.was_told(fact) for fact in telling.facts)
    return replace(telling, facts=() if is_known else telling.facts, missing="seller")


_ACCOUNT = re.compile(
    r"(?:[账帐]号|[账帐]户|卡号|收款码|付款码|二维码|收款)|\b(?:account (?:number|no|details)|your (?:account|alipay|wechat|iban|paypal)|qr ?code|payment link)\b",
    re.IGNORECASE,
)


def tell_warranty(ask: Ask, scene: Scene, as_companion: bool = False) -> Telling:
    """The warranty process; the product's own guarantee first, where one is on file. Never a price (S4 tip 8)."""
    own = []
    for sku in ask.products[:1]:
        one = scene.catalogue.get(sku)
        if one is not None and (text := one.words(scene.language).guarantee):
            values = {"title": one.words(scene.language).title, "text": text}
            own.append(Fact("guarantee", sku, values))
    process = tells_process("warranty")(ask, scene, as_companion)
    if own and (process.facts or process.missing != "seller"):
        missing = process.missing if process.facts else ""
        return Telling((*own, *process.facts), products=ask.products, missing=missing)
    return process


def tell_promo(ask: Ask, scene: Scene, as_companion: bool = False) -> Telling:
    """The offers that are on, as stated."""
    if not scene.shop.promotions:
        return Telling(missing="" if as_companion else "missing")
    return Telling((Fact("promotions", values={"promotions": scene.shop.promotions}),))


def tell_own(ask: Ask, scene: Scene, as_companion: bool = False) -> Telling:
    """An ask of the seller's own (`own:…`): the answer given to it, or else the policy of that name."""
    if (text := scene.answers.to(ask.name)) is not None:
        return Telling((_kept(ask, text),), products=ask.products)
    return tells(ask.name, ask.name.removeprefix(OWN))(ask, scene, as_companion)


def tell_kept(ask: Ask, scene: Scene) -> Telling | None:
    """What the seller has said before to this ask, about the very things that are meant or to everyone; None if nothing."""
    if ask.name in FOR_A_PRODUCT and ask.products and not ask.unsure:
        from core.understanding.teaching.alike import is_alike  # numpy comes with it, and few shops have such answers

        for question, text in scene.answers.about(ask.name, ask.products):
            if not question or is_alike(question, scene.words_of(ask), _names(ask.products, scene)):
                one = scene.catalogue.get(ask.products[0])
                title = one.words(scene.language).title if one is not None else ""
                return Telling((_kept(ask, text, question, ask.products, title),), products=ask.products)
    for_all = scene.answers.to(ask.name) if ask.name in FOR_EVERYONE else None
    return None if for_all is None else Telling((_kept(ask, for_all),), products=ask.products)


def _kept(ask: Ask, text: Wordings, question: str = "", skus: tuple[str, ...] = (), title: str = "") -> Fact:
    values = {"text": text, "title": title, "ask": ask.name, "question": question, "skus": skus or ("",)}
    return Fact("kept_answer", ":".join((ask.name, *skus[:1])), values)


def _names(skus: tuple[str, ...], scene: Scene) -> tuple[str, ...]:
    """What these things are called: two questions are not alike because they name one and the same thing."""
    known = [one for sku in skus if (one := scene.catalogue.get(sku)) is not None]
    return tuple(name for one in known for name in one.names)
