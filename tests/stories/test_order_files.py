"""Files of orders and customers: previewed, taken over as a whole, and answered from at once."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from console.importing import import_files
from console.opening import CannotDo
from core.orders import State
from tests.play import Play, numbers
from tests.stories.orders import file, met, stock

CHINESE = "订单号,买家,货号,数量,付款时间"


async def test_orders_of_a_file_are_answered_from(play: Play) -> None:
    """Added, then updated; what is paid and still here takes its goods once, what left long ago does not."""
    made, buyer = play.made, await met(play)
    left, other = int(made.plenty.stock), int(made.sister.stock)
    first = file(
        f"T-1,{buyer.id},{made.plenty.sku},2,2026-11-20 09:00,2026-11-21,,,,杭州,老客,",
        f"T-1,{buyer.id},{made.cousin.sku},1,,,,,,,,",
        f"T-2,{buyer.id},{made.sister.sku},1,2026-11-10 09:00,,{made.carrier[1]},YT1234567890123,2026-11-11 09:00,,,",
    )
    done = await play.imports("orders.csv", first)
    assert numbers(done.text) == [2, 0, 0]
    assert (await stock(play, made.plenty.sku), await stock(play, made.sister.sku)) == (left - 2, other)
    heard = await play.ask(buyer, "T-1")
    assert made.plenty.title in heard.text
    assert made.cousin.title in heard.text
    assert "明天（11月21日 周六）发出" in heard.text
    assert "已经发出" in (await play.ask(buyer, "/order T-2")).text
    assert [one.number for one in await play.store.parcels.of_order("T-2")] == ["YT1234567890123"]
    assert [one.is_binding for one in await play.store.promises.of_order("T-1")] == [True]
    again = await play.imports("orders.csv", first)
    assert numbers(again.text) == [0, 0, 2]
    assert await stock(play, made.plenty.sku) == left - 2
    shipped = file(
        f"T-1,{buyer.id},{made.plenty.sku},2,,,,,2026-11-20 11:00,,,shipped",
        f"T-1,{buyer.id},{made.cousin.sku},1,,,,,,,,",
    )
    assert numbers((await play.imports("orders.csv", shipped)).text) == [0, 1, 0]
    assert [one.outcome for one in await play.store.promises.of_order("T-1")] == ["kept"]
    assert await stock(play, made.plenty.sku) == left - 2


async def test_all_of_a_file_or_nothing(play: Play) -> None:
    """An item that is not on the shelf, a status nobody knows, somebody else's order: each named, and nothing changes."""
    buyer, other = await met(play), await met(play)
    sku = play.made.plenty.sku
    await play.imports("orders.csv", file(f"T-1,{buyer.id},{sku},1,,,,,,,,"))
    await play.owner.sends_document(
        file(
            f"T-2,{buyer.id},{sku},1,,,,,,,,",
            f"T-3,{buyer.id},NO-SUCH,1,,,,,,,,",
            f"T-4,{buyer.id},{sku},1,,,,,,,,lost",
            f"T-1,{other.id},{sku},1,,,,,,,,",
        ),
        "orders.csv",
    )
    refused = await play.card()
    for named in ("T-3", "NO-SUCH", "T-4", "lost", "T-1", str(buyer.id)):
        assert named in refused.text
    assert await play.store.orders.get("T-2") is None


async def test_more_than_the_shelf_has_is_told(play: Play) -> None:
    """What was paid elsewhere is a fact: it is taken over, the shelf stops at nought, and the seller reads of it."""
    buyer, sku = await met(play), play.made.plenty.sku
    left = int(play.made.plenty.stock)
    await play.cards()
    await play.owner.sends_document(
        file(f"T-1,{buyer.id},{sku},{left + 3},2026-11-20 09:00", f"T-9,777,{sku},1,", header=CHINESE), "orders.csv"
    )
    preview = await play.card()
    assert {left, left + 3, 777} <= set(numbers(preview.text))
    await play.owner.taps(0, on=preview)
    await play.card()
    assert await stock(play, sku) == 0
    order = await play.store.orders.get("T-1")
    assert order is not None
    assert order.lines[0].taken == left


