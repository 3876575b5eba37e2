"""What can be read off a text exactly: links, numbers of orders and parcels, phones, prices, quantities, dates."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from core.understanding.words.numerals import NUMERAL, number


@dataclass(frozen=True, slots=True)
class Found:
    """One thing read off `folded[start:end]`. `kind` is link, email, emote, tracking, order, phone, price, quantity, date or number,
    or `hidden` and one of these where an app has put a word in brackets in its place: [数字x]."""

    kind: str
    start: int
    end: int
    text: str = ""
    amount: Decimal | None = None
    currency: str = ""
    day: date | None = None


MASKS = {
    "link": "◇",
    "card": " ",
    "email": "◇",
    "emote": " ",
    "tracking": "◆",
    "order": "№",
    "phone": "☎",
    "price": "¤",
    "quantity": "0",
    "date": "0",
    "number": "0",
    "hidden number": "0",
    "hidden price": "¤",
    "hidden order": "№",
    "hidden phone": "☎",
    "hidden place": "◎",
    "hidden link": "◇",
    "hidden name": " ",
}
"""What stands for each kind where a text is compared."""


def extract(folded: str) -> tuple[Found, ...]:
    """Everything found, left to right, none overlapping another. The order of the table decides who comes first."""
    taken = bytearray(len(folded))
    found: list[Found] = []
    holds = {sign for sign, pattern in _NEEDED.items() if pattern.search(folded)}
    for pattern, read, needed in _TABLE:
        if needed not in holds:
            continue
        for match in pattern.finditer(folded):
            start, end = match.span("it") if "it" in pattern.groupindex else match.span()
            if start == end or any(taken[start:end]):
                continue
            one = read(match, start, end)
            if one is not None:
                found.append(one)
                taken[start:end] = b"\x01" * (end - start)
    return tuple(sorted(found, key=lambda one: one.start))


def tracking_number(text: str) -> str:
    """The tracking number that `text` is, upper case without spaces, or "" when no carrier writes such numbers."""
    code = squeezed(text)
    if S10.fullmatch(code):
        return code if s10_check(code) else ""
    return code if _CARRIERS.fullmatch(code) else ""


def squeezed(text: str) -> str:
    """A number as a carrier writes it: upper case, without spaces and dashes."""
    return re.sub(r"[\s-]+", "", text).upper()


def overlapping(found: tuple[Found, ...], start: int, end: int) -> Iterator[Found]:
    return (one for one in found if one.start < end and one.end > start)


def s10_check(code: str) -> bool:
    """Whether the check digit of a number like RR123456785CN fits the other eight."""
    # UPU S10: weights 8 6 4 2 3 5 9 7 over the eight digits, 11 minus the rest, 10 → 0 and 11 → 5.
    total = sum(int(digit) * weight for digit, weight in zip(code[2:10], (8, 6, 4, 2, 3, 5, 9, 7), strict=True))
    check = 11 - total % 11
    return int(code[10]) == {10: 0, 11: 5}.get(check, check)


S10 = re.compile(r"[A-Z]{2}\d{9}[A-Z]{2}")
_CARRIERS = re.compile(
    r"SF\d{12,15}|YT\d{13,18}|JD[A-Z]{0,2}\d{9,15}(?:-\d-\d-?)?|JT\d{13}|JTSP\d{9,12}|DPK\d{12}|DPL?\d{10,15}|ZJS\d{12}|STO\d{10,13}|"
    r"7[3-9]\d{10}(?:\d{2,3})?|1Z[0-9A-Z]{16}|9[2-5]\d{20}|LP\d{14,16}|CNG?\d{12,16}|UUS\d{10,14}|H\d{16}|TBA\d{12}"
)


def _plain(kind: str) -> Callable[[re.Match[str], int, int], Found | None]:
    return lambda match, start, end: Found(kind, start, end, match.string[start:end])


def _hidden(match: re.Match[str], start: int, end: int) -> Found | None:
    kind = "price" if match["money"] else _HIDDEN.get(match["word"], "name")
    return Found(f"hidden {kind}", start, end)


def _tracking(match: re.Match[str], start: int, end: int) -> Found | None:
    code = tracking_number(match.string[start:end])
    return Found("tracking", start, end, code) if code else None


def _named_tracking(match: re.Match[str], start: int, end: int) -> Found | None:
    return Found("tracking", start, end, squeezed(match.string[start:end]))


def _order(match: re.Match[str], start: int, end: int) -> Found | None:
    return Found("order", start, end, match.string[start:end].upper())


def _phone(match: re.Match[str], start: int, end: int) -> Found | None:
    digits = re.sub(r"\D", "", match.string[start:end])
    return Found("phone", start, end, digits) if 8 <= len(digits) <= 15 else None


def _price(match: re.Match[str], start: int, end: int) -> Found | None:
    groups = match.groupdict()
    amount = number(groups["n"])
    if amount is None:
        return None
    unit = groups.get("unit") or ""
    units: dict[str, Decimal | int] = {
        "k": 1000,
        "w": 10000,
        "千": 1000,
        "万": 10000,
        "毛": Decimal("0.1"),
        "角": Decimal("0.1"),
        "分": Decimal("0.01"),
    }
    factor = units.get(groups.get("k") or unit, 1)
    amount *= factor
    if groups.get("rest"):
        # 12块5 is 12.50, 三块五 is 3.50
        rest = number(groups["rest"])
        amount += rest / (10 if rest is not None and rest < 10 else 100) if rest is not None else 0
    currency = _CURRENCIES.get(groups.get("sign") or "") or _CURRENCIES.get(unit) or ""
    return Found("price", start, end, match.string[start:end], amount, currency)


_FEW = {"two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "ten": 10}


def _few(match: re.Match[str], start: int, end: int) -> Found | None:
    """3 of them."""
    amount = Decimal(_FEW.get(match.group("n"), 0)) or number(match.group("n"))
    return Found("quantity", start, end, match.string[start:end], amount) if amount else None


def _quantity(match: re.Match[str], start: int, end: int) -> Found | None:
    amount = number(match.group("n"))
    if amount is not None and match.string.startswith("半", end):
        amount += Decimal("0.5")
    return (
        Found("quantity", start, end, match.string[start:end], amount)
        if amount is not None and 0 < amount < 1_000_000
        else None
    )


def _date(match: re.Match[str], start: int, end: int) -> Found | None:
    groups = match.groupdict()
    day = None
    if groups.get("y"):
        try:
            day = date(int(groups["y"]), int(groups["m"]), int(groups["d"]))
        except ValueError:
            return None
    return Found("date", start, end, match.string[start:end], day=day)


def _number(match: re.Match[str], start: int, end: int) -> Found | None:
    return Found("number", start, end, match.string[start:end], number(match.string[start:end]))


_HIDDEN = {
    "数字": "number", "时间": "number", "日期": "number", "金额": "price", "订单": "order", "订单号": "order", "订单编号": "order",
    "电话": "phone", "手机": "phone", "地址": "place", "站点": "place", "链接": "link", "商品": "link",
}  # fmt: skip

_CURRENCIES = {
    "¥": "CNY", "rmb": "CNY", "cny": "CNY", "元": "CNY", "块": "CNY", "块钱": "CNY", "人民币": "CNY", "毛": "CNY", "角": "CNY", "yuan": "CNY",
    "$": "", "us$": "USD", "usd": "USD", "美元": "USD", "美金": "USD", "dollars": "USD", "dollar": "USD", "bucks": "USD", "buck": "USD",
    "hk$": "HKD", "hkd": "HKD", "港币": "HKD", "nt$": "TWD", "twd": "TWD", "ntd": "TWD", "台币": "TWD", "€": "EUR", "eur": "EUR", "euro": "EUR", "euros": "EUR", "欧元": "EUR",
    "£": "GBP", "gbp": "GBP", "pounds": "GBP", "pound": "GBP", "quid": "GBP", "英镑": "GBP", "s$": "SGD", "sgd": "SGD", "rm": "MYR", "a$": "AUD", "c$": "CAD",
}  # fmt: skip

_SIGN = r"(?P<sign>us\$|hk\$|nt\$|s\$|a\$|c\$|[¥$€£]|(?<![a-z])(?:rmb|cny|usd|hkd|twd|eur|gbp))"
_UNIT = r"(?P<unit>块钱|元|块|人民币|美元|美金|港币|台币|欧元|英镑|毛钱|毛|角|(?:rmb|cny|usd|hkd|twd|ntd|eur|gbp|sgd|yuan|dollars?|bucks?|euros?|pounds?|quid)(?![a-z]))"
_N = rf"(?P<n>\d+(?:,\d{{3}})*(?:\.\d+)?|{NUMERAL})"
_MEASURES = "件 个 只 双 条 套 包 袋 盒 箱 份 瓶 罐 本 张 台 部 把 块 片 支 枝 根 顶 副 对 打 斤 公斤 桶 卷 米 批 组 款 种 pcs pc pieces piece units sets set pairs pair boxes box packs pack bottles bottle items bags".split()
_QUANTITY = rf"(?<!第)(?P<n>(?<![\d.])\d{{1,6}}|{NUMERAL})\s*(?P<unit>{'|'.join(sorted(_MEASURES, key=len, reverse=True))})(?:(?<![a-z])|(?![a-z]))"
"""两个A-1 are two; 2 mm are no two metres."""

_TAKEN = (
    rf"(?<![a-z])(?:i'll|i will|i'd like(?: to)?|let me|can i|could i|please|want to|like to|and|we'll|just|i|to) (?:also |just )?(?:take|have|want|need|get|buy|order|grab)\s(?P<it>(?P<n>\d{{1,3}}|{'|'.join(_FEW)}))(?![\d.,:/%])"
    r"(?!\s?(?:cm|mm|m|kg|g|ml|l|oz|lbs?|inch\w*|percent|off(?!-)|days?|weeks?|months?|hours?|hrs?|minutes?|mins?|years?|am|pm|times?|questions?|things?|dollars?|bucks|yuan|rmb|usd|kids|people|addresses|orders)(?![a-z]))"
)
"""I'll take 2 khaki ones."""
_NEEDED = {
    "digit": re.compile(r"\d"),
    "numeral": re.compile(r"[\d一二两三四五六七八九十俩仨]"),
    "few": re.compile(rf"\d|{'|'.join(_FEW)}"),
    "link": re.compile(r"//|www\.|t\.me/"),
    "@": re.compile("@"),
    "[": re.compile(r"\["),
    ":": re.compile(":"),
}
"""What must stand in a text before it is worth looking for the rest."""
# (pattern, reader, what is needed)
_TABLE: tuple[tuple[re.Pattern[str], Callable[[re.Match[str], int, int], Found | None], str], ...] = (
    (re.compile(r"(?:https?://|www\.|t\.me/)[^\s\u3400-\u9fff]{1,300}"), _plain("link"), "link"),
    (re.compile(r"[\w.+-]{1,64}@[\w-]{1,64}\.[a-z.]{2,20}"), _plain("email"), "@"),
    (re.compile(r"\[(?P<word>[^\[\]\n]{1,6})x\](?P<money>(?:块钱|块|元|毛)(?:\[数字x\])?(?:毛|分)?)?"), _hidden, "["),
    (re.compile(r"\[[^\[\]\n]{1,12}\]"), _plain("emote"), "["),
    # What an app writes when an order or a product is shared: labels with a colon, not the buyer's own words.
    (
        re.compile(
            r"(?:咨询)?(?:订单编?号|订单金额|下单时间|付款时间|商品编号|售后服务单|服务单号?|商家id|商品链接|order (?:id|number|total|date))\s*:"
        ),
        _plain("card"),
        ":",
    ),
    (re.compile(r"(?<![a-z0-9])(?:[a-z]{2}\d{9}[a-z]{2}|(?:sf|yt|jd[a-z]{0,2}|jtsp|jt|dpk|dpl?|zjs|sto|lp|cng?|uus|tba|h)[ -]?\d{9,18}|1z[0-9a-z]{16}|9[2-5]\d{20})(?![a-z0-9])"), _tracking, "digit"),
    (re.compile(r"(?:运单号?|快递单号?|物流单号?|快递号|tracking(?: ?(?:number|no|code|id|#))?|awb|waybill)[.:#是\s]{0,6}(?P<it>[a-z]{0,4}\d[\da-z-]{7,24})(?![a-z0-9])"), _named_tracking, "digit"),
    (re.compile(r"(?:订单编?号?|单号|order(?: ?(?:number|no|id|#))?|purchase|po|invoice|bill)[.:#是为\s]{0,6}(?P<it>(?=[a-z-]{0,4}\d)[a-z\d][a-z\d-]{3,31})(?![a-z0-9])"), _order, "digit"),
    (re.compile(r"(?<!\d)(?P<y>20\d\d)[-/.年](?P<m>\d{1,2})[-/.月](?P<d>\d{1,2})日?(?!\d)"), _date, "digit"),
    (re.compile(r"(?<!\d)\d{1,2}月\d{1,2}[日号]?|(?<!\d)(?:0?[1-9]|[12]\d|3[01])[日号](?=[^\d线])|(?<!\d)\d{1,2}[:点]\d{2}(?!\d)"), _date, "digit"),
    (re.compile(r"(?<![\d+])(?:\+?86[- ]?)?1[3-9]\d[- ]?\d{4}[- ]?\d{4}(?!\d)|(?<![\d])\+\d[\d -]{7,16}\d(?!\d)|(?<!\d)0\d{2,3}-\d{7,8}(?!\d)"), _phone, "digit"),
    (re.compile(r"(?<![\da-z])7[3-9]\d{10}(?:\d{2,3})?(?![\da-z])"), _tracking, "digit"),
    (re.compile(r"(?<![\da-z])\d{10,30}(?![\da-z])"), _order, "digit"),
    (re.compile(rf"{_SIGN}\s*{_N}(?:\s*(?P<k>[kw千万](?![a-z])))?"), _price, "digit"),
    (re.compile(rf"(?<![\d.a-z]){_N}(?:\s*(?P<k>[kw千万](?![a-z])))?\s*{_UNIT}(?:(?P<rest>\d{{1,2}}|[一二三四五六七八九])(?![\d个件天]|包(?!邮)))?"), _price, "numeral"),
    (re.compile(rf"(?<![\d.a-z]){_N}\s*(?P<k>[kw](?![a-z]))"), _price, "digit"),
    (re.compile(_QUANTITY), _quantity, "numeral"),
    (re.compile(rf"(?<![a-z\d.])(?P<n>\d{{1,4}}|{'|'.join(_FEW)})(?= of (?:them|these|those)(?![a-z]))"), _few, "few"),
    (re.compile(_TAKEN), _few, "few"),
    (re.compile(rf"^\s*(?:(?:and|also|plus|need|want) )+(?P<it>(?P<n>\d{{1,3}}|{'|'.join(_FEW)}))(?= [a-z])(?! (?:questions?|things?|min\w*|days?|hours?|more|cm|mm|kg|inch\w*))"), _few, "few"),
    (re.compile(rf"^\s*(?:just |only |ok )?(?P<it>(?P<n>\d{{1,3}}|{'|'.join(_FEW)}))(?! (?:questions?|things?|min\w*|days?|more|quick))(?=(?: [a-z-]+){{0,5}} (?:please|pls|thanks)(?![a-z]))"), _few, "few"),
    (re.compile(r"\d+(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"), _number, "digit"),
    (re.compile(r"(?<![一二两三四五六七八九十百千万])[一二两三四五六七八九][十百千万][一二两三四五六七八九十百千零]{0,6}(?![一二三四五六七八九十百千万几多来])"), _number, "numeral"),
)  # fmt: skip
