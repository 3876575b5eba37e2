"""Orders: made, paid, cancelled and taken back, with the stock, the buyer and the day it leaves all in step."""

from datetime import timedelta

from tests.made_shop import in_language
from tests.play import LANGUAGES, SHANGHAI, Play, numbers
from tests.stories.orders import met, ordered, stock


async def test_an_order_from_placing_to_payment(play: Play) -> None:
    """The buyer hears of each step in their language; the stock falls when it is paid, not before."""
    made, left = play.made, int(play.made.plenty.stock)
    for language in LANGUAGES:
        buyer = await met(play, language)
        number = await ordered(play, buyer, 2)
        placed = await play.only(buyer)
        assert number in placed.text
        assert made.plenty.named(language) in placed.text
        assert 2 * made.plenty.price in numbers(placed.text)
        assert await stock(play) == left
        done = await play.command(f"/order {number} paid")
        left -= 2
        assert left in numbers(done.text)
        paid = await play.only(buyer)
        assert number in paid.text
        assert in_language(language, "今天发出", "leaves today") in paid.text
        assert await stock(play) == left
        change = (await play.store.stock_history.of(made.plenty.sku))[0]
        assert (change.delta, change.cause) == (-2, f"order:{number}")
        promises = await play.store.promises.of_order(number)
        assert [one.due_at.astimezone(SHANGHAI).strftime("%d %H:%M:%S") for one in promises] == ["20 23:59:59"]


async def test_paying_twice_or_out_of_turn_changes_nothing(play: Play) -> None:
    """What an order cannot become is said in a sentence."""
    buyer = await met(play)
    number = await ordered(play, buyer)
    assert "完成" in (await play.command(f"/order {number} done")).text
    await play.command(f"/order {number} paid")
    left = await stock(play)
    again = await play.command(f"/order {number} paid")
    assert "待发货" in again.text
    assert await stock(play) == left
    assert "9912319999" in (await play.command("/order 9912319999 paid")).text
    assert "paid" in (await play.command(f"/order {number} pain")).text


async def test_steps_of_an_order_have_chinese_names(play: Play) -> None:
    """到账, 備註 in either script, 取消; a number before an item's own is how many are wanted, on the seller's card too."""
    buyer = await met(play)
    number = await ordered(play, buyer)
    assert "收款了" in (await play.command(f"/order {number} 到账")).text
    assert "加贺卡" in (await play.command(f"/order {number} 備註 加贺卡")).text
    assert "取消" in (await play.command(f"/order {number} 取消")).text
    await play.cards()
    await play.ask(play.buyer(), f"我要买两个{play.made.plenty.sku}")
    assert f"2 件（{play.made.plenty.sku}）" in (await play.card()).text


async def test_cancelling_puts_the_goods_back(play: Play) -> None:
    """The stock returns, the promise is withdrawn, the buyer hears it; [undo] makes all of it as before."""
    before = await stock(play)
    buyer = await met(play)
    number = await ordered(play, buyer, 3)
    await play.command(f"/order {number} paid")
    await buyer.hears_all()
    gone = await play.command(f"/order {number} cancel")
    assert await stock(play) == before
    assert number in (await play.only(buyer)).text
    assert [one.outcome for one in await play.store.promises.of_order(number)] == ["withdrawn"]
    await play.owner.taps("撤销", on=gone)
    assert "恢复" in (await play.only(buyer)).text
    assert await stock(play) == before - 3
    order = await play.store.orders.get(number)
    assert order is not None
    assert order.state == "paid"
    assert any(one.is_open for one in await play.store.promises.of_order(number))


async def test_a_payment_noted_by_mistake_is_taken_back(play: Play) -> None:
    """[undo] under the payment: the goods are on the shelf again, and the buyer is told honestly."""
    before = await stock(play)
    buyer = await met(play, "en")
    number = await ordered(play, buyer)
    paid = await play.command(f"/order {number} paid")
    await buyer.hears_all()
    await play.owner.taps("撤销", on=paid)
    assert "too early" in (await play.only(buyer)).text
    assert await stock(play) == before
    order = await play.store.orders.get(number)
    assert order is not None
    assert (order.state, order.paid_at, order.ship_by) == ("placed", None, None)


async def test_nobody_sells_what_is_not_there(play: Play) -> None:
    """More than the shelf has: a clear sentence, and nothing changes; the last piece goes once."""
    buyer = await met(play)
    left = await stock(play)
    number = await ordered(play, buyer, left + 1)
    refused = await play.command(f"/order {number} paid")
    assert {left, left + 1} <= set(numbers(refused.text))
    assert await stock(play) == left
    one, other = await ordered(play, buyer, left), await ordered(play, buyer, 1)
    await play.command(f"/order {one} paid")
    assert await stock(play) == 0
    await play.command(f"/order {other} paid")
    assert await stock(play) == 0


async def test_the_seller_is_warned_before_it_runs_out(play: Play) -> None:
    """When an order leaves only a few, in the same breath; not again for the next one."""
    left = await stock(play)
    buyer = await met(play)
    first, second = await ordered(play, buyer, left - 2), await ordered(play, buyer, 1)
    warned = await play.command(f"/order {first} paid")
    assert f"{play.made.plenty.title}快卖完" in warned.text
    assert left - 2 in numbers(warned.text)
    assert "快卖完" not in (await play.command(f"/order {second} paid")).text


async def test_a_note_and_the_list(play: Play) -> None:
    """/order alone lists what is open; a note is kept and can be taken back."""
    assert "没有" in (await play.command("/order")).text
    buyer = await met(play)
    number = await ordered(play, buyer)
    assert number in (await play.command("/order")).text
    noted = await play.command(f"/order {number} note 加一张贺卡")
    assert "贺卡" in (await play.command(f"/order {number}")).text
    await play.owner.taps("撤销", on=noted)
    await play.settled()
    assert "贺卡" not in (await play.command(f"/order {number}")).text


async def test_a_wrong_command_says_what_is_wrong(play: Play) -> None:
    """Buyer, item and number are each named; a buyer cannot order for others, nor see the seller's command."""
    buyer = await met(play)
    sku = play.made.plenty.sku
    for words, told in (
        (f"new {buyer.id}", "货号"),
        (f"new 99999 {sku}", "99999"),
        (f"new {buyer.id} NO-SUCH", "NO-SUCH"),
        (f"new {buyer.id} {sku} many", "many"),
        (f"new {buyer.id} {sku} 0", "数量"),
    ):
        assert told in (await play.command(f"/order {words}")).text
    assert await play.store.orders.of_buyer(buyer.id) == []


async def test_after_the_cutoff_the_payment_names_the_next_day(play: Play) -> None:
    """The day told at payment is the day of the rule."""
    cutoff = play.made.cutoff
    await play.set_time(
        play.clock.now().astimezone(SHANGHAI).replace(hour=cutoff.hour, minute=cutoff.minute) + timedelta(minutes=1)
    )
    buyer = await met(play)
    number = await ordered(play, buyer)
    await play.command(f"/order {number} paid")
    heard = await buyer.hears_all()
    assert "明天（11月21日 周六）发出" in heard[-1].text
