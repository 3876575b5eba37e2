"""A file that was taken over by mistake is taken back as a whole, with one tap, where nothing of it has been used since."""

from dataclasses import replace

from core.orders import State
from sandbox import Heard
from tests.made_shop import HEADER
from tests.play import Play, numbers
from tests.stories.orders import file, met, stock

UNDO = "撤销"


def catalogue(*rows: str) -> bytes:
    return "\n".join([HEADER, *rows]).encode()


async def undone(play: Play, told: Heard) -> str:
    """The button under what was said of a file; what is said then."""
    await play.cards()
    await play.owner.taps(UNDO, on=told)
    return (await play.card()).text


async def test_a_catalogue_is_taken_back(play: Play) -> None:
    """What was new is off the shelf, what was changed is as before, pictures sent in chat stay; a second tap does nothing,
    and the same file can come again."""
    made = play.made
    await play.store.write(play.store.photos.add(made.plenty.sku, "chat-photo"))
    before = (await play.store.catalogue.load()).variants
    wrong = replace(made.plenty, price=made.plenty.price + 400, stock="1", title="弄错的名字")
    fresh = replace(made.lonely, sku="NEW-1", title="松香皂", title_en="Rosin Soap", stock="23", price=777)
    data = catalogue(wrong.row(), fresh.row(), made.cousin.row())
    done = await play.imports("catalogue.csv", data)
    assert numbers(done.text) == [1, 1, 1]
    assert "23" in (await play.command("/item NEW-1")).text
    told = await undone(play, done)
    assert "已撤销" in told
    assert (await play.store.catalogue.load()).variants == before
    assert "没有" in (await play.command("/item NEW-1")).text
    assert "777" not in (await play.ask(play.buyer(), "松香皂多少钱")).text
    assert numbers((await play.command(f"/price {made.plenty.sku}")).text) == [made.plenty.price]
    await play.owner.taps(UNDO, on=done)
    assert await play.cards() == []
    again = await play.imports("catalogue.csv", data)
    assert numbers(again.text) == [1, 1, 1]
    assert "23" in (await play.command("/item NEW-1")).text


async def test_a_catalogue_in_use_stays(play: Play) -> None:
    """Sold, counted anew or priced anew since: nothing is changed, and the seller is told which."""
    made, buyer = play.made, await met(play)
    dearer = replace(made.plenty, price=made.plenty.price + 400)
    fresh = replace(made.lonely, sku="NEW-1", title="松香皂", title_en="Rosin Soap", stock="23", price=777)
    done = await play.imports("catalogue.csv", catalogue(dearer.row(), fresh.row()))
    await play.command(f"/order new {buyer.id} NEW-1 1")
    told = await undone(play, done)
    assert "NEW-1" in told
    assert made.plenty.sku not in told
    assert numbers((await play.command(f"/price {made.plenty.sku}")).text) == [dearer.price]
    done = await play.imports("catalogue.csv", catalogue(replace(dearer, price=dearer.price + 1).row()))
    counted = await play.command(f"/stock {made.plenty.sku} 7")
    assert made.plenty.sku in await undone(play, done)
    await undone(play, counted)
    assert numbers((await play.command(f"/price {made.plenty.sku}")).text) == [dearer.price + 1]


async def test_what_was_taken_back_meanwhile_stands_in_nobodys_way(play: Play) -> None:
    """A change made since and itself undone leaves the file as it came: it can be taken back."""
    made = play.made
    dearer = replace(made.plenty, price=made.plenty.price + 400)
    done = await play.imports("catalogue.csv", catalogue(dearer.row()))
    counted = await play.command(f"/stock {made.plenty.sku} 7")
    await undone(play, counted)
    assert "已撤销" in await undone(play, done)
    assert numbers((await play.command(f"/price {made.plenty.sku}")).text) == [made.plenty.price]


async def test_orders_are_taken_back(play: Play) -> None:
    """New ones are gone with their parcels and promises, their goods are on the shelf again, a buyer known from them alone is
    not known, and the right file can come after."""
    made, buyer = play.made, await met(play)
    left = int(made.plenty.stock)
    data = file(
        f"T-1,{buyer.id},{made.plenty.sku},2,2026-11-20 09:00,2026-11-21,,,,杭州,老客,",
        f"T-2,777,{made.sister.sku},1,2026-11-10 09:00,,{made.carrier[1]},YT1234567890123,2026-11-11 09:00,,,done",
    )
    done = await play.imports("orders.csv", data)
    assert await stock(play, made.plenty.sku) == left - 2
    assert "已撤销" in await undone(play, done)
    assert await stock(play, made.plenty.sku) == left
    assert [await play.store.orders.get(one) for one in ("T-1", "T-2")] == [None, None]
    assert await play.store.parcels.of_number("YT1234567890123") == []
    assert await play.store.promises.of_order("T-1") == []
    assert await play.store.buyers.get(777) is None
    assert "T-1" not in (await play.ask(buyer, "/order")).text
    again = await play.imports("orders.csv", data)
    assert numbers(again.text) == [2, 0, 0]
    assert await stock(play, made.plenty.sku) == left - 2


