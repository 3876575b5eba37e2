"""From a buyer's words to one worded message: gather, decide, word. Nothing is written or sent here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from core.answering import Answer, Scene, answer
from core.answering.gathering import PRODUCT_ASKS
from core.answering.ordering import STATUS, needs_orders
from core.answering.values import Fact, Handover, Telling
from core.answering.wanting import wanted_lately
from core.answering.wording import points_at_a_picture
from core.asks import Ask, Heard, Understanding
from core.frozen import frozen
from core.pointing import goods_spoken_of
from templates import Speech, Voice

if TYPE_CHECKING:
    from core.orders import Order
    from core.understanding import Mind
    from handlers.chats import Chat
    from handlers.shelf import Snapshot

REMEMBERED = timedelta(minutes=30)
"""So long "this one" still means the product last spoken of."""
MAY_BE_MEANT = timedelta(days=14)
"""So long goods spoken of are offered when a buyer comes back and does not say which ones they mean."""
FOR_A_PERSON = frozenset({"voice", "audio", "video_note", "location", "contact", "document"})
"""Files that say something of their own beside a line that is answered; a picture shows what the line asks about."""
LABELS = frozenset({"automatic", "stepped_out"})
"""What stands before all else."""
LANGUAGES = {"zh": ("zh", "hans"), "zh_hant": ("zh", "hant"), "en": ("en", "")}
PINNED = "own-language"
"""The switch that is on when the buyer chose a language with /lang: it then no longer follows what they write."""


@frozen
class Composed:
    """What was understood and decided, and the message in the buyer's language (HTML). `words` are what it is about."""

    understood: Understanding
    answer: Answer
    voice: Voice
    html: str
    words: str = ""

    def explained(self, words: str) -> dict[str, Any]:
        """The record kept with the turn, for /why."""
        return {
            "words": words,
            "language": self.understood.language,
            "script": self.understood.script,
            "asks": [
                {
                    "name": ask.name,
                    "confidence": round(ask.confidence, 4),
                    "source": ask.source,
                    "why": ask.why,
                    "products": list(ask.products),
                    "span": list(ask.span),
                    "piece": self.words[ask.span[0] : ask.span[1]],
                }
                for ask in self.understood.asks
            ],
            "unclear": list(self.understood.unclear),
            "told": [fact.key for fact in self.answer.said],
            "handovers": [[one.reason, one.ask, one.words] for one in self.answer.handovers],
        }


def heard(chat: Chat | None, now: datetime) -> Heard:
    """What this chat remembers that helps to understand the next line."""
    if chat is None:
        return Heard()
    state = chat.conversation
    recent = state.last_products_at is not None and now - state.last_products_at <= REMEMBERED
    *asked_with, last_ask = state.last_asks or ("",)
    return Heard(
        previous=state.last_said,
        last_ask=last_ask,
        asked_with=tuple(asked_with),
        last_products=state.last_products if recent else (),
        language=chat.buyer.language,
        script=chat.buyer.script,
    )


def _earlier(chat: Chat | None, now: datetime) -> tuple[str, ...]:
    """Goods spoken of too long ago for "this one", and not so long that the buyer may not come back for them."""
    at = chat.conversation.last_products_at if chat is not None else None
    return chat.conversation.last_products if chat is not None and at and REMEMBERED < now - at <= MAY_BE_MEANT else ()


def voice_for(chat: Chat | None, snapshot: Snapshot, now: datetime, language: str = "", script: str = "") -> Voice:
    """How to speak to this buyer: as they write, unless they chose a language; in one the shop speaks."""
    shop = snapshot.shop
    if chat is not None and (chat.switches.get(PINNED) or not language):
        language, script = chat.buyer.language or language, chat.buyer.script or script
    if language not in shop.languages and shop.languages:
        language = shop.languages[0]
    return Voice(language or "zh", script if language == "zh" else "", now, shop.timezone, shop.tone)


def scene_for(
    chat: Chat | None,
    snapshot: Snapshot,
    words: str,
    now: datetime,
    language: str,
    orders: tuple[Order, ...] | None = None,
    order_no: str = "",
    parcels: tuple[Mapping[str, Any], ...] | None = None,
) -> Scene:
    """All that the answer may depend on."""
    state = chat.conversation if chat is not None else None
    return Scene(
        shop=snapshot.shop,
        catalogue=snapshot.catalogue,
        presence=snapshot.presence(now),
        now=now,
        words=words,
        language=language,
        graph=snapshot.graph,
        told=chat.told if chat is not None else {},
        is_first=chat is None or chat.is_first_of_session(now),
        is_handed_over=state is not None and state.handed_over_at is not None,
        waits_for=frozenset(state.handover_reasons) if state is not None else frozenset(),
        original_only=state is not None and state.original_only,
        destination=state.destination if state is not None else "",
        product_turns=chat.product_turns if chat is not None else 0,
        tip_offered=state is not None and state.tip_offered_at is not None,
        last_products=heard(chat, now).last_products,
        earlier=_earlier(chat, now),
        prices=snapshot.prices,
        orders=orders,
        order_no=order_no,
        parcels=parcels,
        answers=snapshot.answers,
    )


