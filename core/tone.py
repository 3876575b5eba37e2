"""Tone (S4 tips 1 and 2): warm but not smothering, no guilt, no talking oneself down. Templates and sellers' texts are checked."""

import re
from dataclasses import dataclass

MOST_DEAR = 1
"""亲 in one text."""
MOST_EMOJI = 1
MOST_TILDE = 1

GUILT = re.compile(
    r"不买(就)?(亏|太可惜|没机会)|忍心|耽误.{0,4}(我|我们)(的)?时间|白(聊|忙|说)了|聊了?这么(久|半天)|再不(买|拍|下单)|错过(就)?(没|不再)"
    r"|最后(一次)?机会|你怎么(还|就)不|wast(e|ing) (of )?(my|our) time|last chance|you(?:'|’)?ll regret|after all (this|the) time"
    r"|don(?:'|’)?t miss out|act now|hurry",
    re.IGNORECASE,
)
"""Pressing a buyer, or making them feel guilty for leaving (S4 tip 1)."""

BELITTLING = re.compile(
    r"信誉(低|不高|不好)|刚开(业|店|张).{0,6}(照顾|支持|包涵)|小店(不容易|很难)|新手(卖家|开店)|我们(家)?(质量|东西)(一般|不太好|不怎么样)"
    r"|求(好评|照顾|支持)|(just|only) a (small|new|tiny) (shop|seller).{0,20}(sorry|please|bear)|our (quality|rating) is (low|poor|not great)"
    r"|please support us|we(?:'|’)?re not (very )?(good|professional)",
    re.IGNORECASE,
)
"""Talking the shop down (S4 tip 2)."""

RATED = re.compile(
    r"五星|5\s*星|好评(返现|有礼|返|送)|five.star review|(coupon|cash).{0,20}(review|rating)", re.IGNORECASE
)
"""A reward for a review is never offered (S4 tip 14)."""

EMOJI = re.compile("[\U0001f300-\U0001faff\u2600-\u27bf]")


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with a text: `kind` (guilt, belittling, rated, smothering) and the words."""

    kind: str
    words: str


def lint(text: str) -> tuple[Fault, ...]:
    """Every fault of a text's tone, in the order of the kinds above; empty when it is fine."""
    faults = [
        Fault(kind, match[0])
        for kind, pattern in (("guilt", GUILT), ("belittling", BELITTLING), ("rated", RATED))
        for match in pattern.finditer(text)
    ]
    dear = re.findall("亲(?![自友人手戚近子眼爱情密切笔历])", text)
    for found, most in ((dear, MOST_DEAR), (EMOJI.findall(text), MOST_EMOJI), (re.findall(r"[~～]", text), MOST_TILDE)):
        if len(found) > most:
            faults.append(Fault("smothering", "".join(found)))
    return tuple(faults)
