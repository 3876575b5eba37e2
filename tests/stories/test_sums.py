"""Several things wanted together: what they come to."""

from tests.made_shop import in_language
from tests.play import LANGUAGES, Play, numbers


async def test_two_goods_together(play: Play) -> None:
    """One of this and two of that: each price, and what it comes to; the postage is that of the whole."""
    one, (other, _) = play.made.plenty, play.made.pair
    for language in LANGUAGES:
        words = in_language(
            language,
            f"一个{one.title}加两个{other.title}一共多少钱",
            f"the {one.title_en} and two {other.title_en} together, how much?",
        )
        heard = await play.ask(play.buyer(language), words)
        said = numbers(heard.text)
        prices = {one.price for one in play.made.pair}
        least, most = one.price + 2 * min(prices), one.price + 2 * max(prices)
        assert least in said, heard.text
        assert most in said, heard.text


async def test_prices_side_by_side_are_not_added(play: Play) -> None:
    """Who asks what two things cost is not told a sum nobody asked for."""
    one, other = play.made.plenty, play.made.cousin
    for language in LANGUAGES:
        words = in_language(
            language, f"{one.title}和{other.title}多少钱", f"how much are the {one.title_en} and the {other.title_en}?"
        )
        heard = await play.ask(play.buyer(language), words)
        assert in_language(language, "加起来", "Together that") not in heard.text
