"""A message in the making: what is told of each ask, its companions, what is handed over, the one closing question."""

from dataclasses import replace

from core.answering import courtesy, goods, ordering, policies
from core.answering.buying import wants_to_order
from core.answering.choosing import neither
from core.answering.gathering import PRODUCT_ASKS
from core.answering.handing_over import handover_line
from core.answering.own_policies import DUTY_MAY_BE, MAY_BE_OF_ONE, names_a_subject, names_of, own_policy, tell_duty
from core.answering.tellers import TELLERS
from core.answering.values import Answer, Button, Fact, Handover, Scene, Telling, Wish
from core.answering.variants import is_gone, said_of
from core.answering.wanting import SUMMED
from core.answering.wording import is_question
from core.asks import TO_A_PERSON, Ask, Doubt, Understanding
from core.catalogue import Variant
from core.queueing import PRESSING

ALL = frozenset(TELLERS)
OF_ONE_THING = frozenset({"stock", "price", "variants"})
"""Companions that are told right behind the thing they are of, where a message asks about several."""
TIP_AFTER = 3
"""Turns about goods after which the use of the product is explained, if the buyer likes (S4 tip 4)."""
_CALLED_FOR_HELP = frozenset({"complaint", "alarm"})
_SAID_BY_AN_ADDRESS = frozenset({"ship_to"})
_WISHED_BESIDE_IT = frozenset({"special_request"})
_WAITING_FOR_AN_ADDRESS = frozenset({"order", "seller"})
MOST_DOUBTS = 3
"""Buttons under a clarifying question: the likeliest asks, and the way to a person for who meant none of them."""


