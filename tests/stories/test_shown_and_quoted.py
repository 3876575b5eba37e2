"""A picture with words, and a line that answers an older message by quoting it."""

from tests.made_shop import in_language
from tests.play import LANGUAGES, Play


async def test_a_picture_of_what_is_asked_for(play: Play) -> None:
    """ "Do you have this one?" under a picture: a person looks at it, and nobody is asked what it is."""
    for language in LANGUAGES:
        buyer = play.buyer(language)
        await play.cards()
        await buyer.sends_photo(caption=in_language(language, "这个有货吗", "do you have this one in stock?"))
        heard = await buyer.hears()
        assert not heard.text.rstrip().endswith(("？", "?")), heard.text
        await play.settled()
        assert await play.cards()


async def test_a_picture_with_the_name_of_goods(play: Play) -> None:
    """The words name the goods: they are answered, whatever the picture shows."""
    one = play.made.plenty
    for language in LANGUAGES:
        buyer = play.buyer(language)
        await buyer.sends_photo(caption=in_language(language, f"{one.title}有货吗", f"is the {one.title_en} in stock?"))
        assert f"{one.stock} " in (await buyer.hears()).text


async def test_what_is_quoted_is_what_is_meant(play: Play) -> None:
    """Two things were spoken of; a question under the older message is about the older thing."""
    one, other = play.made.plenty, play.made.cousin
    for language in LANGUAGES:
        buyer = play.buyer(language)
        first = await play.ask(buyer, in_language(language, f"{one.title}有货吗", f"is the {one.title_en} in stock?"))
        await play.ask(buyer, in_language(language, f"{other.title}有货吗", f"is the {other.title_en} in stock?"))
        await buyer.replies_to(first, in_language(language, "多少钱", "how much is it?"))
        heard = await buyer.hears()
        assert f"¥{one.price}" in heard.text, heard.text
        assert f"¥{other.price}" not in heard.text, heard.text
