"""Two things asked about at once are answered at once: what one message is for."""

from sandbox import Heard
from tests.made_shop import Good, in_language
from tests.play import LANGUAGES, Play, numbers

SORRY = {"zh": "不好意思", "zh_hant": "不好意思", "en": "I'm sorry"}


def line_of(heard: Heard, good: Good, language: str) -> str:
    """The first line of the message that names a good."""
    found = [line for line in heard.text.split("\n") if good.named(language) in line]
    assert found, heard.text
    return found[0]


async def test_two_goods_in_two_questions(play: Play) -> None:
    """Each question is answered for its own thing, in one message, thing by thing, every fact with its name."""
    one, (other, twin) = play.made.plenty, play.made.pair
    for language in LANGUAGES:
        words = in_language(
            language,
            f"{one.title}有货吗？{other.title}有货吗？",
            f"is the {one.title_en} in stock? is the {other.title_en} in stock?",
        )
        heard = await play.ask(play.buyer(language), words)
        assert int(one.stock) in numbers(line_of(heard, one, language)), heard.text
        of_other = line_of(heard, other, language)
        assert {int(other.stock), int(twin.stock)} <= set(numbers(of_other)), heard.text
        assert heard.text.index(one.named(language)) < heard.text.index(other.named(language))
        assert any(one.price in numbers(line) and one.named(language) in line for line in heard.text.split("\n"))


async def test_two_goods_in_one_question(play: Play) -> None:
    """ "The bag and the lamp" are two things, and their prices are told apart."""
    one, other = play.made.plenty, play.made.cousin
    for language in LANGUAGES:
        words = in_language(
            language,
            f"{one.title}和{other.title}多少钱",
            f"how much are the {one.title_en} and the {other.title_en}?",
        )
        heard = await play.ask(play.buyer(language), words)
        for good in (one, other):
            assert good.price in numbers(line_of(heard, good, language)), heard.text


async def test_one_there_and_one_sold_out(play: Play) -> None:
    """What is there is told, what is gone is made good with the next best, and the buyer answers one question."""
    made = play.made
    one, gone, sister = made.plenty, made.sold_out, made.sister
    for language in LANGUAGES:
        words = in_language(
            language,
            f"{one.title}和{gone.variant}的{gone.title}有货吗",
            f"do you have the {one.title_en} and the {gone.title_en} in {gone.variant_en}?",
        )
        heard = await play.ask(play.buyer(language), words)
        assert int(one.stock) in numbers(line_of(heard, one, language)), heard.text
        sorry = line_of(heard, gone, language)
        assert SORRY[language] in sorry
        assert sister.shade(language) in heard.text
        assert len(heard.buttons) == 2, heard.buttons
        assert heard.text[-1] in "?？"


async def test_both_are_meant_by_what_follows(play: Play) -> None:
    """ "How much?" behind two things, in the same message or the next, is asked of both."""
    one, other = play.made.plenty, play.made.cousin
    for language in LANGUAGES:
        both = in_language(
            language,
            f"{one.title}和{other.title}有货吗",
            f"do you have the {one.title_en} and the {other.title_en}?",
        )
        more = in_language(language, "分别多少钱", "how much are they?")
        buyer = play.buyer(language)
        await play.ask(buyer, both)
        heard = await play.ask(buyer, more)
        assert {one.price, other.price} <= set(numbers(heard.text)), heard.text
        at_once = await play.ask(play.buyer(language), f"{both}? {more}")
        assert {one.price, other.price} <= set(numbers(at_once.text)), at_once.text
