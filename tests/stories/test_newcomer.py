"""Somebody new at a phone: words without a slash, a reply to a card in the place of a number, examples one can read."""

import re

import pytest

from handlers.seller.manual import MANUAL, in_english
from tests.play import Play

CHINESE = re.compile(r"[\u4e00-\u9fff]")


async def test_a_reply_to_a_card_names_the_buyer(play: Play) -> None:
    """Where a command wants the buyer's number, the buyer's card says it: no number is typed."""
    buyer = play.buyer(name="小林")
    await play.ask(buyer, "转人工")
    card = await play.card()
    for command, told in (
        ("/history", "转人工"),
        ("/take", "机器人不出声"),
        ("/release", "机器人继续接待"),
        ("/bot off", "不再出声"),
        ("/bot on", "机器人继续接待"),
        ("/why", "转人工"),
        ("/later 2h 问尺码", "问尺码"),
        (f"/order new {play.made.plenty.sku} 2", play.made.plenty.title),
        ("/haggle", str(buyer.id)),
    ):
        await play.cards()
        await play.owner.replies_to(card, command)
        heard = await play.card()
        assert told in heard.text, (command, heard.text)
    (order,) = await play.store.orders.of_buyer(buyer.id)
    assert order.lines[0].quantity == 2
    assert "回复那位买家的卡片" in (await play.command("/take")).text


async def test_words_are_commands_in_english_too(play: Play) -> None:
    """stock SKU N, without a slash; what acts at once keeps its slash, and a line in reply to a card is the buyer's."""
    await play.command("/lang en")
    sku = play.made.plenty.sku
    assert "→ 7" in (await play.command(f"stock {sku} 7")).text
    assert "7" in (await play.command(f"Stock {sku}")).text
    assert str(play.made.plenty.price) in (await play.command(f"price {sku}")).text.replace(",", "")
    assert "did not understand" in (await play.command("next")).text
    assert "Without a slash" in (await play.command("/help stock")).text
    buyer = play.buyer("en", "Emma")
    await play.ask(buyer, "a human please")
    await play.owner.replies_to(await play.card(), "stock is coming")
    assert (await play.only(buyer)).text == "stock is coming"


async def test_what_was_asked_for_is_no_command(play: Play) -> None:
    """A value for a saved reply may be a word that is a command elsewhere."""
    buyer = play.buyer()
    await play.ask(buyer, "在吗")
    await play.command("/tpl 到货 zh {{ when }}到")
    await play.command(f"/r 到货 {buyer.id}")
    assert "今天到" in (await play.command("今天")).text


@pytest.mark.parametrize("name", MANUAL)
def test_examples_are_in_english_for_who_reads_it(name: str) -> None:
    """No example leaves an English reader with Chinese."""
    for _, example in MANUAL[name]:
        assert not CHINESE.search(in_english(example)), example


@pytest.mark.parametrize(
    ("command", "told"),
    [
        ("/stats 1000", "1 到 90"),
        ("/reassign 10001 10001", "同一个人"),
        ("/holiday 2020-01-01", "已经过去"),
        ("/why abc", "买家号"),
        ("/hours 9-18", "09:00-18:00"),
        ("/hours 周一至周五 9点-18点；周六 10:00-16:00", "周六 10:00-16:00"),
        ("/stock {unknown}", "没填库存"),
        ("/stock {plenty} none", "未填"),
        ("/tpl", "/tpl all"),
        ("/tpl all", "order_unknown"),
    ],
)
async def test_odd_arguments_get_one_clear_sentence(play: Play, command: str, told: str) -> None:
    """What is out of range, past, or written as people write it."""
    said = await play.command(command.format(unknown=play.made.unknown.sku, plenty=play.made.plenty.sku))
    assert told in said.text


async def test_facts_fit_a_phone(play: Play) -> None:
    """/fact lists a line of each fact, money as money; /fact NAME shows all of one."""
    long = "签收后七天内，" * 30
    await play.command(f"/fact policy.return.zh {long}")
    await play.command("/fact fee 8")
    listed = (await play.command("/fact")).text
    assert "¥8" in listed
    assert max(len(line) for line in listed.splitlines()) < 100
    assert long in (await play.command("/fact policy.return.zh")).text


async def test_an_english_reader_is_not_left_with_chinese(play: Play) -> None:
    """Carriers by their English names where one has to be chosen, a note that is not there, a piece that follows."""
    await play.command("/lang en")
    buyer = play.buyer("en", "Emma")
    await play.ask(buyer, "hello")
    await play.command(f"/order new {buyer.id} {play.made.plenty.sku} 1")
    (order,) = await play.store.orders.of_buyer(buyer.id)
    number = order.order_no
    await play.command(f"/order {number} paid")
    assert "behind the word note" in (await play.command(f"/order {number} note")).text
    asked = await play.command(f"/ship {number} Nobody 73123456789012")
    assert not CHINESE.search(asked.text.replace(play.made.name, "")), asked.text
    await buyer.hears_all()
    await play.command(f"/short {number} {play.made.plenty.sku}")
    assert "follows" in (await play.only(buyer)).text
