"""A talk in Cantonese is answered as one in Mandarin is."""

from tests.made_shop import in_language
from tests.play import Play, numbers


async def test_a_talk_before_an_order(play: Play) -> None:
    """What it costs, which colours there are, whether there is any left, what it is made of, and a wish for later."""
    one = play.made.plenty
    title = in_language("zh_hant", one.title, "")
    buyer = play.buyer("zh_hant")
    assert one.price in numbers((await play.ask(buyer, f"{title}幾錢呀")).text)
    assert int(one.stock) in numbers((await play.ask(buyer, "仲有冇貨呀")).text)
    assert in_language("zh_hant", one.material, "") in (await play.ask(buyer, "咩材質㗎")).text
    await play.cards()
    heard = await play.ask(buyer, "遲啲先寄得唔得")
    assert "遲啲先寄得唔得" in heard.text
    assert "會照辦" not in heard.text  # it was asked: nothing is promised
    await play.settled()
    assert "遲啲先寄得唔得" in (await play.cards())[-1].text


async def test_it_is_ordered(play: Play) -> None:
    """就佢啦, with a wish besides, is an order."""
    one = play.made.plenty
    buyer = play.buyer("zh_hant")
    await play.ask(buyer, f"{in_language('zh_hant', one.title, '')}有冇貨")
    await play.cards()
    await play.ask(buyer, "就呢個啦，可唔可以寫張賀卡")
    await play.settled()
    assert one.sku in (await play.cards())[-1].text