class Draft:
    """A message being put together: each ask is told or handed over, and `finished` puts all of it in order."""

    def __init__(self, scene: Scene) -> None:
        self.scene = scene
        self.facts: list[Fact] = []
        self.keys: set[str] = set()
        self.questions: list[tuple[Fact, tuple[tuple[Button, ...], ...]]] = []
        self.photos: tuple[str, ...] = ()
        self.asks: list[str] = []
        self.told_of: set[str] = set()
        self.products: tuple[str, ...] = ()
        self.handovers: list[Handover] = []
        self.of_photos: set[Handover] = set()
        self.notes: list[str] = []
        self.whole: set[Ask] = set()
        self.waits_for: tuple[str, ...] = ()
        self.wishes: list[Wish] = []
        self.settles_doubts = False
        self.wanted: tuple[tuple[str, int], ...] = ()
        self.orders = False

    def tell(self, ask: Ask) -> None:
        """Answer what was asked, or hand it over."""
        words = self.scene.words_of(ask)
        if ask.name in TO_A_PERSON:
            self.whole.add(ask)
            return self.hand_over(Handover("complaint" if ask.name == "complaint" else "person", words, ask.name))
        teller = policies.tell_own if ask.name.startswith("own:") else TELLERS.get(ask.name)
        telling = teller(ask, self.scene, False) if teller is not None else Telling(missing="seller")
        if telling.missing:
            kept = policies.tell_kept(ask, self.scene)
            telling = replace(kept, facts=(*telling.facts, *kept.facts)) if kept is not None else telling
        if ask.name in DUTY_MAY_BE and (duty := tell_duty(words, self.scene)) is not None:
            telling = replace(duty, products=ask.products, is_whole=True)
        elif (own := self._of_the_shops_own(ask, telling)) is not None:
            telling = Telling((own,), products=ask.products, is_whole=True)
        self._take(telling if telling.products else replace(telling, products=ask.products))
        if telling.missing or telling.is_whole or is_gone(ask, self.scene):
            self.whole.add(ask)
        if telling.missing:
            handover = Handover(telling.missing, words, ask.name)
            self.of_photos |= {handover} if ask.details.photos else set()
            return self.hand_over(handover)
        if ask.name == "special_request":
            self.notes.append(words)
        self.asks.append(ask.name)
        self.told_of.add(ask.name)
        return None

    def _of_the_shops_own(self, ask: Ask, telling: Telling) -> Fact | None:
        """The policy of the shop's own that an ask is about, where nothing else answers it: what was to be asked back or
        handed over. A wish is still written down and seen by a person."""
        if ask.name not in MAY_BE_OF_ONE or (ask.name == "special_request" and not telling.missing):
            return None
        words, goods_called = self.scene.words_of(ask), names_of(ask, self.scene)
        if telling.missing:
            return own_policy(words, self.scene, goods_called)
        asks_back = telling.question is not None and telling.question.name.startswith("ask_which")
        return own_policy(words, self.scene, is_named=True) if asks_back and not telling.facts else None

    def tell_own_policy(self, words: str, is_named: bool = False) -> bool:
        """Whether words that were not understood are about a policy of the shop's own, which is then told."""
        fact = own_policy(words, self.scene, is_named=is_named)
        if fact is not None:
            self._take(Telling((fact,)))
        return fact is not None

    def tell_paid(self) -> None:
        """The buyer says to have paid."""
        telling = ordering.tell_paid(self.scene.words, self.scene)
        self._take(telling)
        self.settles_doubts = True
        if telling.missing:
            self.hand_over(Handover(telling.missing, self.scene.words))

    @property
    def is_empty(self) -> bool:
        """Nothing to say and nothing for a person to see."""
        return not (self.facts or self.questions or self.handovers)

    @property
    def says_no_more_than_noted(self) -> bool:
        """Whether all there is to say is that a wish was noted."""
        return all(fact.name == "noted" for fact in self.facts) and not (self.questions or self.handovers)

    def tell_companions(self, ask: Ask, only: frozenset[str] = ALL) -> None:
        """Add what a buyer who asks this wants to know next, as far as it is on file and not told lately."""
        if ask in self.whole:
            return
        for name in self.scene.graph.get(ask.name, ()):
            teller = TELLERS.get(name)
            if teller is None or name not in only or name in self.asks:
                continue
            if (ask.source == SUMMED and name in OF_ONE_THING) or (ask.source == "wish" and name == "variants"):
                continue  # who has chosen one hears of no others
            telling = teller(ask, self.scene, True)
            fresh = tuple(fact for fact in telling.facts if not self.scene.was_told(fact))
            question = telling.question
            if question is not None and self.scene.was_told(question):
                question = None
            self.told_of.add(name)
            if fresh or question:
                self._take(Telling(fresh, question, telling.buttons, telling.photos))

    def tell_sum(self, asks: tuple[Ask, ...]) -> None:
        """What several goods come to together, where that is asked, or how many of each is said."""
        told = goods.sum_of(asks, self.scene)
        if told is not None:
            self._take(Telling((told,)))
            self.scene = replace(self.scene, total=told.values["total"])

    def note_waiting(self, gone: tuple[Variant, ...]) -> None:
        """The buyer typed what the button says: on the waiting list."""
        self.waits_for = tuple(one.sku for one in gone)
        self.products = _spoken_of(self.products, self.waits_for, self.scene)
        for one in gone:
            words = one.words(self.scene.language)
            self.facts.append(Fact("notify_noted", one.sku, {"title": words.title, "variant": words.variant}))

    def leave_out(self, skus: tuple[str, ...], instead: tuple[tuple[str, int], ...] = ()) -> None:
        """What was wanted is no longer, and so many of these are, where one stands for the other; the shopkeeper is told."""
        if skus:
            self.settles_doubts = True
            by_sku = self.scene.catalogue.by_sku
            known = [by_sku[sku] for sku in skus if sku in by_sku]
            others = [said_of(by_sku[sku], self.scene) | {"many": many} for sku, many in instead if sku in by_sku]
            values = {"ordered": [said_of(one, self.scene) for one in known], "instead": others}
            self.facts.append(Fact("left_out", "+".join(skus), values))
            self.hand_over(Handover("order", self.scene.words))

    def doubt(self, doubt: Doubt, is_alone: bool = True) -> None:
        """Ask what was meant, where it is close and the only thing in doubt; else hand the words over. The goods it names are
        spoken of from then on."""
        self.products = _spoken_of(self.products, doubt.products, self.scene)
        if not set(doubt.maybe) & TO_A_PERSON and (
            self.tell_own_policy(doubt.text) or self.tell_own_policy(self.scene.words, is_named=True)
        ):
            return
        maybe = tuple(name for name in doubt.maybe if name not in TO_A_PERSON)  # these go to a person anyway
        if maybe and maybe[0] in self.told_of:
            return  # it was told along with what is clear
        may_ask = is_alone and self.is_empty and not names_a_subject(doubt.text)
        if (
            not maybe or not may_ask or self.scene.waits_for & _CALLED_FOR_HELP
        ):  # who complains is not asked what is meant
            self.hand_over(Handover("unclear", doubt.text))
            return
        buttons = tuple(
            (Button(Fact("button_meant", values={"ask": name}), "meant", {"ask": name, "text": doubt.text}),)
            for name in maybe[: MOST_DOUBTS - 1]
        )
        buttons = (*buttons, (neither(doubt.text, len(buttons)),))
        self.questions.append((Fact("ask_meant", values={"many": len(buttons) > 2}), buttons))

    def hand_over(self, handover: Handover) -> None:
        self.handovers.append(handover)

    def _take(self, telling: Telling) -> None:
        for fact in telling.facts:
            if fact.key not in self.keys:
                self.keys.add(fact.key)
                self.facts.append(fact)
        if telling.question is not None or telling.buttons:
            self.questions.append((telling.question or Fact("ask_nothing"), telling.buttons))
        self.wishes += telling.wishes
        self.photos = self.photos or telling.photos
        self.products = _spoken_of(self.products, telling.products, self.scene)

    def finished(self, understood: Understanding) -> Answer:
        """Label, hand-over line and the one closing question put in their places."""
        scene = self.scene
        question, buttons = self._closing()
        facts = _each_named(_price_told_once(self.facts))
        offers_tip = False
        told = bool(facts or question)
        if self.handovers:
            question, buttons = (question, buttons) if told and question and question.name != "ask_what" else (None, ())
            presses = {one.reason for one in self.handovers}.intersection(PRESSING) - scene.waits_for
            brings = self.orders or bool(self.wanted) or says_where_to(understood, scene) or self._brings_an_address()
            is_said = any(fact.name == "left_out" for fact in facts) and len(set(self.handovers)) == 1
            if not is_said and (not scene.is_handed_over or told or presses or brings):
                facts.append(
                    handover_line(
                        self.handovers,
                        scene,
                        bool(self.facts),
                        () if self._is_counted(self.wanted) else self.wanted,
                        self.orders,
                        self.of_photos >= set(self.handovers),
                    )
                )
        elif question is None and self._tip_is_due():
            one = goods.tip(self.products, scene)
            if one is not None and not any(scene.was_told(Fact("howto", each)) for each in self.products):
                title = one.words(scene.language).title
                question = Fact("ask_tip", one.sku, {"title": title})
                buttons = ((Button(Fact("button_tip"), "tip", {"sku": one.sku}),),)
                offers_tip = True
        return Answer(
            facts=labelled(tuple(facts), question, scene),
            question=question,
            buttons=buttons,
            photos=self.photos,
            asks=tuple(self.asks),
            handovers=tuple(self.handovers),
            notes=tuple(self.notes),
            products=self.products,
            destination=_destination(understood),
            offers_tip=offers_tip,
            alarm=understood.alarm,
            waits_for=self.waits_for,
            wishes=tuple(self.wishes),
            wanted=self.wanted,
        )

    def _is_counted(self, wanted: tuple[tuple[str, int], ...]) -> bool:
        """Whether the message has named what is ordered already, and how many of it."""
        named = {fact.values["sku"]: fact.values.get("wanted", 1) for fact in self.facts if "sku" in fact.values}
        return all(named.get(sku) == many for sku, many in wanted)

    def _brings_an_address(self) -> bool:
        """Whether the address is there that a change was to be made to: it is acknowledged, whoever waits already."""
        words = self.scene.words
        return any(one.ask == "change_address" for one in self.handovers) and ordering.holds_an_address(words)

    def _closing(self) -> tuple[Fact | None, tuple[tuple[Button, ...], ...]]:
        """One closing question at most: the one that carries buttons, else the first."""
        ranked = sorted(self.questions, key=lambda pair: not pair[1])
        if not ranked:
            return None, ()
        question, buttons = ranked[0]
        return (None if question.name == "ask_nothing" else question), buttons

    def _tip_is_due(self) -> bool:
        scene = self.scene
        return (
            not scene.tip_offered
            and "order" not in scene.waits_for  # who is about to pay has other things in mind
            and not any(fact.name == "howto" for fact in self.facts)
            and scene.product_turns + 1 >= TIP_AFTER
            and any(name in PRODUCT_ASKS for name in self.asks)
            and "haggle" not in self.asks
        )


