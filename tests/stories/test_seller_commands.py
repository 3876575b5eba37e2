"""The seller's commands: one clear answer each, and one clear sentence when something is wrong."""

import re

import pytest

from tests.made_shop import in_language
from tests.play import LANGUAGES, OWNER, OpenShop, Play, numbers

WRONG = [
    ("/stock", "/stock 货号 数量"), ("/stock {sku}", "/stock 货号 数量"), ("/stock {sku} -3", "/stock 货号 数量"),
    ("/stock {sku} 1.5", "/stock 货号 数量"), ("/stock {sku} ², ", "/stock 货号 数量"), ("/stock {sku} 9999999999", "/stock 货号 数量"),
    ("/price", "/price 货号 [金额]"), ("/price {sku} cheap", "/price 货号"), ("/price {sku} -1", "/price 货号"),
    ("/price {sku} 1.999", "/price 货号"), ("/price {sku} NaN", "/price 货号"), ("/history", "/history 买家号"), ("/history 小林", "/history 买家号"),
    ("/take", "/take 买家号"), ("/release x", "/release 买家号"), ("/bot", "/bot on|off 买家号"), ("/bot maybe 1", "/bot on|off 买家号"),
    ("/here soon", "/here [3h]"), ("/here 99h", "/here [3h]"), ("/away later", "/away"), ("/lang klingon", "/lang"),
    ("/ship", "/ship 订单号 快递 单号"), ("/late", "/late 订单号 新时间"), ("/later", "/later 买家号 时间 [备注]"), ("/find", "/find 文字"),
]  # fmt: skip
"""A wrong command, and the usage that is told."""


async def test_start_and_help_tell_what_is_there(play: Play) -> None:
    """/start tells the shop, how much is on the shelf and who waits; /help and the menu name every command."""
    await play.ask(play.buyer(), "转人工")
    start = await play.command("/start")
    assert play.made.name in start.text
    assert numbers(start.text) == [len(play.made.goods), 1]
    told = (await play.command("/help")).text
    await play.sandbox.world.bell.until(lambda: "stock" in play.owner.commands, 5)
    menu = set(play.owner.commands)
    assert {"item", "stock", "price", "inbox", "history", "bot", "here", "away", "why", "take", "release"} <= menu
    assert all(f"/{command}" in told for command in menu - {"help", "lang", "start"})


async def test_help_of_one_command_tells_how_it_goes(play: Play) -> None:
    """/help with a command, in either language: usage in the seller's words, examples, and the Chinese words for it."""
    for asked in ("/help ship", "/help /ship", "/help 发货"):
        told = (await play.command(asked)).text
        assert "用法：/ship 订单号 快递 单号" in told
        assert "例如：/ship 1001 中通" in told
        assert "发货" in told
    assert "/start" in (await play.command("/help start")).text
    assert "用法：/missed" in (await play.command("/help faq")).text
    await play.command("/lang en")
    told = (await play.command("/help ship")).text
    assert "Usage: /ship ORDER CARRIER NUMBER" in told
    assert not re.search("[\u4e00-\u9fff]", told.replace("中通", ""))


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("stok", "/stock"), ("shipp", "/ship"), ("parc", "/parcel"), ("库纯", "/stock"), ("nonsense", "")],
)
async def test_help_with_no_such_command_names_the_nearest(play: Play, typed: str, meant: str) -> None:
    """It says that there is none, not the whole help; and what was probably meant."""
    told = (await play.command(f"/help {typed}")).text
    assert f"没有“{typed}”这个命令" in told
    assert meant in told
    assert len(told) < 100
    if meant and typed.isascii():
        assert f"是不是 {meant}" in (await play.command(f"/{typed} 1 2")).text


