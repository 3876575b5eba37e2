"""How a seller writes a ladder: `3=55 +B-2=120 gift=杯刷 coupon=200-20 final=…`, and how it is written back."""

import re
from collections.abc import Callable

from core.amounts import amount_in
from core.catalogue import Catalogue, Variant
from core.pricing import Kind, PricePolicy, Step
from core.unreadable import Unreadable

USAGE = "/ladder SKU|shop [3=55] [3=5%] [+SKU=120] [gift=…] [gift@2=…] [coupon=200-20] [final=…] | none"
EXAMPLE = "/ladder A-1 2=55 gift@3=杯刷 final=这就是最实在的价了"
MOST_STEPS = 8
LONGEST = 120
_START = re.compile(r"(?:\d+=|\+\S+=|(?:gift|赠品|送|coupon|券|final|最后)(?:@\d+)?=)", re.IGNORECASE)
_COUNT = re.compile(r"(\d{1,4})=(.+)")
_BUNDLE = re.compile(r"\+([^=]+)=(.+)")
_GIFT = re.compile(r"(?:gift|赠品|送)(?:@(\d{1,4}))?=(.+)", re.IGNORECASE)
_COUPON = re.compile(r"(?:coupon|券)=([\d.,]+)-([\d.,]+)", re.IGNORECASE)
_FINAL = re.compile(r"(?:final|最后)=(.+)", re.IGNORECASE)


def parse(words: tuple[str, ...], one: Variant | None, currency: str, catalogue: Catalogue) -> PricePolicy:
    """The ladder that these words say, for a product or (`one` None) the shop. Unreadable names the first wrong word."""
    steps: list[Step] = []
    final = ""
    for part in _parts(words):
        if match := _FINAL.fullmatch(part):
            final = match[1].strip()[:LONGEST]
        else:
            steps.append(_step(part, one, currency, catalogue))
    if len(steps) > MOST_STEPS:
        raise Unreadable("too many steps", most=MOST_STEPS)
    return PricePolicy(tuple(steps), final=final)


def written(policy: PricePolicy) -> str:
    """The words that say this ladder."""
    parts = [_written(step) for step in policy.steps]
    return " ".join([*parts, f"final={policy.final}"] if policy.final else parts)


def _parts(words: tuple[str, ...]) -> list[str]:
    """Words up to the next beginning of a step belong together: a gift may be several."""
    parts: list[str] = []
    for word in words:
        if _START.match(word) or not parts:
            parts.append(word)
        else:
            parts[-1] += f" {word}"
    return parts


def _step(part: str, one: Variant | None, currency: str, catalogue: Catalogue) -> Step:
    for pattern, read in _READERS:
        if match := pattern.fullmatch(part):
            return read(match, one, currency, catalogue)
    raise Unreadable("no step", said=part)


def _quantity(match: re.Match[str], one: Variant | None, currency: str, catalogue: Catalogue) -> Step:
    count, value = int(match[1]), match[2]
    if count < 2:
        raise Unreadable("too few pieces")
    if value.endswith("%"):
        percent = value[:-1]
        if not (percent.isascii() and percent.isdecimal() and 0 < int(percent) < 100):
            raise Unreadable("no percentage", said=value)
        return Step(Kind.QUANTITY, count, percent=int(percent))
    if one is None:
        raise Unreadable("the shop takes percentages")
    return Step(Kind.QUANTITY, count, amount_in(value, currency))


def _bundle(match: re.Match[str], one: Variant | None, currency: str, catalogue: Catalogue) -> Step:
    if one is None:
        raise Unreadable("two together belong to an item")
    found = next((each for each in catalogue if each.sku.casefold() == match[1].casefold()), None)
    if found is None:
        raise Unreadable("no such item", said=match[1])
    return Step(Kind.BUNDLE, price=amount_in(match[2], currency), other=found.sku)


def _gift(match: re.Match[str], one: Variant | None, currency: str, catalogue: Catalogue) -> Step:
    return Step(Kind.GIFT, max(1, int(match[1] or 1)), gift=match[2].strip()[:LONGEST])


def _coupon(match: re.Match[str], one: Variant | None, currency: str, catalogue: Catalogue) -> Step:
    over, off = amount_in(match[1], currency), amount_in(match[2], currency)
    if not off.minor or over <= off:
        raise Unreadable("no coupon")
    return Step(Kind.COUPON, price=off, over=over)


_READERS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str], Variant | None, str, Catalogue], Step]], ...] = (
    (_GIFT, _gift),
    (_COUPON, _coupon),
    (_BUNDLE, _bundle),
    (_COUNT, _quantity),
)


def _written(step: Step) -> str:
    amount = format(step.price.amount.normalize(), "f") if step.price is not None else ""
    if step.kind is Kind.QUANTITY:
        return f"{step.count}={amount}" if step.price is not None else f"{step.count}={step.percent}%"
    if step.kind is Kind.BUNDLE:
        return f"+{step.other}={amount}"
    if step.kind is Kind.COUPON:
        over = format(step.over.amount.normalize(), "f") if step.over is not None else ""
        return f"coupon={over}-{amount}"
    return f"gift@{step.count}={step.gift}" if step.count > 1 else f"gift={step.gift}"