@frozen
class Read:
    """Words as they were understood, before anything is decided. `words` may hold what they answer to."""

    understood: Understanding
    words: str

    @property
    def order_no(self) -> str:
        """An order number that stands in the words, or empty."""
        told = (self.understood.details, *(ask.details for ask in self.understood.asks))
        return next((details.order_no for details in told if details.order_no), "")

    @property
    def needs_orders(self) -> bool:
        """Whether the buyer's orders must be looked up to answer."""
        return needs_orders(self.understood, self.words)

    @property
    def needs_parcels(self) -> bool:
        """Whether the buyer's parcels must be looked up to answer."""
        return any(ask.name in STATUS for ask in self.understood.asks) and self.needs_orders


def read(
    words: str,
    chat: Chat | None,
    snapshot: Snapshot,
    mind: Mind,
    now: datetime,
    instead: tuple[Ask, ...] = (),
    quoted: str = "",
) -> Read:
    """Understand the words. `instead` are the asks that a tapped button names: they need not be understood again; `quoted` is
    the message that the words answer, where the buyer chose one."""
    from handlers.reading import understood_in

    before = heard(chat, now)
    if quoted and (skus := goods_spoken_of(quoted, snapshot.catalogue)):
        before = replace(before, last_products=skus)
    understood, words = understood_in(
        chat, words, before, snapshot, mind, wanted_lately(chat.told, now) if chat is not None else {}
    )
    if instead:
        understood = replace(understood, asks=instead, doubts=(), handover=False, alarm="")
    return Read(understood, words)


def decide(
    told: Read,
    chat: Chat | None,
    snapshot: Snapshot,
    speech: Speech,
    now: datetime,
    *,
    files: tuple[str, ...] = (),
    shown: tuple[str, ...] = (),
    orders: tuple[Order, ...] | None = None,
    parcels: tuple[Mapping[str, Any], ...] | None = None,
    is_tap: bool = False,
    is_edit: bool = False,
) -> Composed:
    """Decide the answer to what was understood, and word it. `files` are kinds of files that came along unread, `shown` of
    those that came with words; `orders`
    and `parcels` the buyer's own, where they were looked up; `is_tap`: a button named the asks; `is_edit`: what is answered was answered before it was edited."""
    understood, words = told.understood, told.words
    voice = voice_for(chat, snapshot, now, understood.language, understood.script or heard(chat, now).script)
    scene = scene_for(chat, snapshot, words, now, voice.language, orders, told.order_no, parcels)
    greets = not files and scene.is_first and not scene.is_handed_over  # a sticker, waving, before anything is said
    decided = answer(understood, scene) if words.strip() or is_tap or greets else Answer()
    if files and not decided.asks:
        decided = with_file(decided, scene, files)
    elif unheard := tuple(one for one in files if one in FOR_A_PERSON):
        from core.answering.answering import besides

        decided = besides(decided, Handover("file", words, files=unheard), scene)
    elif shown and _is_of_what_is_shown(understood, decided, words):
        decided = with_file(Answer(), scene, shown)
    if is_edit and not decided.is_silent:
        labels = [fact for fact in decided.facts if fact.name in LABELS]
        rest = [fact for fact in decided.facts if fact.name not in LABELS]
        decided = replace(decided, facts=(*labels, Fact("line_edited"), *rest))
    return Composed(understood, decided, voice, speech.message(decided, voice), words)


def _is_of_what_is_shown(understood: Understanding, decided: Answer, words: str) -> bool:
    """Whether the words that come with a picture are about what it shows: 这个有货吗 names nothing by itself."""
    asks_which = decided.question is not None and decided.question.name.startswith("ask_which")
    of_goods = [ask for ask in understood.asks if ask.name in PRODUCT_ASKS]
    return asks_which or (bool(of_goods) and len(of_goods) == len(understood.asks) and points_at_a_picture(words))


def with_file(decided: Answer, scene: Scene, files: tuple[str, ...]) -> Answer:
    """A picture, voice or document is for a person to look at; what it came with is handed over with it."""
    from core.answering.answering import handed_over

    words = scene.words or ", ".join(files)
    return handed_over((*decided.handovers, Handover("file", words, files=files)), scene)


def compose_telling(
    telling: Telling, chat: Chat, snapshot: Snapshot, speech: Speech, now: datetime, asks: tuple[str, ...] = ()
) -> Composed:
    """Word a single telling, such as a tapped button's."""
    from core.answering.answering import answer_one

    voice = voice_for(chat, snapshot, now)
    scene = scene_for(chat, snapshot, "", now, voice.language)
    decided = answer_one(telling, scene, asks)
    return Composed(Understanding(voice.language, voice.script), decided, voice, speech.message(decided, voice))