async def test_item_shows_searches_and_lists(play: Play) -> None:
    """/item SKU shows everything on file, /item WORDS searches, /item lists, and a wrong number is met with the nearest."""
    one = play.made.plenty
    shown = await play.command(f"/item {one.sku.lower()}")
    for fact in (one.title, one.variant, one.size, one.material, str(one.price), one.stock, one.sku):
        assert fact in shown.text
    found = await play.command(f"/item {play.made.pair[0].title}")
    assert all(each.sku in found.text for each in play.made.pair)
    assert one.sku not in found.text
    listed = await play.command("/item")
    assert all(each.sku in listed.text for each in play.made.goods)
    assert "库存未填" in listed.text
    near = await play.command(f"/item {one.sku[:-1]}9")
    assert one.sku in near.text


async def test_stock_is_set_heard_and_undone(play: Play) -> None:
    """/stock SKU N changes what buyers hear at once; the button puts it back, once, and not after another change."""
    one = play.made.plenty
    done = await play.command(f"/stock {one.sku} 137")
    assert numbers(done.text)[-2:] == [int(one.stock), 137]
    for language in LANGUAGES:
        words = in_language(language, f"{one.title}有货吗", f"is the {one.title_en} in stock?")
        assert 137 in numbers((await play.ask(play.buyer(language), words)).text)
    await play.owner.taps("撤销", on=done)
    assert one.stock in (await play.card()).text
    assert int(one.stock) in numbers((await play.ask(play.buyer(), f"{one.title}有货吗")).text)
    assert await play.owner.taps("撤销", on=done) != ""
    await play.owner.hears_nothing()
    first = await play.command(f"/stock {one.sku} 3")
    await play.command(f"/stock {one.sku} 4")
    await play.owner.taps("撤销", on=first)
    assert "不能撤销" in (await play.card()).text
    assert 4 in numbers((await play.ask(play.buyer(), f"{one.title}有货吗")).text)
    await play.command(f"/stock {one.sku} 0")
    assert "卖完" in (await play.ask(play.buyer(), f"{one.title}有货吗")).text


async def test_a_blank_stock_set_and_undone_is_unknown_again(play: Play) -> None:
    """Undoing the first number given to a blank stock makes it unknown again, not zero."""
    one = play.made.unknown
    done = await play.command(f"/stock {one.sku} 6")
    assert "未填 → 6" in done.text
    assert 6 in numbers((await play.ask(play.buyer(), f"{one.title}有货吗")).text)
    await play.owner.taps("撤销", on=done)
    await play.card()
    heard = await play.ask(play.buyer(), f"{one.title}有货吗")
    assert numbers(heard.text) == []
    assert "卖完" not in heard.text


async def test_price_is_shown_set_and_undone(play: Play) -> None:
    """/price SKU shows, /price SKU AMOUNT sets to the cent; the button puts the old one back."""
    one = play.made.plenty
    assert numbers((await play.command(f"/price {one.sku}")).text) == [one.price]
    done = await play.command(f"/price {one.sku} 1234.50")
    assert f"¥{one.price} → ¥1,234.50" in done.text
    for language in LANGUAGES:
        words = in_language(language, f"{one.title}多少钱", f"price of the {one.title_en}?")
        assert "¥1,234.50" in (await play.ask(play.buyer(language), words)).text
    await play.owner.taps("撤销", on=done)
    await play.card()
    assert f"¥{one.price}" in (await play.ask(play.buyer(), f"{one.title}多少钱")).text


async def test_wrong_arguments_get_the_usage_and_change_nothing(play: Play) -> None:
    """A command with wrong arguments is answered with what is wrong, how it goes, and an example; nothing is changed."""
    one = play.made.plenty
    for command, usage in WRONG:
        told = await play.command(command.format(sku=one.sku))
        assert f"用法：{usage}" in told.text, (command, told.text)
        assert "例如：" in told.text
    for command in ("/history 999", "/take 999", "/release 999", "/bot off 999", "/why 999"):
        assert "没有买家 999" in (await play.command(command)).text
    for command in ("/stock NO-SUCH 3", "/price NO-SUCH"):
        assert "没有货号 NO-SUCH" in (await play.command(command)).text
    assert (await play.command(f"/price {one.sku}")).text.count(str(one.price)) == 1
    assert f"库存 {one.stock}" in (await play.command(f"/item {one.sku}")).text


