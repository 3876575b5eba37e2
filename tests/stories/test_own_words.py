"""The seller's own words: wordings laid over the built-in ones, and replies that ask for what is missing."""

import pytest

from handlers.seller.shop.wordings import preview
from store.staff import Role
from templates.checking import Reason
from templates.own import OwnText, read
from tests.play import Play
from tests.stories.staff import gives, hire


async def test_a_wording_is_changed_heard_kept_and_taken_back(play: Play) -> None:
    """/tpl NAME zh TEXT is what buyers hear from then on, over a restart; reset and undo bring back what was."""
    shown = await play.command("/tpl goodbye")
    assert "thanked" in shown.text
    done = await play.command("/tpl goodbye zh 回头见，{{ thanked and '不' or '' }}")
    assert "第 1 行" not in done.text or "不能" in done.text
    done = await play.command("/tpl goodbye zh 回头见，路上慢点")
    buyer = play.buyer()
    await play.ask(buyer, "在吗")
    assert "回头见，路上慢点" in (await play.ask(buyer, "谢谢")).text
    await play.restart()
    again = play.buyer()
    await play.ask(again, "在吗")
    assert "回头见，路上慢点" in (await play.ask(again, "谢谢")).text
    assert "回头见" in (await play.command("/tpl goodbye")).text
    await play.owner.taps("撤销", on=done)
    await play.settled()
    assert "路上慢点" not in (await play.ask(again, "多谢")).text
    await play.command("/tpl goodbye en Bye now.")
    await play.command("/tpl goodbye en reset")
    assert "Bye now." not in (await play.command("/tpl goodbye")).text


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("{{ shop.__class__ }}", "下划线"), ("{% for a in b %}{% for c in d %}{% endfor %}{% endfor %}", "第 1 行"),
        ("你好 {{ nosuch }}", "没有"), ("好\n{{ range(9) }}", "第 2 行"), ("不买就亏了哦", "催买家"), ("亲亲亲，亲爱的～～", "过头"),
        ("给五星好评返现", "换好评"),
    ],
)  # fmt: skip
async def test_what_must_not_be_said_is_refused_with_line_and_reason(play: Play, text: str, told: str) -> None:
    """Code, unknown values, pressing and begging are told by line and reason; nothing is kept."""
    assert told in (await play.command(f"/tpl goodbye zh {text}")).text
    assert await play.store.wordings.all() == []


async def test_a_reply_asks_for_what_is_missing_previews_and_sends_once(play: Play) -> None:
    """/r KEY BUYER asks for each value that is not known, shows the whole, and sends it by a button, once."""
    await play.command("/tpl 尺码 zh {{ name }}您好，{{ item }}建议拍 {{ size }} 码")
    buyer = play.buyer(name="阿甲")
    await play.ask(buyer, "转人工")
    await buyer.hears_all()
    asked = await play.command(f"/r 尺码 {buyer.id}")
    assert "item" in asked.text
    await play.owner.says("帆布鞋")
    assert "size" in (await play.card()).text
    await play.owner.says("M <b>")
    preview = await play.card()
    assert "阿甲您好，帆布鞋建议拍 M <b> 码" in preview.text
    await buyer.hears_nothing()
    await play.owner.taps("发送", on=preview)
    assert (await buyer.hears()).text == "阿甲您好，帆布鞋建议拍 M <b> 码"
    await play.owner.taps("发送", on=preview)
    await buyer.hears_nothing()
    assert "阿甲" not in (await play.command("/inbox")).text
    await buyer.says("怎么保修")
    await buyer.hears_nothing()


async def test_a_reply_with_a_picture_in_reply_to_a_card(play: Play) -> None:
    """A picture saved with its text goes along; on a buyer's card no number is needed; values may be given at once."""
    await play.owner.sends_photo(caption="/tpl 实拍 zh 这是 {{ what }} 的实拍")
    await play.settled()
    assert "图" in (await play.command("/tpl 实拍")).text
    buyer = play.buyer()
    await play.cards()
    await play.ask(buyer, "转人工")
    await buyer.hears_all()
    card = await play.card()
    await play.owner.replies_to(card, "/r 实拍 what=杯子")
    preview = await play.card()
    await play.owner.taps("发送", on=preview)
    heard = await buyer.hears()
    assert heard.text == "这是 杯子 的实拍"
    assert len(heard.photos) == 1