def labelled(facts: tuple[Fact, ...], question: Fact | None, scene: Scene) -> tuple[Fact, ...]:
    """The first automatic reply says that it is automatic, and when a person is there (S4 tip 7); a later one, once, that
    the person who was there no longer is."""
    if not (facts or question):
        return facts
    handed = any(fact.name == "handover" for fact in facts)  # that line says when a person is there
    if not scene.is_first:
        return (
            (Fact("stepped_out", values={"presence": scene.presence}), *facts)
            if not handed and courtesy.has_stepped_out(scene)
            else facts
        )
    about = "" if handed else courtesy.about_presence(scene.presence)
    is_courtesy = question is None and all(fact.name in courtesy.ASKS_NOTHING for fact in facts)
    values = {"presence": scene.presence, "handed": handed, "courtesy": is_courtesy}
    return (Fact("automatic", about, values), *facts)


def says_where_to(understood: Understanding, scene: Scene) -> bool:
    """Whether a line is but an address for what a person was called for, or a whole one with a name and a number."""
    is_address, is_to = ordering.holds_an_address(scene.words), ordering.names_recipient(scene.words)
    expected = bool(scene.waits_for & _WAITING_FOR_AN_ADDRESS) and (is_address or is_to)
    whole = is_address and is_to and not scene.orders
    # "Ship to 22 Nanshan Road, Zhang Wei, 139…" asks nothing.
    told = _SAID_BY_AN_ADDRESS if is_address and is_to and not is_question(scene.words) else frozenset[str]()
    asks = {ask.name for ask in understood.asks} - told - _WISHED_BESIDE_IT
    return (expected or whole) and not asks and not wants_to_order(scene.words)


