"""No carrier is asked: the seller says how a parcel stands (`/parcel NUMBER STATUS [text]`)."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from core.tracking.values import Asked, BadSignature, Event, Report, Status, Wanted

WORDS: dict[Status, tuple[str, ...]] = {
    Status.PENDING: ("pending", "unknown", "待揽收", "未揽收"),
    Status.INFO: ("info", "label", "已下单", "已打单"),
    Status.COLLECTED: ("collected", "picked", "揽收", "已揽收", "揽件"),
    Status.TRANSIT: ("transit", "运输中", "在途", "运输", "路上"),
    Status.CUSTOMS: ("customs", "清关", "清关中", "海关"),
    Status.OUT: ("out", "派送", "派送中", "派件", "派件中"),
    Status.PICKUP: ("pickup", "待取", "待取件", "驿站", "自提", "快递柜"),
    Status.FAILED: ("failed", "派送失败", "投递失败", "疑难"),
    Status.DELIVERED: ("delivered", "签收", "已签收", "妥投"),
    Status.RETURNING: ("returning", "returned", "退回", "退回中", "退件"),
    Status.REFUSED: ("refused", "拒收", "拒签"),
    Status.STUCK: ("stuck", "滞留", "卡住", "异常"),
}
"""How a seller may name each status."""
_STATUS = {word: status for status, words in WORDS.items() for word in words}


class Manual:
    """Has nothing to ask."""

    name = "manual"
    batch = 200
    least = timedelta()

    async def ask(self, wanted: Sequence[Wanted]) -> Asked:
        return Asked()

    def push(self, headers: Mapping[str, str], body: bytes) -> tuple[Report, ...]:
        raise BadSignature

    async def close(self) -> None:
        """Nothing is open."""


def parse(number: str, word: str, words: str, now: datetime) -> Report | None:
    """What the seller says of a parcel, as a carrier would have told it; None when the word names no status."""
    status = _STATUS.get(word.strip().casefold())
    if status is None:
        return None
    return Report(number, status, (Event(now, status, " ".join(words.split())[:300]),))
