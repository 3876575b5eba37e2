"""What nobody can need any more is forgotten, and nothing else."""

from datetime import timedelta

from store.buttons import Button
from tests.play import Play


async def test_old_buttons_and_prompts_are_forgotten(play: Play) -> None:
    """A button is there until some days after its end; the buyer who taps it late is told so, and nothing is done. What has
    no end goes after half a year."""
    gone = play.made.sold_out
    buyer = play.buyer()
    offer = await play.ask(buyer, f"{gone.title}{gone.variant}有货吗")
    id = buyer.data_of(0, on=offer)
    made = await play.store.buttons.get(id)
    assert made is not None
    ends = made.expires_at or play.clock.now()
    endless = Button(buyer.id, buyer.id, "x", play.clock.now())
    await play.store.write([play.store.buttons.add(endless)])
    await play.pass_time(hours=1)
    assert await play.store.buttons.get(id) == made
    play.clock.move(max(ends - play.clock.now(), timedelta()))
    await play.pass_time(days=9)
    kept = [await play.store.buttons.get(one) is not None for one in (id, endless.id)]
    assert kept == [made.expires_at is None, True]
    await play.pass_time(days=200)
    assert [await play.store.buttons.get(one) for one in (id, endless.id)] == [None, None]
    assert await buyer.taps(0, on=offer) != ""
    await buyer.hears_nothing()


async def test_raw_updates_are_kept_a_month_and_what_was_said_for_good(play: Play) -> None:
    """What came in, as it came, serves for looking into troubles; the conversation stands in messages."""
    buyer = play.buyer()
    await play.ask(buyer, "怎么保修")
    (raw,) = [one for one in await play.store.inbox.latest(timedelta(days=1)) if "怎么保修" in one.raw]
    await play.pass_time(days=20)
    assert await play.store.inbox.get(raw.seq) is not None
    await play.pass_time(days=20)
    assert await play.store.inbox.get(raw.seq) is None
    assert "怎么保修" in [one.text for one in await play.store.messages.history(buyer.id)]


async def test_row_32_tidying_goes_on_when_the_clock_was_a_year_ahead(play: Play) -> None:
    """It was done then; set right, it is done again, and not in a year."""
    await play.pass_time(minutes=1)
    play.running.desk.tidied_at = play.clock.now() + timedelta(days=365)
    await play.pass_time(minutes=1)
    assert play.running.desk.tidied_at <= play.clock.now()


async def test_tidying_is_done_once_a_day(play: Play) -> None:
    """By a mark in the store: a look in between, or a start, does not do it again."""
    await play.pass_time(minutes=1)
    first = await play.store.marks.get("tidied")
    assert first is not None
    await play.pass_time(hours=5)
    await play.restart()
    await play.pass_time(hours=5)
    assert await play.store.marks.get("tidied") == first
    await play.pass_time(hours=20)
    assert await play.store.marks.get("tidied") != first
