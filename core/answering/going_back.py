"""What goes back to the shop after a purchase: asks that are mistaken for those of a parcel on its way to the buyer."""

import re
from dataclasses import replace

from core.answering.values import Fact, Scene
from core.answering.wording import is_question
from core.asks import Ask
from core.often import often
from core.regional import in_mandarin

PROCESSES = frozenset({"return_exchange", "warranty"})
OF_A_WAY = frozenset({"track", "ship_fee", "ship_eta", "ship_when"})


def of_what_goes_back(asks: tuple[Ask, ...], scene: Scene) -> tuple[Ask, ...]:
    """The asks as they are meant where something goes back: what the way back costs, where to send it, what was sent back
    and how long a replacement takes are asks of returns. An order that has not left is cancelled, and not returned."""
    names = {ask.name for ask in asks}
    if "cancel" in names and "return_exchange" in names and _has_not_left(scene):
        asks = tuple(ask for ask in asks if ask.name != "return_exchange" or is_question(scene.words_of(ask)))
    if not names & (OF_A_WAY | {"return_exchange"}):
        return asks
    process = next((ask.name for ask in asks if ask.name in PROCESSES), "")
    found: list[Ask] = []
    for ask in asks:
        is_back = ask.name in OF_A_WAY and _goes_back(ask, process, scene)
        name = (process or "return_exchange") if is_back else ask.name
        if not any(one.name == name and says_sent_back(scene.words) for one in found):
            found.append(replace(ask, name=name))
    return tuple(found)


@often
def says_sent_back(text: str) -> bool:
    """Whether the words tell that goods were sent back already."""
    return bool(_SENT_BACK.search(in_mandarin(text))) and not is_question(text)


@often
def asks_where_to(text: str) -> bool:
    """Whether a short line asks where goods are to be sent."""
    return bool(_WHERE_TO.search(in_mandarin(text)))


@often
def asks_of_a_replacement(text: str) -> bool:
    """Whether the words ask when what is sent instead leaves or comes."""
    return bool(_REPLACEMENT.search(in_mandarin(text)))


@often
def asks_who_bears_postage(text: str) -> bool:
    """Whether the words ask who pays the postage, alone or beside something else."""
    return bool(_BEARS.search(in_mandarin(text)))


def _goes_back(ask: Ask, process: str, scene: Scene) -> bool:
    words = scene.words_of(ask)
    if ask.name == "ship_fee":
        is_way_back = _WAY_BACK.search(in_mandarin(words)) or _ENDS_BACK.search(in_mandarin(scene.words[: ask.span[0]]))
        return bool(is_way_back or (process and _WHO.search(in_mandarin(words))))
    if ask.name == "track":
        was_told = any(scene.was_told(Fact("policy", key)) for key in ("return", "warranty"))
        return says_sent_back(scene.words) or (was_told and asks_where_to(words))
    return asks_of_a_replacement(words)


def _has_not_left(scene: Scene) -> bool:
    open_ones = [one for one in scene.orders or () if one.is_open]
    return bool(open_ones) and all(one.is_before_dispatch for one in open_ones)


_WAY_BACK = re.compile(
    r"来回|往返|寄回|退回|回寄|\breturn (?:shipping|postage|label)\b|\b(?:send|ship|post)(?:ing)? (?:it |them )?back\b",
    re.IGNORECASE,
)
_ENDS_BACK = re.compile(r"(?:寄回|退回|回寄)(?:去|来)?的?\s*$")
"""寄回去的运费, where the line was parted before the postage."""
_BEARS = re.compile(
    r"(?:谁|哪边|自己|我|你们?|买家|卖家)[^,，。;；?？]{0,3}(?:出|付|承担|负责|掏)[^,，。;；?？]{0,4}(?:运费|邮费|快递费|邮资)"
    r"|(?:运费|邮费|快递费|邮资)[^,，。;；?？]{0,6}(?:出|付|承担|负责|掏)"
    r"|\b(?:who|(?:do|will|would|must|should) (?:i|you))\b.{0,20}\b(?:pays?|paying|covers?|covering)\b.{0,16}\b(?:postage|shipping)\b",
    re.IGNORECASE,
)
_WHO = re.compile(r"出|付|承担|负责|掏|谁|自费|\bpay|\bwho\b|\bcover", re.IGNORECASE)
_WHERE_TO = re.compile(
    r"寄回?(?:到|去|给|往)?(?:哪|什么地址|谁)(?!.{0,3}了)|退(?:到|回)哪|\bwhere (?:do|should|can|would|shall) i (?:send|return|ship|mail|post)\b",
    re.IGNORECASE,
)
_SENT_BACK = re.compile(
    r"(?:寄|退|发)回(?:去|来|给你们?|给您)?了|已经?(?:寄|退)回|\bi(?:['’]ve| have)? (?:already |just )?(?:returned|(?:sent|shipped|mailed|posted) (?:it|them|the \w+) back)\b",
    re.IGNORECASE,
)
_REPLACEMENT = re.compile(r"[补重](?:发|寄)|换货|\b(?:replacement|exchange|resend|re-send|resent)\b", re.IGNORECASE)
