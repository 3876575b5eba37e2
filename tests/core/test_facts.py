"""Facts as a person writes them: read, shown as they were meant, or refused with a reason."""

from datetime import date
from zoneinfo import ZoneInfo

import pytest

from core.closed_days import dates_in, dates_shown
from core.facts import FACTS, fact, stated, worded
from core.shop import Shop
from core.unreadable import Unreadable
from tests.saying import said

SHOP = Shop("北窗", ZoneInfo("Asia/Shanghai"))


@pytest.mark.parametrize(
    ("key", "written", "shown"),
    [
        ("hours", "9:00-12:00, 13:30-22:00", "09:00-12:00 13:30-22:00"),
        ("hours", "每天 10:00-24:00", "10:00-24:00"),
        ("hours", "mon-fri 09:00-18:00; 周六 10:00-16:00", "mon-fri 09:00-18:00; sat 10:00-16:00"),
        ("hours", "周一 到 周五 9点到18点；周日 休息", "mon-fri 09:00-18:00"), ("hours", "Monday to Friday 9am-5:30pm", "mon-fri 09:00-17:30"),
        ("hours", "上午9点到下午6点", "09:00-18:00"), ("hours", "8点半-12点 14点-18点半", "08:30-12:00 14:00-18:30"),
        ("hours", "全天", "00:00-24:00"), ("hours", "工作日 9-18；周末 10-16", "mon-fri 09:00-18:00; sat-sun 10:00-16:00"),
        ("hours", "周二、周四 10-12", "tue 10:00-12:00; thu 10:00-12:00"), ("hours", "晚上6点到晚上12点", "18:00-24:00"),
        ("cutoff", "下午4:40", "16:40"), ("cutoff", "4pm", "16:00"), ("fee", "8块", "8.00"), ("timezone", "台北", "Asia/Taipei"),
        ("cutoff", "16点40", "16:40"), ("cutoff", "9:05", "09:05"), ("carrier", "中通", "中通快递"), ("carrier", "SF", "顺丰速运"),
        ("languages", "en", "en"), ("fee", "¥8.50", "8.50"), ("tone", "Brief", "brief"), ("timezone", "Europe/Berlin", "Europe/Berlin"),
        ("policy.return.zh", "七天可退\n先说一声", "七天可退\n先说一声"), ("policy.gift_card.en", "No gift cards.", "No gift cards."),
    ],
)  # fmt: skip
def test_a_fact_is_read_and_shown(key: str, written: str, shown: str) -> None:
    """What is shown may be written again and means the same."""
    one = fact(key)
    assert one is not None
    changed = one.set(SHOP, written)
    assert one.show(changed) == shown
    assert one.show(one.set(SHOP, shown)) == shown
    assert (key, shown) in list(stated(changed))


@pytest.mark.parametrize(
    ("key", "written"),
    [
        ("hours", "mon-fry 9:00-18:00"), ("hours", "周八 9-18"), ("hours", "whenever"), ("hours", "22:00-09:00"), ("hours", "09:00-12:00 11:00-13:00"), ("hours", "25:00-26:00"),
        ("closed", "2027-02-06"), ("cutoff", "late"), ("cutoff", "27:00"), ("carrier", "鸽子"), ("languages", "fr"),
        ("fee", "$5"), ("fee", "包邮"), ("fee", "8.555"), ("fee", "-1"), ("fee", "cheap"), ("tone", "rude"), ("timezone", "Mars/Base"), ("name", ""), ("name", "x" * 61),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_refused_with_a_reason(key: str, written: str) -> None:
    """In both languages, and nothing is changed."""
    with pytest.raises(Unreadable) as why:
        FACTS[key].set(SHOP, written)
    assert said(why.value).zh
    assert said(why.value).en


TODAY = date(2026, 11, 20)


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("2027/2/6", "2027-02-06"), ("2027年2月6日 2027.2.8", "2027-02-06 2027-02-08"), ("明天", "2026-11-21"),
        ("2月6日到2月9日", "2027-02-06..2027-02-09"), ("2月6日-9日", "2027-02-06..2027-02-09"), ("Dec 24, Dec 26", "2026-12-24 2026-12-26"),
        ("12月30日至1月2日", "2026-12-30..2027-01-02"), ("2027-02-06 - 2027-02-08", "2027-02-06..2027-02-08"),
        ("2027-02-06 2027-02-08", "2027-02-06 2027-02-08"), ("周日", "2026-11-22"),
        ("6 Feb 2027", "2027-02-06"), ("Feb 6, 2027", "2027-02-06"), ("6th of February 2027", "2027-02-06"), ("20270206-20270209", "2027-02-06..2027-02-09"),
        ("Dec 24-26", "2026-12-24..2026-12-26"), ("24-26 Dec", "2026-12-24..2026-12-26"), ("Dec 24, 25 and 26", "2026-12-24..2026-12-26"),
        ("Dec 24-26, 2027", "2027-12-24..2027-12-26"), ("30 Dec - 2 Jan 2027", "2026-12-30..2027-01-02"), ("between Dec 24 and Dec 26", "2026-12-24..2026-12-26"),
        ("2027年2月6日", "2027-02-06"), ("2月6日到2月20日", "2027-02-06..2027-02-20"), ("2 月 6 日", "2027-02-06"), ("2月6-8号", "2027-02-06..2027-02-08"),
        ("2月6日、7日、8日放假", "2027-02-06..2027-02-08"), ("春节放假 从二月六号到二十号", "2027-02-06..2027-02-20"), ("12月30日到2日", "2026-12-30..2027-01-02"),
        ("2.6-2.20", "2027-02-06..2027-02-20"), ("13/2/2027", "2027-02-13"), ("6.2.2027", "2027-02-06"), ("next Friday", "2026-11-27"), ("下周一到下周三", "2026-11-23..2026-11-25"),
        ("10月1日到7日", "2027-10-01..2027-10-07"), ("11月18日到11月22日", "2026-11-18..2026-11-22"), ("6-9号", "2026-12-06..2026-12-09"),
        ("2028-02-28..2028-03-01", "2028-02-28..2028-03-01"),
    ],
)  # fmt: skip
def test_days_are_read_as_they_are_written(written: str, shown: str) -> None:
    """On Friday 20 November 2026; a day without a year is the next one."""
    assert dates_shown(dates_in(written, TODAY)) == shown