async def test_a_cancelled_order_gives_back_and_stays_cancelled(play: Play) -> None:
    """A file may cancel an order; a later one does not bring it back."""
    buyer, sku = await met(play), play.made.plenty.sku
    row = f"T-1,{buyer.id},{sku},2,2026-11-20 09:00,,,,,,,"
    await play.imports("orders.csv", file(row))
    await play.imports("orders.csv", file(f"{row}已取消"))
    assert await stock(play, sku) == int(play.made.plenty.stock)
    await play.imports("orders.csv", file(f"{row}paid"))
    order = await play.store.orders.get("T-1")
    assert order is not None
    assert order.state == "cancelled"


async def test_customers_of_a_file(play: Play) -> None:
    """Name, phone, birthday, grade and note; an empty cell changes nothing."""
    buyer = await met(play)
    rows = file(
        f"{buyer.id},王小姐,13800001111,农历,05-05,A,爱喝茶", header="buyer,name,phone,calendar,birthday,grade,note"
    )
    assert numbers((await play.imports("customers.csv", rows)).text) == [0, 1, 0]
    kept = await play.store.buyers.get(buyer.id)
    assert kept is not None
    assert (kept.name, kept.birthday, kept.calendar, kept.grade) == ("王小姐", "05-05", "lunar", "A")
    await play.ask(buyer, "找人工")
    assert any("王小姐" in one.text for one in await play.cards())
    more = file(f"{buyer.id},,,常客", "5,小李,,", header="buyer,name,phone,note")
    assert numbers((await play.imports("customers.csv", more)).text) == [1, 1, 0]
    kept = await play.store.buyers.get(buyer.id)
    assert kept is not None
    assert (kept.name, kept.note) == ("王小姐", "常客")


async def test_on_the_command_line_too(play: Play, tmp_path: Path) -> None:
    """Files that name each other come together, in whatever order; wrong ones change nothing."""
    orders, customers = tmp_path / "orders.csv", tmp_path / "customers.csv"
    customers.write_bytes(file("42,老周", header="buyer,name"))
    orders.write_bytes(file(f"T-1,42,{play.made.plenty.sku},1,,,,,,,,"))
    now = datetime.now(UTC)
    done = await import_files(play.store, [orders, customers], now)
    assert {kind: one.count for kind, one in done.items()} == {"customers": 1, "orders": 1}
    assert [one.order_no for one in await play.store.orders.of_buyer(42)] == ["T-1"]
    orders.write_bytes(file("T-2,42,NO-SUCH,1,,,,,,,,"))
    with pytest.raises(CannotDo, match="NO-SUCH"):
        await import_files(play.store, [orders], now)


async def test_a_sheet_of_parcels_names_only_what_is_new_of_orders(play: Play) -> None:
    """订单号,快递,运单号: buyer, goods and sum stay; the parcels are followed; an order nobody knows is named, and nothing is done."""
    made, buyer = play.made, await met(play)
    await play.imports("orders.csv", file(f"T-1,{buyer.id},{made.plenty.sku},2,2026-11-20 09:00,,,,,,,"))
    before = await play.store.orders.get("T-1")
    assert before is not None
    header = "订单号,快递,运单号"
    unknown = file(f"T-1,{made.carrier[1]},YT1234567890123", f"T-9,{made.carrier[1]},YT1234567890124", header=header)
    await play.owner.sends_document(unknown, "parcels.csv")
    assert "没有订单 T-9" in (await play.card()).text
    assert (await play.store.orders.get("T-1")) == before
    done = await play.imports("parcels.csv", file(f"T-1,{made.carrier[1]},YT1234567890123", header=header))
    assert numbers(done.text) == [0, 1, 0]
    after = await play.store.orders.get("T-1")
    assert after is not None
    assert (after.buyer_id, after.lines, after.amount) == (buyer.id, before.lines, before.amount)
    assert after.state is State.SHIPPED
    assert [one.number for one in await play.store.parcels.of_order("T-1")] == ["YT1234567890123"]
    assert await stock(play, made.plenty.sku) == int(made.plenty.stock) - 2
    await play.owner.taps(0, on=done)
    assert "收回" in (await play.card()).text
    assert await play.store.parcels.of_order("T-1") == []
    await play.owner.sends_document(file("T-1,2", header="订单号,数量"), "orders.csv")
    assert "少了必填的列" in (await play.card()).text
