"""How it is said that a person is asked: one line, by what it is that goes to the seller."""

from collections.abc import Sequence

from core.answering import courtesy
from core.answering.buying import wants_to_order
from core.answering.values import Fact, Handover, Scene
from core.answering.variants import said_of
from core.answering.wanting import wanted_lately
from core.answering.wording import asks_about_a_bot

SORRY = frozenset({"complaint", "damaged", "missing_item"})
"""Asks whose hand-over begins with an apology."""
CALM = frozenset({"extortion", "threat", "harassment"})
"""Alarms that are answered calmly: nothing is conceded, nothing is thrown back."""
SAID_BY_KIND: tuple[tuple[str, frozenset[str]], ...] = (
    ("broken", frozenset({"damaged", "missing_item"})),
    ("look_up", frozenset({"track", "order_status", "ship_when"})),
    ("change", frozenset({"change_order", "change_address", "cancel", "refund", "return_exchange"})),
    ("advice", frozenset({"recommend"})),
    ("stock", frozenset({"stock"})),
    ("wish", frozenset({"special_request"})),
)
"""How a hand-over is said, where all that goes to the seller is of one kind."""


def handover_line(
    handovers: Sequence[Handover],
    scene: Scene,
    partly: bool,
    wanted: Sequence[tuple[str, int]] = (),
    is_order: bool = False,
    of_photos: bool = False,
) -> Fact:
    """The one line that says a person is asked; `partly` where something was answered besides. `wanted` is how many of what
    is to be ordered, where nothing else says it; `is_order`: something is, and it is no address that was sent;
    `of_photos`: pictures are asked for, and nothing else."""
    kind = _kind(handovers, partly, is_order, of_photos)
    more = kind == "order" and "order" in scene.waits_for
    before = wanted_lately(scene.told, scene.now) if more and wanted else {}
    same = bool(before) and all(before.get(sku) == many for sku, many in wanted)
    ordered = [said_of(one, scene) | {"many": many} for sku, many in wanted if (one := scene.catalogue.get(sku))]
    sent = {each for one in handovers for each in one.files}
    values = {
        "kind": kind,
        "presence": scene.presence,
        "again": scene.is_handed_over,
        "more": more,
        "same": same,
        "besides": kind == "order" and bool(_besides_wishes(handovers) - {"order"}),
        "ordered": ordered,
        "sent": sent.pop() if len(sent) == 1 else "",
    }
    return Fact("handover", courtesy.about_presence(scene.presence), values)


def _kind(handovers: Sequence[Handover], partly: bool, is_order: bool, of_photos: bool) -> str:
    """How it is said: the first of these that holds, what weighs most first."""
    reasons, asks = {one.reason for one in handovers}, {one.ask for one in handovers}
    of_one_kind = next((kind for kind, names in SAID_BY_KIND if asks <= names), "")
    said = (
        ("kickback", "kickback" in asks),
        ("calm", bool(asks & CALM)),
        ("alarm", "alarm" in reasons),
        ("broken", of_one_kind == "broken"),
        ("sorry", "complaint" in reasons or bool(asks & SORRY)),
        ("bot", "person" in reasons and all(asks_about_a_bot(one.words) for one in handovers)),
        ("person", "person" in reasons),
        ("file", reasons == {"file"}),
        ("paid", "paid" in reasons and reasons <= {"paid", "order", "missing"}),
        ("address", reasons == {"order"} and not is_order and not any(wants_to_order(one.words) for one in handovers)),
        ("order", "order" in reasons and _besides_wishes(handovers) <= {"order", "missing", "unclear"}),
        ("account", asks == {"payment"} and reasons == {"seller"}),
        ("photos", of_photos),
        (of_one_kind, bool(of_one_kind)),
        ("rest", partly),
    )
    return next((kind for kind, holds in said if holds), "all")


def _besides_wishes(handovers: Sequence[Handover]) -> set[str]:
    """Why a person is asked; a wish for the parcel is noted in words of its own."""
    return {one.reason for one in handovers if one.ask != "special_request"}