async def test_changed_orders_are_as_before(play: Play) -> None:
    """Their state, goods, stock and promises."""
    made, buyer = play.made, await met(play)
    left, other = int(made.plenty.stock), int(made.sister.stock)
    await play.imports("orders.csv", file(f"T-1,{buyer.id},{made.plenty.sku},2,2026-11-20 09:00,2026-11-21,,,,,,"))
    before = await play.store.orders.get("T-1")
    assert before is not None
    done = await play.imports(
        "orders.csv",
        file(f"T-1,{buyer.id},{made.sister.sku},1,,,{made.carrier[1]},YT1234567890123,2026-11-20 11:00,,,done"),
    )
    changed = await play.store.orders.get("T-1")
    assert changed is not None
    assert changed.state is State.DONE
    assert "已撤销" in await undone(play, done)
    after = await play.store.orders.get("T-1")
    assert after is not None
    assert replace(after, version=before.version) == before
    assert (await stock(play, made.plenty.sku), await stock(play, made.sister.sku)) == (left - 2, other)
    assert await play.store.parcels.of_order("T-1") == []
    assert [one.is_open for one in await play.store.promises.of_order("T-1")] == [True]


async def test_orders_in_use_stay(play: Play) -> None:
    """One step further, or a time told to its buyer: nothing of the file is taken back, and the seller reads which."""
    made, buyer = play.made, await met(play)
    left = int(made.plenty.stock)
    done = await play.imports(
        "orders.csv",
        file(f"T-1,{buyer.id},{made.plenty.sku},1,2026-11-20 09:00", header="order_no,buyer,sku,quantity,paid_at"),
    )
    await play.command("/order T-1 cancel")
    assert "T-1" in await undone(play, done)
    assert await stock(play, made.plenty.sku) == left
    assert (await play.store.orders.get("T-1")) is not None


async def test_customers_are_taken_back(play: Play) -> None:
    """Cards are as before, in what sellers see too; who came only with the file is not known; who was changed since stays."""
    buyer = await met(play)
    header = "buyer,name,phone,grade,note"
    await play.imports("customers.csv", file(f"{buyer.id},王小姐,13800001111,A,爱喝茶", header=header))
    done = await play.imports("customers.csv", file(f"{buyer.id},李先生,,C,", "5,小赵,,,", header=header))
    assert "已撤销" in await undone(play, done)
    kept = await play.store.buyers.get(buyer.id)
    assert kept is not None
    assert (kept.name, kept.phone, kept.grade, kept.note) == ("王小姐", "13800001111", "A", "爱喝茶")
    assert await play.store.buyers.get(5) is None
    await play.ask(buyer, "找人工")
    assert any("王小姐" in one.text for one in await play.cards())
    first = await play.imports("customers.csv", file(f"{buyer.id},周女士,,,", header=header))
    await play.imports("customers.csv", file(f"{buyer.id},,,B,", header=header))
    assert str(buyer.id) in await undone(play, first)


async def test_lessons_and_facts_are_taken_back(play: Play) -> None:
    """What was learnt from a file is not known any more, and the facts of the shop are those from before."""
    answer = "支持的，下单时备注盲发就好。"
    done = await play.imports("own-盲发.txt", f"answer: {answer}\n包裹里别放小票行么\n能盲发不\n".encode())
    assert answer in (await play.ask(play.buyer(), "能盲发不")).text
    assert "已撤销" in await undone(play, done)
    assert answer not in (await play.ask(play.buyer(), "能盲发不")).text
    assert (await play.store.phrases.taught(), await play.store.answers.all()) == ([], [])
    before = await play.store.shop.load()
    done = await play.imports("shop.toml", replace(play.made, warranty_months=99).shop_toml.encode())
    assert 99 in numbers((await play.ask(play.buyer(), "怎么保修")).text)
    assert "已撤销" in await undone(play, done)
    assert await play.store.shop.load() == before
    assert 99 not in numbers((await play.ask(play.buyer(), "怎么保修")).text)
