"""One message that answers it all (S4 tip 10): every ask in the order asked, its companions, one question, hand-overs."""

from dataclasses import replace

from core.answering import ordering
from core.answering.buying import declines, wants_notice, wants_to_order
from core.answering.drafting import ALL, OF_ONE_THING, Draft, labelled, says_where_to
from core.answering.gathering import by_goods, gathered, of_a_part
from core.answering.handing_over import handover_line
from core.answering.materials import of_material
from core.answering.values import Answer, Fact, Handover, Scene, Telling
from core.answering.variants import meant, sold_out_lately
from core.answering.wanting import SUMMED, UNWANTED, dropped, untold, wanted_lately, wanted_now
from core.answering.wording import is_question
from core.asks import Ask, Understanding
from core.catalogue import Variant
from core.wishing import hearing_wish

NOT_YET_ORDERED = frozenset({"cancel", "change_order", "return_exchange"})
"""Asks that a line is mistaken for which takes back what was wanted and is not ordered yet."""
_LEAVING = NOT_YET_ORDERED | {"thanks_bye"}


def answer(understood: Understanding, scene: Scene) -> Answer:
    """Decide the one message that answers a turn.

    Facts come in the order asked, companions after them; nothing is said twice in one message, and no companion that this
    chat heard within hours. What is not on file, or only a person can do, is handed over with the buyer's words.
    """
    draft = Draft(scene)
    understood = hearing_wish(understood, scene.words, scene.orders, scene.catalogue)
    asks = _asked(understood, scene)
    left_out = dropped(asks, scene)
    asks = tuple(ask for ask in asks if ask.source != UNWANTED and not (left_out and ask.name in NOT_YET_ORDERED))
    draft.leave_out(left_out, wanted_now(asks, scene) if left_out else ())
    gone = _awaited(asks, scene)
    if gone:
        asks = tuple(ask for ask in asks if not _is_the_wait(ask, scene))
    _tell(asks, draft, scene)
    draft.settles_doubts = draft.settles_doubts or _only_wishes(asks)
    is_wish = _is_wish(asks, draft, scene)
    draft.orders = is_wish or (draft.is_empty and wants_to_order(scene.words))
    _tell_of_an_order(understood, draft, scene)
    is_address = draft.says_no_more_than_noted and says_where_to(understood, scene)
    is_settled = draft.orders or is_address or gone or draft.settles_doubts or declines(scene.words)
    for doubt in understood.doubts:
        # What was asked beside an order, and not understood, is a person's.
        if not is_settled or (is_wish and is_question(doubt.text) and not wants_to_order(doubt.text)):
            draft.doubt(doubt, is_alone=len(understood.doubts) == 1)
    if understood.alarm:
        draft.hand_over(Handover("alarm", scene.words, understood.alarm))
    elif draft.orders or is_address:
        is_change = is_address and scene.is_handed_over and "order" not in scene.waits_for
        draft.hand_over(
            Handover("seller", scene.words, "change_address") if is_change else Handover("order", scene.words)
        )
    elif gone:
        draft.note_waiting(gone)
    elif draft.is_empty:
        _say_at_least(understood, draft, scene)
    draft.wanted = (*((sku, 0) for sku in left_out), *(wanted_now(asks, scene) if draft.orders else ()))
    return draft.finished(understood)


def answer_one(telling: Telling, scene: Scene, asks: tuple[str, ...] = ()) -> Answer:
    """The message for a single telling: a tapped button's."""
    return Answer(
        labelled(telling.facts, telling.question, scene),
        telling.question,
        telling.buttons,
        telling.photos,
        asks,
        products=telling.products,
    )


def handed_over(handovers: tuple[Handover, ...], scene: Scene) -> Answer:
    """The message when everything goes to a person; silent if that was said already."""
    if scene.is_handed_over:
        return Answer(handovers=handovers)
    line = handover_line(handovers, scene, partly=False)
    return Answer(labelled((line,), None, scene), handovers=handovers)


def besides(decided: Answer, handover: Handover, scene: Scene) -> Answer:
    """The message that answers something, with what a person is shown besides; a hand-over it has already is not said twice."""
    if decided.handovers or scene.is_handed_over:
        return replace(decided, handovers=(*decided.handovers, handover))
    line = handover_line((handover,), scene, partly=True)
    return replace(decided, facts=(*decided.facts, line), handovers=(handover,))