async def test_inbox_lists_who_waits_the_longest_first(play: Play) -> None:
    """/inbox lists the waiting buyers, the longest first, with their words; who was answered is gone from it."""
    first, second = play.buyer(name="阿甲"), play.buyer(name="阿乙")
    await play.ask(first, "转人工")
    await play.pass_time(minutes=7)
    await play.ask(second, "你们支持货到付款吗")
    inbox = (await play.command("/inbox")).text
    assert inbox.index("阿甲") < inbox.index("阿乙")
    assert "7 分钟前" in inbox
    assert "你们支持货到付款吗" in inbox
    card = next(seen for seen in play.owner.sees if str(first.id) in seen.text and seen.buttons)
    await play.owner.taps("处理好了", on=card)
    await play.settled()
    inbox = (await play.command("/inbox")).text
    assert "阿甲" not in inbox
    assert "阿乙" in inbox


async def test_history_tells_everything_oldest_first(play: Play) -> None:
    """/history shows both sides, oldest first, the seller's words as the seller's; a long one is cut between messages."""
    buyer = play.buyer()
    await play.cards()
    await play.ask(buyer, "怎么保修")
    await play.ask(buyer, "转人工")
    card = await play.card()
    await play.owner.replies_to(card, "我是掌柜本人")
    await play.settled()
    history = (await play.command(f"/history {buyer.id}")).text
    places = [history.index(part) for part in ("买家：怎么保修", f"保修 {play.made.warranty_months} 个月", "买家：转人工", "您：我是掌柜本人")]  # fmt: skip
    assert places == sorted(places)
    long = "请问" + "很" * 300 + "长"
    for number in range(15):
        await buyer.says(f"{long}{number}")
    await play.settled()
    await play.cards()
    await play.owner.says(f"/history {buyer.id}")
    parts = await play.cards()
    assert len(parts) > 1, parts[0].text
    whole = "\n".join(part.text for part in parts)
    assert all(f"{long}{number}" in whole for number in range(15))


async def test_bot_off_and_on(play: Play) -> None:
    """/bot off silences the bot for that buyer alone, with the lines on a card, over a restart too; /bot on brings it back."""
    buyer, other = play.buyer(), play.buyer()
    await play.ask(buyer, "怎么保修")
    await play.command(f"/bot off {buyer.id}")
    await play.restart()
    await buyer.says("能退吗")
    await buyer.hears_nothing()
    assert "能退吗" in (await play.card()).text
    assert play.made.warranty_months in numbers((await play.ask(other, "怎么保修")).text)
    await play.pass_time(hours=30)
    await buyer.says("在吗")
    await buyer.hears_nothing()
    await play.command(f"/bot on {buyer.id}")
    assert play.made.return_days in numbers((await play.ask(buyer, "能退吗")).text)


async def test_take_and_release(play: Play) -> None:
    """/take silences the bot in that chat until /release, and no longer than half a day."""
    buyer = play.buyer()
    await play.ask(buyer, "怎么保修")
    for give_back in ("release", "time"):
        await play.command(f"/take {buyer.id}")
        await buyer.says("能退吗")
        await buyer.hears_nothing()
        if give_back == "release":
            await play.command(f"/release {buyer.id}")
        else:
            await play.pass_time(hours=12, minutes=1)
        assert play.made.return_days in numbers((await play.ask(buyer, "能退吗")).text)


async def test_why_tells_what_decided(play: Play) -> None:
    """/why names the asks that were heard in the last turn, the phrases they were most like, and what was said to them;
    /why BUYER for that buyer."""
    first, second = play.buyer(), play.buyer()
    assert "没有可以解释" in (await play.command("/why")).text
    await play.ask(first, "怎么保修")
    await play.pass_time(seconds=5)
    await play.ask(second, "什么时候发货")
    latest = (await play.command("/why")).text
    assert "什么时候发货" in latest
    assert "ship_when" in latest
    assert "最像“" in latest
    assert ":、" not in latest
    assert "warranty" in (await play.command(f"/why {first.id}")).text