def _spoken_of(before: tuple[str, ...], now: tuple[str, ...], scene: Scene) -> tuple[str, ...]:
    """All goods spoken of, in their order; of one product only the variants that were named: the green one, where first the
    bag was spoken of and then the green one."""
    title = {sku: one.title for sku in (*before, *now) if (one := scene.catalogue.get(sku)) is not None}
    shared = {title.get(sku) for sku in set(before) & set(now)}
    return tuple(
        sku for sku in dict.fromkeys((*before, *now)) if title.get(sku) not in shared or (sku in before and sku in now)
    )


def _each_named(facts: list[Fact]) -> list[Fact]:
    """A companion leaves out what it is a fact of (`is_named`), unless the message speaks of several things."""
    if len({fact.values["sku"] for fact in facts if "sku" in fact.values}) < 2:
        return list(facts)
    return [
        replace(fact, values={**fact.values, "is_named": False}) if "is_named" in fact.values else fact
        for fact in facts
    ]


def _price_told_once(facts: list[Fact]) -> list[Fact]:
    """幾錢，平啲得唔得: that a price stands leaves out the price, where the same message has told it."""
    told = {fact.values.get("sku") for fact in facts if fact.name == "price"}
    return [
        replace(fact, values={**fact.values, "item": None})
        if fact.name == "price_stands" and (item := fact.values["item"]) is not None and item["sku"] in told
        else fact
        for fact in facts
    ]


def _destination(understood: Understanding) -> str:
    for details in (understood.details, *(ask.details for ask in understood.asks)):
        if details.destination:
            return details.destination
    return ""
