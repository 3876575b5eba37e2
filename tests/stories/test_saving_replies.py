"""Save as reply: what the seller once answered by hand is answered by itself, to the same question, of the same thing."""

import pytest

from sandbox import Heard
from tests.made_shop import in_language
from tests.play import Play, numbers
from tests.stories.handing_over import MISSING, handed_over_lines


async def answered_by_hand(play: Play, words: str, answer: str, language: str = "zh") -> Heard:
    """A buyer asks what is not on file, the seller answers on the card; what the seller is told then."""
    await play.cards()
    buyer = play.buyer(language)
    heard = await play.ask(buyer, words)
    assert handed_over_lines(heard.text, language), heard.text
    card = await play.card()
    await play.owner.replies_to(card, answer)
    assert (await play.only(buyer)).text == answer
    return [one for one in await play.cards() if one.buttons][-1]


async def test_an_answer_for_everyone(play: Play) -> None:
    """For this ask: the next buyer hears it at once, a Traditional reader in Traditional; undone, it goes to a person again."""
    answer = "支持货到付款，另收 37 元手续费。"
    told = await answered_by_hand(play, MISSING["zh"], answer)
    assert ["存成回复？"] in told.buttons
    await play.owner.taps("存成回复？", on=told)
    choose = await play.card()
    assert MISSING["zh"] in choose.text
    assert answer in choose.text
    await play.owner.taps("都这么答", on=choose)
    await choose.reads("记下了")
    for language in ("zh", "zh_hant"):
        heard = await play.ask(play.buyer(language), MISSING[language])
        assert in_language(language, answer, "") in heard.text
        assert handed_over_lines(heard.text, language) == []
    await play.owner.taps("撤销", on=choose)
    await choose.reads("已撤销")
    assert handed_over_lines((await play.ask(play.buyer(), MISSING["zh"])).text, "zh")


@pytest.mark.parametrize("language", ["zh", "en"])
async def test_an_answer_about_one_product_is_told_of_no_other(play: Play, language: str) -> None:
    """Only for this thing, and only to a question like that one; who asks of another thing, or something else of this
    one, does not hear it."""
    one, other = play.made.plenty, play.made.cousin
    answer = in_language(language, "能承重 1379 克", "It weighs 1379 grams")
    asks = in_language(language, "{}能承重多少", "how heavy is the {}?")
    told = await answered_by_hand(play, asks.format(one.named(language)), answer, language)
    await play.owner.taps("存成回复？", on=told)
    choose = await play.card()
    await play.owner.taps("只答", on=choose)
    await choose.reads("记下了")
    heard = await play.ask(play.buyer(language), asks.format(one.named(language)))
    assert 1379 in numbers(heard.text)
    assert in_language(language, "掌柜说", "the shopkeeper says") in heard.text
    for words in (
        asks.format(other.named(language)),
        in_language(language, f"{one.title}防水吗", f"is the {one.title_en} waterproof?"),
    ):
        assert 1379 not in numbers((await play.ask(play.buyer(language), words)).text), words


async def test_what_was_not_understood_becomes_an_ask_of_the_shops_own(play: Play) -> None:
    """Words nobody knew, answered by hand and kept: they are an ask now, and off the list of what was missed."""
    told = await answered_by_hand(play, "月亮上的兔子吃不吃胡萝卜呢？", "我管，编号 4711")
    await play.owner.taps("存成回复？", on=told)
    choose = await play.card()
    await play.owner.taps("自家问题", on=choose)
    await choose.reads("教会了")
    assert 4711 in numbers((await play.ask(play.buyer(), "老板，月亮上的兔子吃不吃胡萝卜呢")).text)
    assert await play.store.missed.open() == []


async def test_what_only_one_buyer_can_ask_is_not_offered(play: Play) -> None:
    """A wish for a person, a complaint, one's own parcel: what is answered there is for nobody else."""
    for words in ("转人工", "我要投诉你们", "帮我改一下收货地址"):
        await play.cards()
        buyer = play.buyer()
        await play.ask(buyer, words)
        await play.owner.replies_to(await play.card(), "我来看看")
        await play.only(buyer)
        assert not any("存成回复？" in row for one in await play.cards() for row in one.buttons), words


async def test_not_saved_is_not_saved(play: Play) -> None:
    """[不存]: nothing has changed."""
    told = await answered_by_hand(play, MISSING["zh"], "好的呀 37")
    await play.owner.taps("存成回复？", on=told)
    choose = await play.card()
    await play.owner.taps("不存", on=choose)
    await choose.reads("什么都没改")
    assert handed_over_lines((await play.ask(play.buyer(), MISSING["zh"])).text, "zh")
