"""The shop speaks as the buyer writes: language and script, until /lang pins them (S4 tip 1)."""

from tests.made_shop import in_language
from tests.play import LANGUAGES, Play


async def test_the_reply_follows_language_and_script(play: Play) -> None:
    """Whatever the phone is set to, the answer comes in the language and script of the line, line by line."""
    made = play.made
    buyer = play.buyer("en")
    for language in ("zh", "zh_hant", "en", "zh"):
        heard = await play.ask(buyer, in_language(language, "怎么保修", "how does the warranty work?"))
        wanted = in_language(
            language, f"保修 {made.warranty_months} 个月", f"The warranty is {made.warranty_months} months"
        )
        assert wanted in heard.text


async def test_a_line_that_tells_no_language_keeps_the_last_one(play: Play) -> None:
    """What tells no language, such as a command, is answered in the one spoken before, whatever the phone is set to."""
    one = play.made.plenty
    for language in LANGUAGES:
        buyer = play.buyer("zh" if language == "en" else "en")
        await play.ask(buyer, in_language(language, "怎么保修", "how does the warranty work?"))
        heard = await play.ask(buyer, in_language(language, f"{one.title}有货吗", f"is the {one.title_en} in stock?"))
        assert one.named(language) in heard.text
        shown = await play.ask(buyer, f"/start i_{one.sku}")
        assert one.named(language) in shown.text


async def test_lang_pins_the_language(play: Play) -> None:
    """/lang chooses a language for good, whatever is written after; its buttons do the same."""
    for pinned, argument in (("zh", "zh"), ("zh_hant", "zh_hant"), ("en", "en")):
        for language in LANGUAGES:
            buyer = play.buyer(language)
            await play.ask(buyer, f"/lang {argument}")
            heard = await play.ask(buyer, in_language(language, "什么时候发货", "when do you ship"))
            assert play.made.carrier_in(pinned) in heard.text
            assert in_language(pinned, "快递单上有什么要备注的吗", "Anything the courier should know") in heard.text
    buyer = play.buyer("en")
    menu = await play.ask(buyer, "/lang")
    assert menu.buttons == [["简体中文"], ["繁體中文"], ["English"]]
    await buyer.taps("繁體中文", on=menu)
    assert "繁體中文" in (await play.only(buyer)).text
    heard = await play.ask(buyer, "when do you ship")
    assert "快遞單上有什麼要備註的嗎" in heard.text


async def test_the_seller_reads_their_own_language(play: Play) -> None:
    """/lang in the seller's chat changes the seller's chat and no buyer's, and is kept over a restart."""
    await play.command("/lang en")
    for _ in range(2):
        assert "It needs the item's number" in (await play.command("/stock")).text
        assert "保修" in (await play.ask(play.buyer(), "怎么保修")).text
        await play.restart()
