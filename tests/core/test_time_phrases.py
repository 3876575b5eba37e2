"""Times as sellers type them, read as the last moment that keeps them. Now is Friday 20 November 2026, 10:00 in Shanghai."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.promise_phrases import promised_in
from core.promises import What
from core.time_phrases import named_in, when_in

SHANGHAI = ZoneInfo("Asia/Shanghai")
NOW = datetime(2026, 11, 20, 10, 0, tzinfo=SHANGHAI)
END = "23:59:59"


@pytest.mark.parametrize(
    ("text", "due"),
    [
        ("明天下午发", "2026-11-21 18:00:00"),
        ("明天上午给您寄出", "2026-11-21 12:00:00"),
        ("今晚8点", "2026-11-20 20:00:00"),
        ("今晚发", f"2026-11-20 {END}"),
        ("明早发出", "2026-11-21 10:00:00"),
        ("下午三点半发", "2026-11-20 15:30:00"),
        ("3点前发", "2026-11-20 15:00:00"),
        ("9点发", "2026-11-20 21:00:00"),
        ("周五前", f"2026-11-20 {END}"),
        ("周日前发", f"2026-11-22 {END}"),
        ("下周一发", f"2026-11-23 {END}"),
        ("下週三發貨", f"2026-11-25 {END}"),
        ("后天", f"2026-11-22 {END}"),
        ("大后天下午", "2026-11-23 18:00:00"),
        ("3号", f"2026-12-03 {END}"),
        ("25号下午发", "2026-11-25 18:00:00"),
        ("12月1日", f"2026-12-01 {END}"),
        ("月底发", f"2026-11-30 {END}"),
        ("三天内发出", f"2026-11-23 {END}"),
        ("2小时内发", "2026-11-20 12:00:00"),
        ("半小时后回复您", "2026-11-20 10:30:00"),
        ("一个半小时内" , "2026-11-20 11:30:00"),
        ("tomorrow by noon", "2026-11-21 12:00:00"),
        ("by Friday", f"2026-11-20 {END}"),
        ("by Monday", f"2026-11-23 {END}"),
        ("next Friday", f"2026-11-27 {END}"),
        ("today at 5pm", "2026-11-20 17:00:00"),
        ("tomorrow 9:30 am", "2026-11-21 09:30:00"),
        ("tonight", f"2026-11-20 {END}"),
        ("this afternoon", "2026-11-20 18:00:00"),
        ("within 2 hours", "2026-11-20 12:00:00"),
        ("in 3 days", f"2026-11-23 {END}"),
        ("on the 25th", f"2026-11-25 {END}"),
        ("25 November", f"2026-11-25 {END}"),
        ("Nov 28th by 4 pm", "2026-11-28 16:00:00"),
        ("by the end of the day", f"2026-11-20 {END}"),
        ("11月26", f"2026-11-26 {END}"),
        ("十一月二十六号下午", "2026-11-26 18:00:00"),
        ("2026-11-26发", f"2026-11-26 {END}"),
        ("11-26发货", f"2026-11-26 {END}"),
        ("11/26 6pm发", "2026-11-26 18:00:00"),
        ("by 11/26", f"2026-11-26 {END}"),
        ("within 3-5 days", f"2026-11-25 {END}"),
        ("within 3 working days", f"2026-11-25 {END}"),
        ("三个工作日内发出", f"2026-11-25 {END}"),
    ],
)  # fmt: skip
def test_a_typed_time_is_found(text: str, due: str) -> None:
    """In Chinese of both scripts and in English."""
    found = when_in(text, NOW, SHANGHAI)
    assert found is not None
    assert f"{found.due_at.astimezone(SHANGHAI):%Y-%m-%d %H:%M:%S}" == due


@pytest.mark.parametrize(
    ("text", "due"),
    [
        ("11-26", f"2026-11-26 {END}"),
        ("11/26", f"2026-11-26 {END}"),
        ("11.26", f"2026-11-26 {END}"),
        ("26/11", f"2026-11-26 {END}"),
        ("2026-11-26", f"2026-11-26 {END}"),
        ("11-26 下午", "2026-11-26 18:00:00"),
        ("11.26 18:30", "2026-11-26 18:30:00"),
        ("11/26 6pm", "2026-11-26 18:00:00"),
        ("1-5", f"2027-01-05 {END}"),
        ("26号", f"2026-11-26 {END}"),
        ("11月26日", f"2026-11-26 {END}"),
        ("周五", f"2026-11-20 {END}"),
        ("下周五", f"2026-11-27 {END}"),
        ("tomorrow", f"2026-11-21 {END}"),
        ("Nov 26", f"2026-11-26 {END}"),
        ("Fri 6pm", "2026-11-20 18:00:00"),
        ("3天", f"2026-11-23 {END}"),
        ("3-5天", f"2026-11-25 {END}"),
        ("3 to 5 days", f"2026-11-25 {END}"),
        ("3-5 business days", f"2026-11-27 {END}"),
    ],
)
def test_a_time_where_one_is_expected(text: str, due: str) -> None:
    """A date as it is typed after /late; "3-5天" stays a range, of which the last day counts."""
    found = named_in(text, NOW, SHANGHAI)
    assert found is not None
    assert f"{found.due_at.astimezone(SHANGHAI):%Y-%m-%d %H:%M:%S}" == due


@pytest.mark.parametrize("text", ["11-19", "2026-11-19", "11月19日", "13/13", "2-30", "尽快", "soon", "26", ""])
def test_what_has_passed_or_is_no_date_is_not_taken(text: str) -> None:
    """Yesterday is not next year's day, and no day is made up."""
    assert named_in(text, NOW, SHANGHAI) is None


