"""The seller sends a file: read, previewed, and taken over only by the button."""

from dataclasses import replace
from datetime import date

from core.money import Money
from tests.made_shop import HEADER, in_language
from tests.play import LANGUAGES, OpenShop, Play, numbers


async def test_a_catalogue_is_previewed_and_taken_over_by_the_button(play: Play) -> None:
    """A catalogue file is counted first; nothing changes until it is confirmed, and then buyers hear the new facts."""
    made = play.made
    dearer = replace(made.plenty, price=made.plenty.price + 400)
    fresh = replace(made.lonely, sku="NEW-1", title="松香皂", title_en="Rosin Soap", stock="23", price=777)
    file = "\n".join([HEADER, dearer.row(), fresh.row(), made.cousin.row()]).encode()
    await play.cards()
    await play.owner.sends_document(file, "catalogue.csv")
    preview = await play.card()
    assert numbers(preview.text)[:4] == [3, 1, 1, 1]
    assert f"NEW-1 {fresh.title}" in preview.text
    assert f"¥{made.plenty.price} → ¥{dearer.price}" in preview.text
    assert preview.buttons == [["确认导入", "不导入"]]
    assert f"¥{made.plenty.price}" in (await play.command(f"/price {made.plenty.sku}")).text
    await play.owner.taps("确认导入", on=preview)
    assert numbers((await play.card()).text) == [1, 1, 1]
    for language in LANGUAGES:
        price = in_language(language, f"{dearer.title}多少钱", f"price of the {dearer.title_en}?")
        assert dearer.price in numbers((await play.ask(play.buyer(language), price)).text)
        there = in_language(language, f"{fresh.title}有货吗", f"is the {fresh.title_en} in stock?")
        assert {23, 777} <= set(numbers((await play.ask(play.buyer(language), there)).text))
    assert f"库存 {made.sister.stock}" in (await play.command(f"/item {made.sister.sku}")).text
    assert await play.owner.taps("确认导入", on=preview) != ""


async def test_a_phrase_file_is_learnt_by_the_button(play: Play) -> None:
    """Lines of an ask of the seller's own, and its answer, in a file as `export` writes it: counted first, then known at once."""
    answer = "支持的，下单时备注盲发就好。"
    file = f"answer: {answer}\n# 每行一句\n包裹里别放小票行么\n能盲发不\nnot: 盲盒有吗\n".encode()
    await play.cards()
    before = await play.ask(play.buyer(), "能盲发不")
    assert answer not in before.text
    await play.cards()
    await play.owner.sends_document(file, "own-盲发.txt")
    preview = await play.card()
    assert numbers(preview.text) == [3, 3, 0], preview.text
    await play.owner.taps("确认导入", on=preview)
    assert numbers((await play.card()).text) == [3]
    assert answer in (await play.ask(play.buyer(), "能盲发不")).text
    await play.cards()
    await play.owner.sends_document(file, "own-盲发.txt")
    assert numbers((await play.card()).text) == [3, 0, 3]


async def test_a_phrase_file_with_a_bad_line_is_refused_whole(play: Play) -> None:
    """A file of no ask, and one with a line that says nothing, teach nothing; the line is named."""
    await play.cards()
    for name, text, told in (
        ("天气.txt", "会下雨么", "own-代发.txt"),
        ("own-代发.txt", "能一件代发么\n/(代发/", "第 2 行"),
        ("ship_fee.txt", "邮资咋算呀\nnot:\n", "第 2 行"),
        ("ship_fee.txt", "# 没有一句\n", "每行写一句"),
    ):
        await play.owner.sends_document(text.encode(), name)
        refused = (await play.card()).text
        assert "没有导入" in refused
        assert told in refused, refused
    assert await play.store.phrases.taught() == []


async def test_a_cancelled_file_changes_nothing(play: Play) -> None:
    """[不导入] leaves everything as it was, and the other button does nothing any more."""
    made = play.made
    dearer = replace(made.plenty, price=made.plenty.price + 400)
    await play.cards()
    await play.owner.sends_document(f"{HEADER}\n{dearer.row()}".encode(), "catalogue.csv")
    preview = await play.card()
    await play.owner.taps("不导入", on=preview)
    assert "什么都没改" in (await play.card()).text
    assert numbers((await play.command(f"/price {made.plenty.sku}")).text) == [made.plenty.price]