async def test_a_reply_is_given_in_the_buyers_language(play: Play) -> None:
    """Both languages are one reply; where a buyer's is missing the seller is told so before sending."""
    await play.command("/tpl hi zh 您好呀")
    english = play.buyer("en")
    await play.ask(english, "hello")
    assert "不是这种语言" in (await play.command(f"/r hi {english.id}")).text
    await play.command("/tpl hi en Hello there")
    preview = await play.command(f"/r hi {english.id}")
    assert "Hello there" in preview.text
    assert "不是这种语言" not in preview.text
    await play.owner.taps("不发", on=preview)
    await english.hears_nothing()


async def test_wrong_replies_and_names_are_told(play: Play) -> None:
    """No key, an unknown one, nobody to send to: what is wrong, usage, example. A question left alone is not answered later."""
    assert "先用 /tpl" in (await play.command("/r")).text
    await play.command("/tpl 尺码 zh 拍 {{ size }} 码")
    assert "尺码" in (await play.command("/r 尺马 1")).text
    assert "用法：/r" in (await play.command("/r 尺码")).text
    assert "用法：/tpl" in (await play.command("/tpl 尺码 fr x")).text
    assert "用法：/tpl" in (await play.command("/tpl nosuchtemplate")).text
    buyer = play.buyer()
    await play.ask(buyer, "在吗")
    await play.command(f"/r 尺码 {buyer.id}")
    await play.pass_time(hours=2)
    assert "没看懂" in (await play.command("M")).text


async def test_while_asked_a_reply_to_a_card_still_goes_to_the_buyer(play: Play) -> None:
    """The bot waits for a value; what the seller says on a card is for that buyer all the same."""
    await play.command("/tpl 尺码 zh 拍 {{ size }} 码")
    buyer = play.buyer()
    await play.cards()
    await play.ask(buyer, "转人工")
    await buyer.hears_all()
    card = await play.card()
    await play.command(f"/r 尺码 {buyer.id}")
    await play.owner.replies_to(card, "稍等")
    assert (await buyer.hears()).text == "稍等"


async def test_an_agents_wording_waits_for_a_manager(play: Play) -> None:
    """Templates are protected: the agent proposes, both texts are on the card."""
    agent = await hire(play, Role.AGENT)
    await play.cards()
    await gives(play, agent, "/tpl goodbye zh 慢走")
    card = await play.card()
    assert "慢走" in card.text
    assert await play.store.wordings.all() == []
    await play.owner.taps("通过", on=card)
    await play.settled()
    assert [one.source for one in await play.store.wordings.all()] == ["慢走"]


async def test_a_wording_is_shown_as_it_would_read(play: Play) -> None:
    """With an amount, a day and the goods of the shop's own shelf where it has some; nothing is left to imagine."""
    done = (await play.command("/tpl price zh {{ title }}现在 {{ price|money }}，放心拍")).text
    assert "读出来" in done
    read_out = done.split("读出来：")[1]
    assert "¥" in read_out
    assert any(one.title in read_out for one in play.made.goods)
    day = (await play.command("/tpl departure zh {{ day|day }}给您发出，{{ cutoff|clock }} 前付款都算")).text.split(
        "读出来："
    )[1]
    assert "明天" in day
    assert play.made.cutoff.strftime("%H:%M") in day
    shown = (await play.command("/tpl price")).text
    assert read_out.strip() in shown
    assert "现在：出厂时的说法" in (await play.command("/tpl price zh reset")).text
    assert "已改快捷回复 尺码（中文）\n原来：没有填" in (await play.command("/tpl 尺码 zh 平时穿多大？")).text


async def test_a_wording_that_could_never_be_said_is_refused(play: Play) -> None:
    """A text where an amount should be: told at once, not when a buyer asks."""
    for wrong in ("/tpl 定金 zh 请付 {{ sum|money }}", "/tpl price zh {{ title|money }}"):
        assert "说不出来" in (await play.command(wrong)).text
    assert "没有叫“定金”的" in (await play.command("/tpl 定金")).text


async def test_every_wording_of_ours_can_be_shown(play: Play) -> None:
    """Whatever a seller may reword, the samples fit it as it stands."""
    desk, seen = play.running.desk, 0
    for language in ("zh", "en"):
        for name in sorted(desk.speech.names("buyer", language)):
            source = desk.speech.source(name, language)
            if not isinstance(read(source), OwnText):
                continue
            seen += 1
            said = preview(desk, name, source, language, play.owner.id)
            assert isinstance(said, str) or said.reason is Reason.EMPTY, (name, language, said)
    assert seen > 100
