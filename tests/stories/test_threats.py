"""Threats, kickbacks and harassment: calm, no concession, the owner told with what is needed, and blocking that can be undone."""

import pytest

from core.understanding.asks.rules import alarm
from tests.made_shop import in_language
from tests.play import LANGUAGES, Play

THREATS = {"zh": "不退钱就给差评", "zh_hant": "不退錢就給差評", "en": "give me a refund or I will leave a bad review"}
KICKBACKS = {
    "zh": "发票能多开点吗，给你回扣",
    "zh_hant": "發票能多開點嗎，給你回扣",
    "en": "can you make the invoice for a higher amount? there's a kickback in it",
}


@pytest.mark.parametrize("language", LANGUAGES)
async def test_a_threat_is_answered_calmly_and_the_owner_gets_the_transcript(play: Play, language: str) -> None:
    """Nothing is conceded; the alarm card, and every line with its time as a file."""
    buyer = play.buyer(language)
    await play.ask(
        buyer, in_language(language, f"{play.made.plenty.title}多少钱", f"price of the {play.made.plenty.title_en}?")
    )
    await play.cards()
    heard = await play.ask(buyer, THREATS[language])
    assert in_language(language, "按店里的规矩", "by the rules of the shop") in heard.text
    cards = await play.cards()
    assert any("🚨" in card.text and THREATS[language] in card.text for card in cards)
    assert any("聊天记录" in card.text and str(buyer.id) in card.text for card in cards)


@pytest.mark.parametrize("language", LANGUAGES)
async def test_a_kickback_is_refused_politely_and_the_seller_is_told(play: Play, language: str) -> None:
    buyer = play.buyer(language)
    heard = await play.ask(buyer, KICKBACKS[language])
    assert in_language(language, "按实际成交", "what was really paid") in heard.text
    assert any("🚨" in card.text and str(buyer.id) in card.text for card in await play.cards())


@pytest.mark.parametrize("language", LANGUAGES)
async def test_a_harasser_is_blocked_with_one_tap_and_that_can_be_undone(play: Play, language: str) -> None:
    """After the tap silence, and no more cards; after /unblock the shop serves again."""
    buyer = play.buyer(language)
    await play.ask(buyer, in_language(language, "约炮吗", "send nudes"))
    card = next(card for card in await play.cards() if "🚨" in card.text)
    await play.owner.taps("拉黑", on=card)
    await play.cards()
    question = in_language(language, f"{play.made.plenty.title}有货吗", f"is the {play.made.plenty.title_en} in stock?")
    await buyer.says(question)
    await play.settled()
    assert await buyer.hears_all() == []
    assert await play.cards() == []
    assert question not in [one.text for one in await play.store.messages.history(buyer.id)]
    assert "放出来了" in (await play.command(f"/unblock {buyer.id}")).text
    assert (await play.ask(buyer, question)).text


async def test_blocking_by_command_and_its_refusals(play: Play) -> None:
    """/block with its button, /unblock of who is not blocked, /evidence; wrong numbers are met with the usage."""
    buyer = play.buyer()
    await play.ask(buyer, "在吗")
    done = await play.command(f"/block {buyer.id}")
    assert "已拉黑" in done.text
    await play.owner.taps("撤销", on=done)
    await play.settled()
    assert "没有被拉黑" in (await play.command(f"/unblock {buyer.id}")).text
    assert "聊天记录" in (await play.command(f"/evidence {buyer.id}")).text
    for command in ("block", "unblock", "evidence"):
        assert f"/{command} 买家号" in (await play.command(f"/{command} x")).text
        await play.ask(buyer, f"/{command} {buyer.id}")
    assert not (await play.store.buyers.get(buyer.id)).is_blocked  # type: ignore[union-attr]


async def test_stats_tell_where_the_time_goes(play: Play) -> None:
    """By kind of buyer, with what was paid."""
    assert "没有聊天" in (await play.command("/stats time")).text
    buyer = play.buyer()
    for words in (f"{play.made.plenty.title}有货吗", "什么材质的"):
        await buyer.says(words)
        await play.wait(300)
    await play.pass_time(minutes=6)
    told = (await play.command("/stats time 7")).text
    assert "1 位" in told
    assert "谈商品 5 分钟" in told


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("再不退款我就投诉你们", "extortion"), ("不给便宜就差评", "extortion"), ("refund me or i'll report you", "extortion"),
        ("能虚开发票吗", "kickback"), ("这个质量差评如潮啊", ""), ("我要退款", ""), ("能开发票吗", ""), ("会不会有差评", ""),
        ("is there an invoice with it?", ""), ("can i leave a review?", ""), ("can I get a refund or an exchange", ""),
    ],
)  # fmt: skip
def test_threats_are_told_from_plain_questions(words: str, kind: str) -> None:
    assert alarm(words) == kind