async def test_a_file_with_a_bad_cell_is_refused_whole(play: Play) -> None:
    """One bad cell refuses the whole file: each is named with its line, and nothing is changed."""
    made = play.made
    bad = replace(made.cousin, stock="minus two").row()
    worse = made.sister.row().replace(f",{made.sister.price},", ",cheap,")
    await play.cards()
    await play.owner.sends_document(
        "\n".join([HEADER, replace(made.plenty, price=1).row(), bad, worse]).encode(), "catalogue.csv"
    )
    refused = (await play.card()).text
    assert "没有导入" in refused
    assert "minus two" in refused
    assert "cheap" in refused
    assert numbers((await play.command(f"/price {made.plenty.sku}")).text) == [made.plenty.price]


async def test_files_that_are_nothing_of_ours(play: Play) -> None:
    """A picture as a document, an empty file, half a workbook: one sentence each, and the shop goes on."""
    await play.cards()
    for data, name in ((b"\x89PNG\r\n", "cat.png"), (b" ", "catalogue.csv"), (b"PK\x03\x04broken", "catalogue.xlsx"), (b"\xff\xfe\x00", "shop.toml")):  # fmt: skip
        await play.owner.sends_document(data, name)
        told = await play.card()
        assert name in told.text
        assert told.buttons == []
    assert play.made.warranty_months in numbers((await play.ask(play.buyer(), "怎么保修")).text)


async def test_new_shop_facts_are_told_at_once(play: Play) -> None:
    """What shop.toml says, sent in chat, holds when it is confirmed."""
    made = play.made
    later = replace(made, warranty_months=99, carrier=("sf", "顺丰速运", "SF Express"))
    done = await play.imports("shop.toml", later.shop_toml.encode())
    assert "更新好了" in done.text
    for language in LANGUAGES:
        buyer = play.buyer(language)
        warranty = await play.ask(buyer, in_language(language, "怎么保修", "how does the warranty work?"))
        assert 99 in numbers(warranty.text)
        carrier = await play.ask(buyer, in_language(language, "发什么快递", "which courier do you use?"))
        assert later.carrier_in(language) in carrier.text


async def test_a_buyers_file_is_never_imported(play: Play) -> None:
    """A catalogue that a buyer sends is a file for a person to look at, no more."""
    made = play.made
    cheaper = replace(made.plenty, price=1)
    buyer = play.buyer()
    await buyer.sends_document(f"{HEADER}\n{cheaper.row()}".encode(), "catalogue.csv")
    heard = await play.only(buyer)
    assert heard.buttons == []
    assert numbers((await play.command(f"/price {made.plenty.sku}")).text) == [made.plenty.price]


async def test_a_price_list_leaves_the_rest_alone(play: Play) -> None:
    """A file with three columns changes what they say: stock, floor, pictures, words in both languages stay; a price below
    the floor that stays is refused with what to do about it."""
    made = play.made
    before = (await play.store.catalogue.load()).by_sku
    await play.store.write(play.store.photos.add(made.plenty.sku, "chat-photo"))
    await play.command(f"/floor {made.plenty.sku} {made.plenty.price - 2}")
    dearer = made.plenty.price + 400
    rows = f"sku,title,price\n{made.plenty.sku},{made.plenty.title},{dearer}\n{made.sister.sku},{made.sister.title},{made.sister.price}"
    done = await play.imports("prices.csv", rows.encode())
    assert numbers(done.text) == [0, 1, 1]
    after = (await play.store.catalogue.load()).by_sku
    one = after[made.plenty.sku]
    assert (one.price.minor, one.floor_price) == (dearer * 100, Money(made.plenty.price * 100 - 200, "CNY"))
    kept = replace(one, price=before[made.plenty.sku].price, floor_price=None, photos=before[made.plenty.sku].photos)
    assert kept == before[made.plenty.sku]
    assert one.photos == (*before[made.plenty.sku].photos, "chat-photo")
    assert after[made.sister.sku] == before[made.sister.sku]
    origins = {source: origin for source, origin, _ in (await play.store.photos.of([made.plenty.sku]))[made.plenty.sku]}
    assert origins["chat-photo"] == "chat"
    await play.cards()
    cheap = f"sku,title,price\n{made.plenty.sku},{made.plenty.title},{made.plenty.price - 3}"
    await play.owner.sends_document(cheap.encode(), "prices.csv")
    refused = await play.card()
    assert f"/floor {made.plenty.sku}" in refused.text
    assert refused.buttons == []


