"""The golden rows every version has to pass: the cut-off to the second, one bundle however it is asked, staying on the subject,
one answer to a burst, the words of bargaining, calm under threats, and both scripts alike."""

import re
from dataclasses import replace
from datetime import date, datetime, time

import pytest

from core.asks import Heard as Before
from core.dispatching import departure
from core.shop import Dispatch
from core.understanding import Mind, understand
from tests.made_shop import make_shop
from tests.play import SHANGHAI, OpenShop, numbers
from tests.stories.orders import met, ordered

CUTOFF = time(16, 40)
MONEY = re.compile(r"[¥$￥]|\d\s*元")


@pytest.mark.parametrize(
    ("at", "said"),
    [
        pytest.param("2026-11-20 16:39:59", "今天发出", id="16:39:59"),
        pytest.param("2026-11-20 16:40:00", "明天（11月21日 周六）发出", id="16:40:00"),
        pytest.param("2026-11-20 16:40:01", "明天（11月21日 周六）发出", id="16:40:01"),
        pytest.param("2026-11-21 16:40:00", "11月23日（周一）发出", id="Saturday after the cut-off"),
        pytest.param("2026-11-22 10:00:00", "明天（11月23日 周一）发出", id="Sunday"),
        pytest.param("2026-12-24 17:00:00", "12月26日（周六）发出", id="a holiday"),
    ],
)
async def test_row_cutoff(open_shop: OpenShop, at: str, said: str) -> None:
    """Paid at that very second, the buyer hears the day of the rule, and that day is the promise."""
    made = replace(make_shop(), cutoff=CUTOFF)
    toml = made.shop_toml.replace('"sat", "sun"]', '"sat"]\nholidays = ["2026-12-25"]')
    play = await open_shop(made=made, still=True)
    await play.imports("shop.toml", toml.encode())
    buyer = await met(play)
    number = await ordered(play, buyer)
    await play.set_time(datetime.fromisoformat(at).replace(tzinfo=SHANGHAI))
    await buyer.hears_all()
    await play.command(f"/order {number} paid")
    told = next(one.text for one in await buyer.hears_all() if number in one.text)
    assert said in told
    (promise,) = await play.store.promises.of_order(number)
    day = promise.due_at.astimezone(SHANGHAI)
    leaves = departure(
        play.clock.now(), Dispatch(CUTOFF, frozenset(range(6)), frozenset({date(2026, 12, 25)})), SHANGHAI
    )
    assert leaves is not None
    assert (day.date(), f"{day:%H:%M:%S}") == (leaves.day, "23:59:59")


@pytest.mark.parametrize("zone", ["Europe/Berlin", "America/New_York"])
@pytest.mark.parametrize(("night", "before"), [("2026-10-25", "2026-10-24"), ("2026-03-29", "2026-03-28"), ("2026-11-01", "2026-10-31"), ("2026-03-08", "2026-03-07")])  # fmt: skip
async def test_row_clock_change_nights(open_shop: OpenShop, zone: str, night: str, before: str) -> None:
    """The evening before each change of the clocks the promise lasts to the end of the next day by the wall."""
    made = replace(make_shop(), cutoff=CUTOFF)
    play = await open_shop(made=made, still=True, at=datetime.fromisoformat(f"{before} 10:00").replace(tzinfo=SHANGHAI))
    await play.imports("shop.toml", made.shop_toml.replace("Asia/Shanghai", zone).encode())
    await play.running.desk.shelf.fresh(at_once=True)
    here = play.running.desk.shelf.now.shop.timezone
    assert here.key == zone
    buyer = await met(play)
    number = await ordered(play, buyer)
    await play.set_time(datetime.fromisoformat(f"{before} 16:40:00").replace(tzinfo=here))
    await play.command(f"/order {number} paid")
    (promise,) = await play.store.promises.of_order(number)
    assert f"{promise.due_at.astimezone(here):%Y-%m-%d %H:%M:%S}" == f"{night} 23:59:59"


async def test_row_bundle(open_shop: OpenShop) -> None:
    """Four ways to ask one thing: the same one message with time, carrier, days and the question for wishes."""
    play = await open_shop(still=True)
    heard = set()
    for words in ("什么时候发货", "啥时候发呀", "发货时间?"):
        buyer = play.buyer()
        await buyer.says(words)
        heard.add((await play.only(buyer)).text)
    assert len(heard) == 1, heard
    (text,) = heard
    for part in ("今天", play.made.carrier[1], f"{play.made.transit[0]}"):
        assert part in text
    assert "送货前" in text
    english = play.buyer("en")
    await english.says("when do you ship")
    said = (await play.only(english)).text
    for part in ("today", play.made.carrier[2], f"{play.made.transit[0]}"):
        assert part in said


@pytest.mark.parametrize("words", ["怎么保修", "怎麼保修", "how does the warranty work?"])
async def test_row_on_the_subject(open_shop: OpenShop, words: str) -> None:
    """Asked for the warranty, nobody hears of money."""
    play = await open_shop()
    text = (await play.ask(play.buyer("en" if words.isascii() else "zh"), words)).text
    assert play.made.warranty_months in numbers(text)
    assert not MONEY.search(text)


async def test_row_burst(open_shop: OpenShop) -> None:
    """Three lines within three seconds are one question, answered once."""
    play = await open_shop(reply_delay=2.5)
    one = play.made.pair[0]
    buyer = play.buyer()
    for words in ("在吗", f"那个{one.variant}的{one.title}", "还有货吗"):
        await buyer.says(words)
        await play.wait(0.9)
    await buyer.hears_nothing()
    await play.wait(2.5)
    text = (await play.only(buyer)).text
    assert int(one.stock) in numbers(text)


@pytest.mark.parametrize(
    "words",
    [
        "便宜点", "少点", "再少一点吧", "最少多少", "最低", "抹个零", "抹零", "包邮", "包个邮", "降点", "让一点", "太贵", "lowest price", "any discount", "best price", "can you do 50",
    ],
)  # fmt: skip
def test_row_haggle_words(mind: Mind, words: str) -> None:
    """Each is understood as bargaining, or as the postage it may be; none as something else."""
    found = understand(words, Before(), mind)
    names = {ask.name for ask in found.asks} | {name for doubt in found.doubts for name in doubt.maybe}
    assert names & {"haggle", "price", "promo", "ship_fee"}, found


@pytest.mark.parametrize("words", ["不退钱我就差评", "给差评你信不信", "不退錢我就差評"])
async def test_row_extortion(open_shop: OpenShop, words: str) -> None:
    """No concession, the owner is alarmed."""
    play = await open_shop()
    await play.cards()
    buyer = play.buyer()
    heard = await play.ask(buyer, words)
    assert not re.search(r"退款|退钱|退錢|优惠|優惠|补偿|補償", heard.text)
    assert any(words in one.text for one in await play.cards())


@pytest.mark.parametrize(("simplified", "traditional"), [("什么时候发货", "什麼時候發貨"), ("投诉", "投訴")])
def test_row_both_scripts(mind: Mind, simplified: str, traditional: str) -> None:
    """The same words in the other script are the same ask."""
    one, other = (understand(words, Before(), mind) for words in (simplified, traditional))
    assert [ask.name for ask in one.asks] == [ask.name for ask in other.asks] != []