def _asked(understood: Understanding, scene: Scene) -> tuple[Ask, ...]:
    """What is to be told, or taken back: the asks as they are meant here, without those that the words answer themselves."""
    asks = tuple(of_a_part(of_material(ask, scene), scene) for ask in gathered(understood, scene))
    if ordering.says_paid(scene.words):
        asks = tuple(ask for ask in asks if ask.name != "payment")  # 支付宝付了 asks no longer how
    if any(ask.name == "ship_to" for ask in asks) and says_where_to(understood, scene):
        asks = tuple(ask for ask in asks if ask.name != "ship_to")
    return () if _only_leaves(asks, scene) else asks


def _tell(asks: tuple[Ask, ...], draft: Draft, scene: Scene) -> None:
    """Thing by thing what is asked of it, with what belongs to that one alone; then the sum, then all other companions."""
    for goods_of in by_goods(asks):
        for ask in goods_of:
            draft.tell(ask)
        if len(goods_of) < len(asks) and goods_of[0].source != SUMMED:
            for ask in goods_of:
                draft.tell_companions(ask, OF_ONE_THING - untold(ask, asks, scene))
    draft.tell_sum(asks)
    for ask in asks:
        draft.tell_companions(ask, ALL - untold(ask, asks, scene))


def _only_wishes(asks: tuple[Ask, ...]) -> bool:
    """Whether goods are wished for, and nothing else is said of them. Sold out or not, what is wanted is clear then."""
    bought = [ask for ask in asks if ask.name != "special_request"]
    return bool(bought) and all(ask.source == "wish" for ask in bought)


def _is_wish(asks: tuple[Ask, ...], draft: Draft, scene: Scene) -> bool:
    """Whether goods are wished for that can be had."""
    is_gone = any(fact.name == "sold_out" for fact in draft.facts)
    is_wished = any(ask.source == "wish" and ask.name != "special_request" for ask in asks)
    return is_wished and (not is_gone or _wants_what_is_there(asks, scene))


def _tell_of_an_order(understood: Understanding, draft: Draft, scene: Scene) -> None:
    """Where nothing was asked: a payment is acknowledged, and an order's number asks how it stands."""
    if not draft.is_empty:
        return
    if not draft.orders and ordering.says_paid(scene.words):
        draft.tell_paid()
    elif ordering.is_of_an_order(understood, scene):
        draft.settles_doubts = True
        draft.tell(Ask("order_status", 1.0, (0, len(scene.words)), source="rule", why="an order number, or an order"))


def _say_at_least(understood: Understanding, draft: Draft, scene: Scene) -> None:
    """Where there is nothing to tell and nothing for a person: a no is taken, a question is the shop's own or a person's, and
    whoever comes for the first time is greeted."""
    if scene.last_products and (declines(scene.words) or understood.details.original_only):
        draft.facts.append(Fact("no_thanks"))
    elif is_question(scene.words) and not understood.dismissed:
        if not draft.tell_own_policy(scene.words):
            draft.hand_over(Handover("unclear", scene.words))
    elif not understood.dismissed and draft.tell_own_policy(scene.words, is_named=True):
        return
    elif scene.is_first:
        draft.tell(Ask("greeting", 1.0, (0, len(scene.words)), source="rule", why="the first words in this chat"))


def _wants_what_is_there(asks: tuple[Ask, ...], scene: Scene) -> bool:
    """Whether something is wanted that is there, beside what is sold out."""
    wished = [ask for ask in asks if ask.source == "wish"]
    return len(wished) > 1 and any(
        (variants := meant(ask, scene)) and not all(one.is_sold_out for one in variants) for ask in wished
    )


def _only_leaves(asks: tuple[Ask, ...], scene: Scene) -> bool:
    """Whether a no to what was spoken of is taken for a wish to cancel, where nothing was ordered or wanted yet, or for thanks:
    那我不要了, no thanks."""
    names = {ask.name for ask in asks if ask.source != UNWANTED}
    if not (names and scene.last_products and declines(scene.words)) or not names <= _LEAVING:
        return False
    return not (scene.orders or scene.waits_for or wanted_lately(scene.told, scene.now))


def _is_the_wait(ask: Ask, scene: Scene) -> bool:
    """Whether an ask is only that the buyer waits for what is sold out: 到货叫我一声 is no note for a parcel."""
    return ask.name == "stock" or (ask.name == "special_request" and wants_notice(scene.words_of(ask)))


def _awaited(asks: tuple[Ask, ...], scene: Scene) -> tuple[Variant, ...]:
    """What is sold out and the buyer wants to be told of: the goods named, else those spoken of last."""
    if not wants_notice(scene.words):
        return ()
    named = [one for ask in asks if ask.name == "stock" for one in meant(ask, scene)]
    return tuple(one for one in named if one.is_sold_out) if named else sold_out_lately(scene)
