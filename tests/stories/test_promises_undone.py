"""What was answered of a promise or a mistake is taken back: a time kept by mistake, dropped, or called done too early."""

from sandbox import Heard, Person
from tests.play import SHANGHAI, Play
from tests.stories.orders import met, paid
from tests.stories.promises import cards, cutoff
from tests.stories.topics import forum, seat

YES, NO, UNDO = "记成承诺", "不用", "撤销"


async def typed(play: Play, buyer: Person, words: str = "明天上午给您发") -> Heard:
    """The seller types a time to this buyer; what the bot asks of it."""
    await play.ask(buyer, "找人工")
    card = (await cards(play))[-1]
    await play.owner.replies_to(card, words)
    await buyer.hears_all()
    return next(one for one in await cards(play) if one.buttons == [[YES, NO]])


async def tapped(play: Play, button: str, on: Heard) -> Heard:
    """What is said of a tap."""
    await play.cards()
    await play.owner.taps(button, on=on)
    return await play.card()


async def leaves(play: Play, number: str) -> str:
    """The day and hour the order is to leave by, by the order and by its one open promise."""
    order = await play.store.orders.get(number)
    assert order is not None
    assert order.ship_by == order.due_at
    (one,) = [one for one in await play.store.promises.of_order(number) if one.is_open and one.what == "ship"]
    assert one.due_at == order.ship_by
    return f"{one.due_at.astimezone(SHANGHAI):%d %H}"


async def test_a_promise_kept_by_mistake(play: Play) -> None:
    """The order leaves by its own day again, and the question stands anew, to be answered either way."""
    buyer = await met(play)
    number = await paid(play, buyer)
    before = await leaves(play, number)
    noted = await tapped(play, YES, await typed(play, buyer))
    assert await leaves(play, number) == "21 12"
    again = await tapped(play, UNDO, noted)
    assert again.buttons == [[YES, NO]]
    assert await leaves(play, number) == before
    noted = await tapped(play, YES, again)
    assert await leaves(play, number) == "21 12"
    await play.command(f"/late {number} 周日前")
    assert "不能撤销" in (await tapped(play, UNDO, noted)).text
    assert await leaves(play, number) == "22 23"


async def test_a_promise_dropped_by_mistake(play: Play) -> None:
    """It is asked about again, and kept after all."""
    buyer = await met(play)
    number = await paid(play, buyer)
    again = await tapped(play, UNDO, await tapped(play, NO, await typed(play, buyer)))
    assert again.buttons == [[YES, NO]]
    await tapped(play, YES, again)
    assert await leaves(play, number) == "21 12"


async def test_in_a_topic_too(play: Play) -> None:
    """Where it was answered, there it is taken back."""
    group = await forum(play)
    buyer = await met(play)
    number = await paid(play, buyer)
    before = await leaves(play, number)
    person = await seat(play, group)
    await person.hears_all()
    await person.says("明天上午给您发")
    asked = next(one for one in await person.hears_all() if one.buttons == [[YES, NO]])
    await person.taps(YES, on=asked)
    noted = next(one for one in await person.hears_all() if one.buttons == [[UNDO]])
    assert await leaves(play, number) == "21 12"
    await person.taps(UNDO, on=noted)
    assert any(one.buttons == [[YES, NO]] for one in await person.hears_all())
    assert await leaves(play, number) == before


async def test_a_promise_called_done_too_early(play: Play) -> None:
    """It is to be kept again."""
    buyer = await met(play)
    number = await paid(play, buyer)
    await cards(play)
    await cutoff(play, minutes=1)
    (draft,) = [one for one in await cards(play) if number in one.text]
    done = await tapped(play, "已经办了", draft)
    assert not any(one.is_open for one in await play.store.promises.of_order(number))
    assert "还没办完" in (await tapped(play, UNDO, done)).text
    await leaves(play, number)
    await play.owner.taps(UNDO, on=done)
    assert await play.cards() == []


async def test_a_mistake_called_right_too_early(play: Play) -> None:
    """The task is open again, with what was promised for it."""
    buyer = await met(play)
    number = await paid(play, buyer)
    told = await play.command(f"/short {number} {play.made.plenty.sku}")
    right = await tapped(play, "处理好了", told)
    assert "还没处理好" in (await tapped(play, UNDO, right)).text
    (mistake,) = await play.store.mistakes.of_order(number)
    assert mistake.closed_at is None
    assert [one.what for one in await play.store.promises.of_order(number) if one.is_open and one.what == "resend"]
    await play.pass_time(days=2)
    assert number in (await play.command("/overdue")).text
