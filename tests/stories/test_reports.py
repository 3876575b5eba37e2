"""How the shop does, as its seller sees it: figures of what was just played, a picture, the morning's digest, spreadsheets."""

import io
import re
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from python_calamine import CalamineWorkbook

from tests.play import Play, numbers

SHANGHAI = ZoneInfo("Asia/Shanghai")


async def a_day(play: Play) -> None:
    """Three questions the bot answers, one for a person, who answers after two minutes."""
    one = play.made.plenty
    for _ in range(3):
        await play.ask(play.buyer(), f"{one.title}多少钱")
    waiting = play.buyer()
    await play.ask(waiting, "转人工")
    card = await play.card()
    await play.pass_time(minutes=2)
    await play.owner.replies_to(card, "我在，您说")
    await play.only(waiting)
    await play.cards()


async def test_stats_tell_what_was_played_with_a_picture(play: Play) -> None:
    """Three alone, one passed on, the person's two minutes, and prices as what was asked most; in both languages."""
    await a_day(play)
    told = await play.command("/stats")
    assert told.photos
    assert "自己答完 3 次（75%）" in told.text
    assert "转给您 1 次" in told.text
    assert "2 分" in told.text
    assert "价格 3" in told.text
    await play.command("/lang en")
    told = await play.command("/stats 30")
    assert told.photos
    assert "answered 3 by myself (75%)" in told.text
    assert "price 3" in told.text.lower()


async def test_an_empty_week_has_figures_and_no_picture(play: Play) -> None:
    """Nothing happened: said so, with nothing divided by nought."""
    told = await play.command("/stats")
    assert not told.photos
    assert "问了 0 次" in told.text
    assert "%" not in told.text


@pytest.mark.parametrize("report", ["speed", "sources", "value"])
async def test_each_report_answers_with_and_without_figures(play: Play, report: str) -> None:
    """One clear answer before anything happened and after a day's work."""
    before = (await play.command(f"/stats {report}")).text
    await a_day(play)
    after = (await play.command(f"/stats {report}")).text
    assert before
    assert (before != after) == (report != "value")
    if report == "speed":
        assert re.search(r"机器人 4 次", after)
        assert "2 分" in after
    if report == "sources":
        assert "4 位" in after


@pytest.mark.parametrize("words", ["speeed", "speed sources", "0", "91", "speed 0"])
async def test_a_report_that_is_not_there_names_those_that_are(play: Play, words: str) -> None:
    """What was wrong, the usage, an example."""
    told = (await play.command(f"/stats {words}")).text
    assert "/stats [speed|" in told
    assert "/stats speed 30" in told


async def test_the_digest_comes_once_when_the_shop_opens(play: Play) -> None:
    """Yesterday's figures, what waits today; not twice, not at noon after a morning off, and not once it is switched off."""
    await play.command("/digest on")
    now = play.clock.now().astimezone(SHANGHAI)
    await play.set_time(now.replace(hour=15, minute=0, second=0))
    await a_day(play)
    tomorrow = now + timedelta(days=1)
    opens = await _opening(play, tomorrow)
    await _to(play, opens - timedelta(minutes=1))
    await play.owner.hears_nothing()
    await _to(play, opens)
    told = await play.card()
    assert "昨天" in told.text
    assert numbers(told.text)[:3] == [4, 3, 75]
    await play.pass_time(minutes=30)
    await play.owner.hears_nothing()
    assert (await play.command("/digest off")).text
    await _to(play, await _opening(play, opens + timedelta(days=1)))
    await play.owner.hears_nothing()
    assert told.text.startswith("早上好")
    asked = (await play.command("/digest")).text
    assert asked.startswith("昨天")
    await play.command("/digest on")
    await _to(play, await _opening(play, opens + timedelta(days=2)) + timedelta(hours=4))
    await play.owner.hears_nothing()


async def test_the_digest_waits_while_buyers_are_answered_but_no_hour(
    play: Play, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It reads a whole day's lines, and whoever opened the shop this minute misses nothing by reading it later."""
    await play.command("/digest on")
    now = play.clock.now().astimezone(SHANGHAI)
    await play.set_time(now.replace(hour=15, minute=0, second=0))
    await a_day(play)
    opens = await _opening(play, now + timedelta(days=1))
    monkeypatch.setattr(play.running.desk, "is_busy", lambda: True)
    await _to(play, opens)
    await play.owner.hears_nothing()
    await _to(play, opens + timedelta(hours=1))
    assert "昨天" in (await play.card()).text


async def test_a_day_on_which_nobody_came_has_no_digest(play: Play) -> None:
    """Nothing to tell is not told."""
    await play.command("/digest on")
    now = play.clock.now().astimezone(SHANGHAI)
    await _to(play, await _opening(play, now + timedelta(days=1)))
    await play.owner.hears_nothing()


async def _to(play: Play, local: datetime) -> None:
    """Move the clock there, and let the timetable look."""
    await play.set_time(local)
    await play.pass_time(seconds=0)


async def _opening(play: Play, day: datetime) -> datetime:
    """When the shop opens on the first of these days on which it does, its own time."""
    shop = await play.store.shop.load()
    assert shop is not None
    assert shop.hours is not None
    hours = shop.hours
    while not hours.week[day.weekday()] or day.date() in hours.closed:
        day += timedelta(days=1)
    first = min(one.start for one in hours.week[day.weekday()])
    return datetime.combine(day.date(), first, SHANGHAI)


async def test_a_table_is_exported_with_typed_cells(play: Play) -> None:
    """Numbers as numbers, times as times, and what looks like a formula as text; CSV on request."""
    buyer = play.buyer(name="=1+1")
    await play.ask(buyer, "在吗")
    told = await play.command("/export buyers")
    (data,) = [file.data for file in told.files]
    rows = CalamineWorkbook.from_filelike(io.BytesIO(data)).get_sheet_by_index(0).to_python()
    row = dict(zip(rows[0], rows[-1], strict=True))
    assert row["telegram_name"] == "=1+1"
    assert row["id"] == buyer.id
    assert isinstance(row["first_seen_at"], datetime)
    assert abs(row["first_seen_at"] - play.clock.now().astimezone(SHANGHAI).replace(tzinfo=None)) < timedelta(minutes=1)
    plain = await play.command("/export buyers csv")
    assert "'=1+1" in plain.files[0].data.decode("utf-8-sig")
    priced = await play.command("/export variants")
    rows = CalamineWorkbook.from_filelike(io.BytesIO(priced.files[0].data)).get_sheet_by_index(0).to_python()
    prices = {line[rows[0].index("sku")]: line[rows[0].index("price")] for line in rows[1:]}
    assert prices[play.made.plenty.sku] == float(play.made.plenty.price)


async def test_only_the_owner_exports(play: Play) -> None:
    """A buyer who tries hears what an unknown command hears; a table that is not there is named."""
    heard = await play.ask(play.buyer(), "/export buyers")
    assert not heard.files
    told = (await play.command("/export secrets")).text
    assert "orders" in told
    assert "/export 表名" in told
    assert "没有“secrets”这张表" in told
    assert len(told) < 200
    assert (await play.command("/export 订单")).files
    assert "相近的有：orders" in (await play.command("/export order")).text
