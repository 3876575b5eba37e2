"""What buyers send without words: stickers, voice notes, pictures, places and contacts. Each gets something kind and true, or is
kept silently on purpose, and the seller sees it."""

import pytest

from sandbox.people import Person
from tests.made_shop import in_language
from tests.play import LANGUAGES, OpenShop, Play, numbers
from tests.stories.handing_over import handed_over_lines

DELAY = 2.5
SENT = {
    "voice": ("语音", "voice message", "🎤"),
    "photo": ("图片", "picture", "🖼"),
    "location": ("位置", "location", "📍"),
    "contact": ("联系方式", "contact", "👤"),
}


async def sends(buyer: Person, kind: str) -> None:
    match kind:
        case "sticker":
            await buyer.sends_sticker()
        case "voice":
            await buyer.sends_voice()
        case "photo":
            await buyer.sends_photo()
        case "location":
            await buyer.sends(location={"latitude": 30.25, "longitude": 120.15})
        case _:
            await buyer.sends(contact={"phone_number": "+8613800000000", "first_name": "林"})


@pytest.mark.parametrize("kind", SENT)
async def test_alone(play: Play, kind: str) -> None:
    """What came is named to the buyer, the seller gets it and a card that says what it is."""
    for language in LANGUAGES:
        buyer = play.buyer(language)
        await play.cards()
        await sends(buyer, kind)
        heard = await play.only(buyer)
        zh, en, sign = SENT[kind]
        (line,) = handed_over_lines(heard.text, language)
        assert in_language(language, zh, en) in line
        await play.settled()
        assert sign in (await play.cards())[-1].text


async def test_when_the_shop_is_closed(play: Play) -> None:
    """It is answered and shown at night too."""
    await play.wait(14 * 3600)
    for kind in SENT:
        buyer = play.buyer("zh")
        await sends(buyer, kind)
        (line,) = handed_over_lines((await play.only(buyer)).text, "zh")
        assert SENT[kind][0] in line


async def test_a_sticker_greets_and_asks_nothing(play: Play) -> None:
    """The first thing of all is greeted; in the midst of a talk, and while somebody waits for the shopkeeper, it is let be."""
    one = play.made.plenty
    for language in LANGUAGES:
        buyer = play.buyer(language)
        await sends(buyer, "sticker")
        assert not handed_over_lines((await play.only(buyer)).text, language)
        await play.ask(buyer, in_language(language, f"{one.title}有货吗", f"is the {one.title_en} in stock?"))
        await sends(buyer, "sticker")
        await play.settled()
        assert not await buyer.hears_all()
        heard = await play.ask(buyer, in_language(language, "多少钱", "how much is it?"))
        assert one.price in numbers(heard.text), heard.text


@pytest.mark.parametrize("kind", ["voice", "location", "contact"])
async def test_between_lines(open_shop: OpenShop, kind: str) -> None:
    """Within one turn the lines are answered, and what came between them is with the shopkeeper: both are said."""
    play = await open_shop(reply_delay=DELAY)
    one = play.made.plenty
    for language in LANGUAGES:
        buyer = play.buyer(language)
        await play.cards()
        await buyer.says(in_language(language, f"{one.title}多少钱", f"how much is the {one.title_en}?"))
        await sends(buyer, kind)
        await play.settled()
        await play.wait(DELAY)
        heard = await play.only(buyer)
        zh, en, sign = SENT[kind]
        assert one.price in numbers(heard.text), heard.text
        assert any(in_language(language, zh, en) in line for line in handed_over_lines(heard.text, language))
        await play.settled()
        assert sign in (await play.cards())[-1].text
