"""The hours at which promises fall due, and what is told of them: what stories of promises share."""

from datetime import date, datetime, timedelta

from sandbox import Heard, Person
from tests.play import SHANGHAI, Play


async def at(play: Play, hour: int, minute: int = 0, second: int = 0, day: int = 20) -> None:
    """It becomes this hour, and the timetable looks."""
    await play.set_time(datetime(2026, 11, day, hour, minute, second, tzinfo=SHANGHAI))
    await play.running.schedule.run_due()
    await play.settled()


async def cutoff(play: Play, **by: float) -> None:
    """So long from the cut-off of the first day."""
    moment = datetime.combine(date(2026, 11, 20), play.made.cutoff, tzinfo=SHANGHAI) + timedelta(**by)
    await at(play, moment.hour, moment.minute)


async def cards(play: Play) -> list[Heard]:
    """What is new in the seller's chat, but for the morning's digest."""
    return [one for one in await play.cards() if "小结" not in one.text]


async def pushed(buyer: Person) -> list[str]:
    """What the shop said by itself, without the closing line of a quiet chat."""
    return [
        one.text
        for one in await buyer.hears_all()
        if "真对不起" in one.text or "對不起" in one.text or "truly sorry" in one.text
    ]
