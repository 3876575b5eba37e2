"""Merging two buyers who are one person: everything of the one becomes the other's, and the old number leads there."""

from dataclasses import replace
from datetime import datetime

from sqlalchemy import bindparam, delete, or_, select, update

from store.buyers import CARD, Buyer
from store.tables import (
    Moment,
    buyer_chats,
    buyer_switches,
    buyers,
    conversations,
    haggling,
    mistakes,
    orders,
    promises,
    reminders,
    topics,
    waiting,
)
from store.writing import Unit, Write

_FROM, _TO = bindparam("from_", type_=buyers.c.id.type), bindparam("to_", type_=buyers.c.id.type)
_OTHER = waiting.alias("other")
_CHOSEN = buyer_switches.alias("chosen")
_BOTH = ("from_", "to_")
_MERGE = (
    (  # waiting twice for one thing, only one stays open
        update(waiting)
        .where(
            waiting.c.buyer_id == _FROM,
            waiting.c.closed_at.is_(None),
            waiting.c.sku.in_(select(_OTHER.c.sku).where(_OTHER.c.buyer_id == _TO, _OTHER.c.closed_at.is_(None))),
        )
        .values(closed_at=bindparam("now_", type_=Moment), outcome="merged"),
        (*_BOTH, "now_"),
    ),
    (  # what the other one chose stands; what only this one chose goes over
        update(buyer_switches)
        .where(
            buyer_switches.c.buyer_id == _FROM,
            buyer_switches.c.kind.not_in(select(_CHOSEN.c.kind).where(_CHOSEN.c.buyer_id == _TO)),
        )
        .values(buyer_id=_TO),
        _BOTH,
    ),
    (delete(topics).where(topics.c.buyer_id == _FROM), ("from_",)),
    *(
        (update(one).where(one.c.buyer_id == _FROM).values(buyer_id=_TO), _BOTH)
        for one in (waiting, buyer_chats, conversations, haggling, orders, promises, mistakes, reminders)
    ),
    (update(buyers).where(or_(buyers.c.id == _FROM, buyers.c.merged_into == _FROM)).values(merged_into=_TO), _BOTH),
)
_FILL = {
    name: bindparam(f"{name}_", type_=buyers.c[name].type)
    for name in (*CARD, "language", "script", "timezone", "first_seen_at", "stopped_at")
}
_KNOW = update(buyers).where(buyers.c.id == _TO).values(_FILL)


def merged(into: Buyer, gone: Buyer) -> Buyer:
    """What is known of the person: of the one who stays, and where that is empty of the other. Notes stand side by side; who
    was met earlier counts, and whoever of the two wants no messages is obeyed."""
    told = {name: getattr(into, name) or getattr(gone, name) for name in CARD}
    told["note"] = " / ".join(dict.fromkeys(filter(None, (into.note, gone.note))))
    spoken = into if into.language else gone
    met = [one for one in (into.first_seen_at, gone.first_seen_at) if one is not None]
    return replace(
        into,
        **told,
        language=spoken.language,
        script=spoken.script,
        timezone=into.timezone or gone.timezone,
        first_seen_at=min(met, default=None),
        stopped_at=into.stopped_at or gone.stopped_at,
    )


def merge(into: Buyer, gone: Buyer, now: datetime) -> Unit:
    """Two were one person. A topic of the one who goes is let go; the other's shows what comes."""
    known = merged(into, gone)
    values = {"from_": gone.id, "to_": into.id, "now_": now}
    know = {"to_": into.id, **{f"{name}_": getattr(known, name) for name in _FILL}}
    moves = (Write(statement, {name: values[name] for name in names}) for statement, names in _MERGE)
    return (*moves, Write(_KNOW, know, row=into.id))