@pytest.mark.parametrize(
    "written",
    [
        "",
        "soon",
        "2027-02-30",
        "2月30日",
        "2027-02-09..2027-02-06",
        "a..b..c",
        "明年",
        "24-26",
        "Dec 24-",
        "to Dec 24",
        "2027",
        "2027-02",
        "feb",
        "31号2027",
        "2月6日下雪",
        "1月1日到2月1日到3月1日",
    ],
)
def test_what_is_no_day_is_refused_with_a_reason(written: str) -> None:
    """In both languages."""
    with pytest.raises(Unreadable) as why:
        dates_in(written, TODAY)
    assert said(why.value).zh
    assert said(why.value).en


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("6/2/2027", ("2月6日，也可能是 6月2日", "6 February or 2 June")),
        ("2/6/27", ("不是日期", "is no date")),
        ("11月3日", ("2027-11-03", "2027-11-03")),
        ("Nov 3", ("刚过去", "has just passed")),
        ("春节", ("2月6日-2月12日", "Dec 24-26")),
        ("Christmas", ("2月6日-2月12日", "Dec 24-26")),
        ("2月30日", ("没有“2月30日”这一天", "no such day")),
    ],
)
def test_days_in_doubt_are_asked_for(written: str, told: tuple[str, str]) -> None:
    """What may be two days, has just passed without a year, or is a feast of no fixed length: how to write it is shown."""
    with pytest.raises(Unreadable) as why:
        dates_in(written, TODAY)
    assert told[0] in said(why.value).zh
    assert told[1] in said(why.value).en


def test_closed_days_are_shown_in_rows() -> None:
    """Days in a row are written from..to."""
    open_shop = FACTS["hours"].set(SHOP, "09:00-18:00")
    closed = FACTS["closed"].set(open_shop, "2027-02-06..2027-02-08 2027-05-01")
    assert FACTS["closed"].show(closed) == "2027-02-06..2027-02-08 2027-05-01"
    assert FACTS["hours"].set(closed, "10:00-18:00").hours.closed == closed.hours.closed  # type: ignore[union-attr]


@pytest.mark.parametrize("key", ["nothing", "policy", "policy.Return.zh", "policy.return.fr", "__class__"])
def test_what_is_no_fact_is_none(key: str) -> None:
    """Nothing else of the shop can be reached by a name."""
    assert fact(key) is None


@pytest.mark.parametrize(
    ("key", "value", "zh", "en"),
    [
        ("hours", "mon-fri 09:00-12:00 13:30-18:00; sat 10:00-16:00", "周一至周五 09:00-12:00 13:30-18:00；周六 10:00-16:00", "Mon-Fri 09:00-12:00 13:30-18:00; Sat 10:00-16:00"),
        ("closed", "2027-02-06..2027-02-09 2027-05-01", "2027-02-06至2027-02-09、2027-05-01", "2027-02-06 to 2027-02-09, 2027-05-01"),
        ("languages", "zh en", "中文、英文", "Chinese, English"), ("tone", "warm", "亲切", "warm"), ("cutoff", "16:40", "16:40", "16:40"),
        ("timezone", "Asia/Taipei", "台北时间", "Taipei time"), ("timezone", "Asia/Tokyo", "Asia/Tokyo", "Asia/Tokyo"),
    ],
)  # fmt: skip
def test_a_value_is_worded_and_may_be_set_again_as_it_stands(key: str, value: str, zh: str, en: str) -> None:
    """Day names, languages, zones and the tone in the reader's language; what is shown means the same when it is written back."""
    one = fact(key)
    assert one is not None
    opened = FACTS["hours"].set(SHOP, "09:00-18:00")
    for language, shown in (("zh", zh), ("en", en)):
        assert worded(key, value, language) == shown
        assert one.show(one.set(opened, shown)) == value
    assert worded(key, None, "zh") is None