async def test_a_forwarded_or_edited_command_of_the_seller_is_not_run(play: Play) -> None:
    """The seller's own rules hold for the seller too: a forwarded command is not run, an edited line is none."""
    one = play.made.plenty
    await play.owner.forwards(f"/stock {one.sku} 0")
    assert "转发来的命令" in (await play.card()).text
    number = await play.owner.says("随便说说")
    assert "没看懂" in (await play.card()).text
    await play.owner.edits(number, f"/stock {one.sku} 0")
    await play.owner.hears_nothing()
    assert f"库存 {one.stock}" in (await play.command(f"/item {one.sku}")).text


async def test_the_same_command_update_twice_runs_once(play: Play) -> None:
    """A command delivered twice is run once and answered once."""
    await play.command(f"/order new - {play.made.plenty.sku}")
    play.sandbox.repeat_updates(1)
    await play.owner.hears_nothing()
    assert len(await play.store.orders.open()) == 1


async def test_a_second_seller_and_a_stranger(open_shop: OpenShop) -> None:
    """Every owner of the settings may command; their answers go to them alone."""
    play = await open_shop(owner_id=(OWNER, 10002))
    partner = play.sandbox.seller(id=10002, name="合伙人")
    await play.cards()
    await partner.says(f"/price {play.made.plenty.sku}")
    assert numbers((await partner.hears()).text) == [play.made.plenty.price]
    assert await play.cards() == []


ODD = (
    ("/price {sku} $20", "美元"), ("/floor {sku} 20USD", "美元"), ("/ladder {sku} 2=€5", "欧元"), ("/stock {sku} +5", "一共有几件"),
    ("/stock {sku} 5 8", "多了“8”"), ("/fact 运费 $5", "美元"), ("/fact 运费 包邮", "写 0"), ("/fact 截单时间 25:61", "/fact 截单时间 16:40"),
    ("/fact 时区 Mars", "Europe/Berlin"), ("/hours mon-fry 9:00-18:00", "mon-fry"), ("/hours 周八 9-18", "星期几"), ("/holiday 2月30日", "没有“2月30日”这一天"),
    ("/here 3x", "“3x”"), ("/here 20h", "16 小时"), ("/away 一会儿", "/here"), ("/r 没有 1", "没有“没有”"), ("/export orders pdf", "xlsx"),
)  # fmt: skip


@pytest.mark.parametrize(("line", "told"), ODD, ids=[line for line, _ in ODD])
async def test_odd_arguments_change_nothing_and_are_told_apart(play: Play, line: str, told: str) -> None:
    """Each is answered with what is wrong with it and an example, and all is as before."""
    before = (
        await play.store.shop.load(),
        (await play.store.catalogue.load()).variants,
        play.running.desk.shelf.now.prices,
    )
    said = await play.command(line.format(sku=play.made.plenty.sku))
    assert told in said.text
    assert "例如：" in said.text
    assert said.buttons == []
    shelf = await play.running.desk.shelf.fresh(at_once=True)
    assert (await play.store.shop.load(), (await play.store.catalogue.load()).variants, shelf.prices) == before


async def test_a_price_of_nought_is_warned_of(play: Play) -> None:
    """0 is free, and set as it was typed; the seller hears what that means, and the diary tells the floor as it is called."""
    sku = play.made.cousin.sku
    await play.command(f"/floor {sku} {play.made.cousin.price - 1}")
    await play.command(f"/floor {sku} none")
    said = await play.command(f"/price {sku} 0")
    assert "不要钱" in said.text
    assert said.buttons == [["撤销"]]
    assert "不要钱" not in (await play.command(f"/price {sku} {play.made.cousin.price}")).text
    diary = (await play.command("/diary")).text
    assert f"¥{play.made.cousin.price - 1} → 不议价" in diary
    assert "none" not in diary
