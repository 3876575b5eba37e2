"""News of parcels in the seller's own account: the same buttons, with numbers that may be typed where buttons are dead."""

from datetime import datetime

import pytest

from core.orders import Order, OrderLine, State
from core.tracking.following import Mode
from sandbox import Talk
from tests.made_shop import in_language
from tests.play import LANGUAGES, SHANGHAI, OpenShop, Play
from tests.stories.accounts import connected, talk

NUMBER = "SB12345671"
LABELS = {
    "zh": ("每次都告诉我", "只说要紧的", "不用再说"),
    "zh_hant": ("每次都告訴我", "只說要緊的", "不用再說"),
    "en": ("Every change", "Only the important", "Stop"),
}
MODES = (Mode.ALL, Mode.IMPORTANT, Mode.NONE)


async def an_order(play: Play, chat: Talk) -> None:
    """A paid order of this buyer."""
    if await play.store.buyers.get(chat.id) is None:
        await play.ask(chat, "几点营业")
    now = play.clock.now()
    order = Order("1001", chat.id, State.PAID, now, "t", (OrderLine(play.made.plenty.sku),), paid_at=now)
    await play.store.write(play.store.orders.add(order, "owner:1", now))


async def on_its_way(play: Play, language: str, *, buttons: bool) -> Talk:
    """A buyer known from the account alone, whose parcel has just been collected: the news has been put into that chat."""
    link = await connected(play)
    play.sandbox.world.buttons_work_in_business = buttons
    chat = talk(play, link, language)
    await play.ask(chat, in_language(language, "几点营业", "when are you open?"))
    await an_order(play, chat)
    await play.command(f"/ship 1001 {play.made.carrier[1]} {NUMBER}")
    assert NUMBER in (await play.only(chat)).text
    await play.pass_time(hours=12)
    return chat


async def mode(play: Play) -> Mode:
    (parcel,) = await play.store.parcels.of_number(NUMBER)
    return parcel.mode


@pytest.mark.parametrize("language", LANGUAGES)
async def test_the_buttons_work_there(open_shop: OpenShop, language: str) -> None:
    """Every change, only what matters, stop: tapped in the account's chat, answered there, and changed back there."""
    play = await open_shop(has_sandbox_carrier=True, quiet_hours=None)
    chat = await on_its_way(play, language, buttons=True)
    news = await play.only(chat)
    assert [label for row in news.buttons for label in row] == list(LABELS[language])
    for place in (1, 2, 0, 2):
        assert await chat.taps(place, on=news) == ""
        answer = await play.only(chat)
        assert NUMBER in answer.text
        assert [label for row in answer.buttons for label in row] == [
            label for n, label in enumerate(LABELS[language]) if n != place
        ]
        assert await mode(play) is MODES[place]
    await play.pass_time(hours=12)
    assert await chat.hears_all() == []


@pytest.mark.parametrize("language", LANGUAGES)
async def test_where_buttons_are_dead_the_number_is_typed(open_shop: OpenShop, language: str) -> None:
    """The news and each answer say which number does what; a number may be typed as often as the buyer likes."""
    play = await open_shop(has_sandbox_carrier=True, quiet_hours=None)
    chat = await on_its_way(play, language, buttons=False)
    shown = await play.only(chat)
    for place in (1, 2, 0, 2):
        label = LABELS[language][place]
        line = next(line for line in shown.text.splitlines() if label in line)
        number = next(sign for sign in line if sign.isdecimal())
        shown = await play.ask(chat, number)
        assert await mode(play) is MODES[place], shown.text
    await play.pass_time(hours=12)
    assert await chat.hears_all() == []


async def test_a_number_means_what_was_read_last(open_shop: OpenShop) -> None:
    """News that waits for the morning takes no number away from what the buyer sees in the night, and gives its own when it
    comes."""
    play = await open_shop(has_sandbox_carrier=True)
    link = await connected(play)
    play.sandbox.world.buttons_work_in_business = False
    chat = talk(play, link)
    await an_order(play, chat)
    await play.set_time(datetime(2026, 11, 20, 21, 50, tzinfo=SHANGHAI))
    await play.ask(chat, "几点营业")
    await play.command(f"/ship 1001 {play.made.carrier[1]} {NUMBER}")
    await chat.hears_all()
    await play.set_time(datetime(2026, 11, 21, 7, 0, tzinfo=SHANGHAI))
    await play.command(f"/parcel {NUMBER} 派送中")
    await chat.hears_nothing()
    gone = play.made.lonely
    offer = await play.ask(chat, f"{gone.title}{gone.variant}有货吗")
    line = next(line for line in offer.text.splitlines() if "通知" in line and "回" in line)
    await play.ask(chat, next(sign for sign in line if sign.isdecimal()))
    assert len(await play.store.waiting.of_buyer(chat.id)) == 1
    assert await mode(play) is Mode.ALL
    await play.set_time(datetime(2026, 11, 21, 8, 0, 5, tzinfo=SHANGHAI))
    await play.pass_time(seconds=1)
    news = await play.only(chat)
    assert NUMBER in news.text
    await play.ask(chat, "3")
    assert await mode(play) is Mode.NONE


async def test_what_happens_at_night_is_not_lost_when_the_account_closes(open_shop: OpenShop) -> None:
    """By the morning a day will have passed since the buyer wrote: they hear it now, without a sound."""
    play = await open_shop(has_sandbox_carrier=True)
    link = await connected(play)
    chat = talk(play, link)
    await an_order(play, chat)
    await play.set_time(datetime(2026, 11, 21, 2, 0, tzinfo=SHANGHAI))
    await play.ask(chat, "几点营业")
    await play.set_time(datetime(2026, 11, 21, 13, 0, tzinfo=SHANGHAI))
    await play.command(f"/ship 1001 {play.made.carrier[1]} {NUMBER}")
    await chat.hears_all()
    await play.set_time(datetime(2026, 11, 22, 1, 0, 5, tzinfo=SHANGHAI))
    await play.pass_time(seconds=1)
    news = await play.only(chat)
    assert NUMBER in news.text
    assert play.sandbox.calls.of("sendMessage", chat.id)[-1].params["disable_notification"]


@pytest.mark.parametrize("language", LANGUAGES)
async def test_a_problem_can_be_told_by_number(open_shop: OpenShop, language: str) -> None:
    """Delivered: "1" under the thanks is [there is a problem], and the seller's card names the parcel."""
    play = await open_shop(has_sandbox_carrier=True, quiet_hours=None)
    chat = await on_its_way(play, language, buttons=False)
    for _ in range(3):
        await chat.says(in_language(language, "几点营业", "when are you open?"))
        await play.pass_time(hours=12)
    news = (await chat.hears_all())[-1]
    assert NUMBER in news.text
    await play.cards()
    await play.ask(chat, "1")
    assert any(NUMBER in one.text and "投诉" in one.text for one in await play.cards())