async def test_a_stock_sheet_changes_the_stock(play: Play) -> None:
    """Two columns: what is known changes in that, a number nobody knows is named with its row, and [撤销] takes it back."""
    made = play.made
    left = int(made.plenty.stock or 0) + 7
    file = f"货号,库存\n{made.plenty.sku},{left}\nNOBODY-9,3\n{made.sister.sku},{made.sister.stock}\n".encode()
    await play.cards()
    await play.owner.sends_document(file, "库存.csv")
    preview = await play.card()
    assert numbers(preview.text)[:4] == [2, 0, 1, 1], preview.text
    assert "第 3 行：店里没有货号 NOBODY-9" in preview.text
    await play.owner.taps("确认导入", on=preview)
    done = await play.card()
    shelf = await play.store.catalogue.load()
    assert shelf.by_sku[made.plenty.sku].stock == left
    assert shelf.by_sku[made.plenty.sku].price.minor == made.plenty.price * 100
    assert "NOBODY-9" not in shelf.by_sku
    await play.owner.taps("撤销", on=done)
    await play.card()
    assert (await play.store.catalogue.load()).by_sku[made.plenty.sku].stock == left - 7


async def test_a_stock_sheet_of_strangers_is_refused(play: Play) -> None:
    """Nothing in it is known: there is nothing to say yes to, and each row is named."""
    await play.cards()
    await play.owner.sends_document(b"sku,stock\nNOBODY-9,3\n", "stock.csv")
    refused = await play.card()
    assert "没有导入" in refused.text
    assert "第 2 行" in refused.text
    assert refused.buttons == []


async def test_a_price_list_brings_back_what_was_off_the_shelf(play: Play) -> None:
    """With its stock, words and pictures, at the price of the file; taken back, it is off the shelf again."""
    made = play.made
    before = (await play.store.catalogue.load()).by_sku[made.plenty.sku]
    await play.command(f"/item {made.plenty.sku} off")
    price = made.plenty.price + 5
    done = await play.imports("prices.csv", f"sku,title,price\n{made.plenty.sku},{made.plenty.title},{price}".encode())
    assert numbers(done.text) == [1, 0, 0]
    after = (await play.store.catalogue.load()).by_sku[made.plenty.sku]
    assert after == replace(before, price=Money(price * 100, "CNY"))
    await play.owner.taps("撤销", on=done)
    assert "已撤销" in (await play.card()).text
    assert made.plenty.sku not in (await play.store.catalogue.load()).by_sku


async def test_shop_facts_that_a_file_leaves_open_stay(play: Play) -> None:
    """The preview of a shop.toml says what becomes another, from what to what; what the file does not state stays."""
    made = play.made
    before = await play.store.shop.load()
    assert before is not None
    await play.command("/holiday 2026-12-24")
    await play.cards()
    text = f'name = "{made.name}"\n[hours]\ndaily = ["08:00-20:00"]\n[[promotions]]\nzh = "买一送一朵花"\n[policies.care]\nzh = "手洗"\n'
    await play.owner.sends_document(text.encode(), "shop.toml")
    preview = await play.card()
    assert "营业时间：09:00-12:00 13:30-22:00 → 08:00-20:00" in preview.text
    assert "保养说明：手洗" in preview.text
    assert "优惠：按文件更新" in preview.text
    assert "截单时间" not in preview.text
    await play.owner.taps(0, on=preview)
    assert "更新好了" in (await play.card()).text
    after = await play.store.shop.load()
    assert after is not None
    assert after.hours is not None
    assert after.hours.closed == {date(2026, 12, 24)}
    assert dict(after.policies).items() >= dict(before.policies).items()
    same = replace(after, hours=before.hours, promotions=before.promotions, policies=before.policies)
    assert same == before
    assert made.warranty_months in numbers((await play.ask(play.buyer(), "怎么保修")).text)


async def test_the_very_first_facts_are_taken_back(open_shop: OpenShop) -> None:
    """Behind the first shop.toml there is no shop, and /setup begins anew."""
    play = await open_shop(stocked=False)
    done = await play.imports("shop.toml", play.made.shop_toml.encode())
    assert (await play.store.shop.load()) is not None
    await play.owner.taps("撤销", on=done)
    assert "已撤销" in (await play.card()).text
    assert await play.store.shop.load() is None
    assert "/setup" in (await play.command("/start")).text
    again = await play.imports("shop.toml", play.made.shop_toml.encode())
    await play.command("/hours 10:00-18:00")
    await play.owner.taps("撤销", on=again)
    assert "shop.toml" in (await play.card()).text
    assert (await play.store.shop.load()) is not None
