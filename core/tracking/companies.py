"""Who carries parcels: their names, and what their numbers look like. What a number cannot tell stays open."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from core.shop import Carrier
from core.understanding.reading.extracting import S10, s10_check, squeezed

SHORTEST, LONGEST = 6, 32
"""Characters of a tracking number; what every carrier we ask takes."""


@dataclass(frozen=True, slots=True)
class Company:
    """One who carries parcels. `sure` is what only its numbers look like, `maybe` what they may look like too."""

    code: str
    name: str
    name_en: str
    aliases: tuple[str, ...] = ()
    sure: str = ""
    maybe: str = ""


COMPANIES: tuple[Company, ...] = (
    Company("sf", "顺丰速运", "SF Express", ("顺丰", "sf", "shunfeng", "sfexpress"), r"SF\d{12,15}", r"\d{12}"),
    Company("zto", "中通快递", "ZTO Express", ("中通", "zto", "zhongtong"), r"ZTO\d{9,13}", r"7[3-9]\d{10}(?:\d{2,3})?"),
    Company("yto", "圆通速递", "YTO Express", ("圆通", "yto", "yuantong"), r"YT\d{13,18}", ""),
    Company("sto", "申通快递", "STO Express", ("申通", "sto", "shentong"), r"STO\d{10,13}", r"77\d{11,13}"),
    Company("yunda", "韵达快递", "Yunda Express", ("韵达", "yunda", "yd"), "", r"(?:3|4)\d{12}(?:\d{2})?"),
    Company("jt", "极兔速递", "J&T Express", ("极兔", "jt", "jtexpress", "j&t"), r"JT\d{13}|JTSP\d{9,12}", ""),
    Company("jd", "京东物流", "JD Logistics", ("京东", "京东快递", "jd", "jdl", "jingdong"), r"JD[A-Z]{0,2}\d{9,15}", ""),
    Company("ems", "EMS", "EMS", ("邮政ems", "ems", "特快专递"), "", r"1[0-9]{12}"),
    Company("chinapost", "中国邮政", "China Post", ("邮政", "中国邮政", "chinapost", "china post", "邮政快递"), "", r"9[0-9]{12}"),
    Company("deppon", "德邦快递", "Deppon Express", ("德邦", "deppon", "debang"), r"DPK\d{12}|DPL?\d{10,15}", ""),
    Company("cainiao", "菜鸟速递", "Cainiao", ("菜鸟", "cainiao", "cn"), r"CNG?\d{12,16}|LP\d{14,16}", ""),
    Company("ups", "UPS", "UPS", ("ups",), r"1Z[0-9A-Z]{16}", ""),
    Company("usps", "美国邮政", "USPS", ("usps",), r"9[2-5]\d{20}", ""),
    Company("fedex", "联邦快递", "FedEx", ("fedex", "联邦"), "", r"\d{12}|\d{15}"),
    Company("dhl", "DHL", "DHL", ("dhl", "敦豪"), "", r"\d{10}"),
)  # fmt: skip
_BY_CODE = {one.code: one for one in COMPANIES}
_SHAPE = re.compile(r"[0-9A-Z]+")


class Flaw(StrEnum):
    """What is wrong with a number."""

    SHAPE = "shape"
    """Other characters than letters and digits, or no digit at all."""
    LENGTH = "length"
    CHECK = "check"
    """The check digit of the Universal Postal Union does not fit: a digit was mistyped."""
    OTHER = "other"
    """Only another company writes such numbers."""


@dataclass(frozen=True, slots=True)
class Named:
    """A carrier as the seller named it: the shop's own, or one everybody knows. `company` is the code it is asked by."""

    company: str
    name: str
    name_en: str
    own: Carrier | None = None


def tidy(number: str) -> str:
    """A number as it is kept: upper case, without spaces and dashes."""
    return squeezed(number)


def flaw(number: str, company: str = "") -> Flaw | None:
    """What is wrong with a tidy number, for a company where one is named; None when nothing is."""
    if not _SHAPE.fullmatch(number) or not re.search(r"\d", number):
        return Flaw.SHAPE
    if not SHORTEST <= len(number) <= LONGEST:
        return Flaw.LENGTH
    if S10.fullmatch(number) and not s10_check(number):
        return Flaw.CHECK
    sure = certain(number)
    if company in _BY_CODE and sure is not None and sure.code != company and not _could_be(number, _BY_CODE[company]):
        return Flaw.OTHER
    return None


def certain(number: str) -> Company | None:
    """The one company that writes such numbers."""
    found = [one for one in COMPANIES if one.sure and re.fullmatch(one.sure, number)]
    return found[0] if len(found) == 1 else None


def guesses(number: str, own: Sequence[Carrier] = ()) -> tuple[Named, ...]:
    """Who may carry this number: one where it is certain, else those it may be. Of several the shop's own are meant."""
    sure = certain(number)
    found = [sure] if sure is not None else [one for one in COMPANIES if _could_be(number, one)]
    if S10.fullmatch(number):
        found = [_BY_CODE["ems"] if number.startswith("E") else _BY_CODE["chinapost"]] if number.endswith("CN") else []
    named = [_named(one, own) for one in found]
    ours = tuple(one for one in named if one.own is not None)
    return ours or tuple(named)


def find(words: str, own: Sequence[Carrier]) -> Named | None:
    """The carrier that `words` name, by code or name in either language; the start of a name is enough (中通)."""
    wanted = _plain(words)
    if not wanted:
        return None
    for carrier in own:
        if wanted in {_plain(one) for one in (carrier.code, carrier.name, carrier.name_en)}:
            return _own(carrier)
    known = next((one for one in COMPANIES if wanted in _names(one)), None)
    if known is not None:
        return _named(known, own)
    starting = [one for one in own if any(_plain(name).startswith(wanted) for name in (one.name, one.name_en) if name)]
    if len(starting) == 1 and len(wanted) >= 2:
        return _own(starting[0])
    likely = [one for one in COMPANIES if len(wanted) >= 2 and any(name.startswith(wanted) for name in _names(one))]
    return _named(likely[0], own) if len(likely) == 1 else None


def of_code(code: str, own: Sequence[Carrier] = ()) -> Named:
    """The carrier kept under this code; one nobody knows is called by its code."""
    for carrier in own:
        if carrier.code == code:
            return _own(carrier)
    known = _BY_CODE.get(code)
    return Named(code, known.name, known.name_en) if known else Named(code, code, code)


def _own(carrier: Carrier) -> Named:
    """A carrier of shop.toml; its code may be the shop's own invention, so it is looked up by its names as well."""
    known = _BY_CODE.get(carrier.code.lower()) or next(
        (one for one in COMPANIES if _plain(carrier.name) in _names(one) or _plain(carrier.code) in _names(one)), None
    )
    return Named(known.code if known else carrier.code, carrier.name, carrier.name_en or carrier.name, carrier)


def _named(company: Company, own: Sequence[Carrier]) -> Named:
    for carrier in own:
        mine = _own(carrier)
        if mine.company == company.code:
            return mine
    return Named(company.code, company.name, company.name_en)


def _could_be(number: str, company: Company) -> bool:
    return any(pattern and re.fullmatch(pattern, number) for pattern in (company.sure, company.maybe))


def _names(company: Company) -> set[str]:
    return {_plain(one) for one in (company.code, company.name, company.name_en, *company.aliases)}


def _plain(words: str) -> str:
    """A name without what people leave out: case, spaces, 快递, 速运, Express."""
    text = re.sub(r"[\s·・.\-]+", "", words.casefold())
    return re.sub(r"(?:快递|速递|快运|速运|物流|express|logistics)$", "", text) or text
