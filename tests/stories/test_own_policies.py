"""What the shop says of itself is found by what it is about: where it sends from, and policies of its own."""

import pytest

from core.answering.own_policies import asks_about_duty
from tests.made_shop import in_language, make_shop
from tests.play import LANGUAGES, Play

FROM = ("从甘肃天水的仓库发出。", "Everything leaves from our store house in Tianshui.")
MADE = ("桌布和帘子能改尺寸，另收三十元，十天做好。", "Cloths and blinds can be altered for 30 yuan within ten days.")
EXTRA = f"""
[policies.sent_from]
zh = "{FROM[0]}"
en = "{FROM[1]}"
[policies.custom]
zh = "{MADE[0]}"
en = "{MADE[1]}"
words = ["加刺绣", "monogram"]
"""
WHERE_FROM = {
    "zh": ("你们从哪里发货", "发货地是哪", "东西从哪儿寄出来的呀"),
    "zh_hant": ("請問從哪裡出貨", "你哋喺邊度出貨", "是從高雄發貨嗎"),
    "en": ("where do you ship from?", "where is it shipped from", "is it sent from China?"),
}
OF_ITS_OWN = {
    "zh": ("可以定做吗", "尺寸能改短一点不", "能加刺绣吗"),
    "zh_hant": ("可以訂做嗎", "想訂製一個特殊尺寸", "能加刺繡嗎"),
    "en": ("can you make it to measure?", "do you do custom sizes", "can you add a monogram?"),
}


async def told(play: Play) -> None:
    made = play.made
    await play.imports("shop.toml", (made.shop_toml + EXTRA).encode())


async def test_where_it_is_sent_from(play: Play) -> None:
    """The shop's own words answer where parcels come from; nobody is asked what they meant."""
    await told(play)
    for language in LANGUAGES:
        for words in WHERE_FROM[language]:
            heard = await play.ask(play.buyer(language), words)
            assert in_language(language, *FROM) in heard.text, f"{words}: {heard.text}"
            assert not heard.buttons


async def test_sent_from_there_or_to_there(play: Play) -> None:
    """浙江发货吗 may ask either, and both are told; 能发 asks whether it goes there, and only that is told."""
    await told(play)
    both = await play.ask(play.buyer(), "浙江发货吗")
    assert FROM[0] in both.text
    assert "可以送到浙江" in both.text
    there = await play.ask(play.buyer(), "浙江能发货吗")
    assert "可以送到浙江" in there.text
    assert FROM[0] not in there.text


async def test_where_from_is_not_made_up(play: Play) -> None:
    """A shop that has not said where it sends from asks its people."""
    for language in LANGUAGES:
        heard = await play.ask(play.buyer(language), WHERE_FROM[language][0])
        assert in_language(language, "掌柜", "shopkeeper") in heard.text
        assert (await play.cards())[-1].text.count(WHERE_FROM[language][0]) == 1


async def test_a_policy_of_its_own_answers_untaught(play: Play) -> None:
    """By its name, by what people call such a thing, and by the words the shop gives it."""
    await told(play)
    for language in LANGUAGES:
        for words in OF_ITS_OWN[language]:
            heard = await play.ask(play.buyer(language), words)
            assert in_language(language, *MADE) in heard.text, f"{words}: {heard.text}"


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("zh", "有货吗"),
        ("zh_hant", "多少錢"),
        ("en", "is it washable?"),
        ("zh", "我要投诉你们"),
        ("en", "my order came broken"),
    ],
)
async def test_nothing_else_is_answered_with_it(play: Play, language: str, words: str) -> None:
    """A question about goods, a complaint and a breakage have nothing to do with it."""
    await told(play)
    heard = await play.ask(play.buyer(language), words)
    assert in_language(language, *MADE) not in heard.text


def test_the_made_shop_has_no_such_policies() -> None:
    """What these stories add is not there already."""
    assert "sent_from" not in make_shop().shop_toml


ABOUT = ("开店七年了，都是自己做的。", "We opened seven years ago and make everything ourselves.")
NEW_SHOP = {"zh": "你们是新店吗", "zh_hant": "你哋係新店嚟㗎？", "en": "are you a new shop?"}


async def test_whether_the_shop_is_new(play: Play) -> None:
    """It is no question of whether the goods are genuine: the shop's own words answer it, and where it has none, a person."""
    for language in LANGUAGES:
        buyer = play.buyer(language)
        heard = await play.ask(buyer, NEW_SHOP[language])
        assert not heard.buttons, heard.text
        await play.settled()
        assert NEW_SHOP[language] in (await play.cards())[-1].text
    about = f'\n[policies.about]\nzh = "{ABOUT[0]}"\nen = "{ABOUT[1]}"\n'
    await play.imports("shop.toml", (play.made.shop_toml + about).encode())
    for language in LANGUAGES:
        heard = await play.ask(play.buyer(language), NEW_SHOP[language])
        assert in_language(language, *ABOUT) in heard.text, heard.text


DUTY = ("关税由买家在当地缴纳。", "Duty is paid by the buyer on arrival.")
ASKED_OF_DUTY = {
    "zh": ("关税谁出", "寄到美国要交税吗", "海外要另外缴关税吗"),
    "zh_hant": ("關稅要自己付嗎", "寄到加拿大要唔要交稅"),
    "en": (
        "do I have to pay customs duty?",
        "who pays import duties?",
        "are there customs fees to Germany?",
        "do I pay duty on it?",
    ),
}


async def test_customs_duty(play: Play) -> None:
    """Who pays duty is for the shop to say: nothing about postage is told instead, a person is asked; its own words answer."""
    for language in LANGUAGES:
        for words in ASKED_OF_DUTY[language]:
            heard = await play.ask(play.buyer(language), words)
            assert not heard.buttons, f"{words}: {heard.text}"
            assert in_language(language, "掌柜", "shopkeeper") in heard.text, heard.text
            assert not any(word in heard.text for word in ("运费", "運費", "Postage")), f"{words}: {heard.text}"
            await play.settled()
            assert words in (await play.cards())[-1].text
    own = f'\n[policies.customs]\nzh = "{DUTY[0]}"\nen = "{DUTY[1]}"\n'
    await play.imports("shop.toml", (play.made.shop_toml + own).encode())
    for language in LANGUAGES:
        for words in ASKED_OF_DUTY[language]:
            heard = await play.ask(play.buyer(language), words)
            assert in_language(language, *DUTY) in heard.text, f"{words}: {heard.text}"


@pytest.mark.parametrize(
    ("language", "words"), [("zh", "开票要加税点吗"), ("zh", "包裹在清关吗"), ("en", "can I get a tax invoice?")]
)
async def test_another_tax_is_not_duty(play: Play, language: str, words: str) -> None:
    """The tax on an invoice and a parcel held at the border are other matters."""
    own = f'\n[policies.customs]\nzh = "{DUTY[0]}"\nen = "{DUTY[1]}"\n'
    await play.imports("shop.toml", (play.made.shop_toml + own).encode())
    heard = await play.ask(play.buyer(language), words)
    assert in_language(language, *DUTY) not in heard.text, heard.text


@pytest.mark.parametrize("words", ["how much is the heavy duty canvas bag?", "is anyone on duty?", "a heavy-duty one"])
def test_another_duty_is_no_tax(words: str) -> None:
    """What is made to last and who is at work are no duty."""
    assert not asks_about_duty(words)