@pytest.mark.parametrize(
    "text", ["您好", "尽快", "一共3件", "ok thanks", "36码有的", "¥129.50", "in stock", "3-5天到", "36-38码", "11-26", "5.20", "第3-5件"]
)  # fmt: skip
def test_no_time_is_none(text: str) -> None:
    """What names no time promises none."""
    assert when_in(text, NOW, SHANGHAI) is None


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("明天下午发", What.SHIP),
        ("明天給您寄出", What.SHIP),
        ("漏的那件明天补发", What.RESEND),
        ("周日前送到", What.DELIVER),
        ("半小时内回复您", What.ANSWER),
        ("It ships tomorrow by noon", What.SHIP),
        ("I'll let you know by Monday", What.ANSWER),
        ("明天发可以吗？", None),
        ("今天已经发了", None),
        ("今天休息", None),
        ("it was sent today", None),
        ("今天发不了", None),
        ("一般3-5天到", None),
        ("36-38码的发", None),
    ],
)
def test_a_promise_is_told_from_a_mention(text: str, what: What | None) -> None:
    """Questions, what has happened, and times of nothing are no promises."""
    found = promised_in(text, NOW, SHANGHAI)
    assert (found and found[0]) == what


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("明天下午给您发面料卡", What.OTHER),
        ("面料卡明天给您寄", What.OTHER),
        ("好的亲，明天给您寄两张色卡", What.OTHER),
        ("樣品明天寄出", What.OTHER),
        ("发票周一给您寄", What.OTHER),
        ("明天下午有空，给您发个小样", What.OTHER),
        ("I'll send you the fabric swatches tomorrow", What.OTHER),
        ("I'll post a sample on Monday", What.OTHER),
        ("We will send the invoice by Friday", What.OTHER),
        ("明天上午把实拍照片发您", What.ANSWER),
        ("单号晚上8点前发您", What.ANSWER),
        ("I'll send you more pictures tonight", What.ANSWER),
        ("I'll send the tracking number tomorrow", What.ANSWER),
        ("明天下午给您发", What.SHIP),
        ("明天发货，单号晚点发您", What.SHIP),
        ("明天下午发货，面料卡一起寄", What.SHIP),
        ("包裹明天发，带发票", What.SHIP),
        ("明天和样品一起发", What.SHIP),
        ("帆布包明天寄出", What.SHIP),
        ("明天发您的两件衬衫", What.SHIP),
        ("明天发顺丰", What.SHIP),
        ("图刚发您，货明天发", None),
        ("货明天发，图晚点发您", What.SHIP),
        ("明天寄出后给您单号", What.SHIP),
        ("明天发到您的地址", What.SHIP),
        ("明天寄出面料样", What.OTHER),
        ("It ships tomorrow with the invoice", What.SHIP),
        ("We will send your order and the gift tomorrow", What.SHIP),
        ("补发的面料卡明天寄", What.RESEND),
    ],
)
def test_what_is_sent_is_told_apart(text: str, what: What | None) -> None:
    """The order, a thing besides it, or what is only shown in the chat; of several the one whose time is said."""
    found = promised_in(text, NOW, SHANGHAI)
    assert (found and found[0]) == what


@given(st.text(max_size=60))
def test_whatever_is_typed_a_time_found_lies_ahead(text: str) -> None:
    """No text breaks it, and nothing past is ever promised."""
    for read in (when_in, named_in):
        found = read(text, NOW, SHANGHAI)
        assert found is None or found.due_at > NOW


@pytest.mark.parametrize("zone", ["Europe/Berlin", "America/New_York"])
def test_clock_changes_do_not_move_the_hour(zone: str) -> None:
    """ "Tomorrow at noon" is noon by the wall clock, on the nights the clocks change too."""
    here = ZoneInfo(zone)
    for month, day in ((3, 7), (3, 28), (10, 24), (10, 31)):
        noon = datetime(2026, month, day, 12, tzinfo=here)
        found = when_in("tomorrow by noon", noon, here)
        assert found is not None
        assert found.due_at.astimezone(here).replace(tzinfo=None) == noon.replace(tzinfo=None) + timedelta(days=1)
