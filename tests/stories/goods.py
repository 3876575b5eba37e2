"""Asking after goods: what stories of goods share."""

from sandbox import Heard
from sandbox.people import Person
from tests.made_shop import Good, in_language
from tests.play import Play


async def asks_for(play: Play, buyer: Person, good: Good, language: str, more: str = "", more_en: str = "") -> Heard:
    """The buyer asks whether it is there."""
    return await play.ask(
        buyer,
        in_language(
            language,
            f"{good.title}{good.variant}有货吗{more}",
            f"is the {good.title_en} in {good.variant_en} in stock?{more_en}",
        ),
    )
