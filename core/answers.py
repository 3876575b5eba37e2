"""Answers of the seller's own: to asks of their own, to asks of the list, and about one product."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from core.asks import OWN
from core.shop import Wordings

FOR_EVERYONE = frozenset(
    "promo carrier ship_fee ship_to return_exchange warranty authenticity payment invoice special_request".split()
)
"""Asks of the list that one answer may serve for everybody. The others are about one's own order, one product, or today."""
FOR_A_PRODUCT = frozenset("spec recommend warranty authenticity return_exchange special_request".split())
"""Asks that the seller's words may answer about one product. Stock and price are not among them: they change."""
OF_MANY_MEANINGS = frozenset("spec recommend special_request".split())
"""Asks that say little of what was asked: an answer holds only for a question like the one it was given to."""


@dataclass(frozen=True, slots=True)
class KeptAnswer:
    """What the seller said, in one language ("zh", "zh_hant" or "en").

    `product` is a sku, or "" where it holds for the whole shop; `question` the buyer's words it answers, where the ask
    alone does not tell them.
    """

    ask: str
    text: str
    language: str
    product: str = ""
    question: str = ""

    @property
    def key(self) -> tuple[str, str, str, str]:
        """What is answered: of two with the same, the later one counts."""
        return self.ask, self.product, self.question, self.language


@dataclass(frozen=True, slots=True)
class Answers:
    """All of them: (ask, product) → the questions and their wordings."""

    kept: Mapping[tuple[str, str], tuple[tuple[str, Wordings], ...]] = field(default_factory=dict)

    def to(self, ask: str) -> Wordings | None:
        """What this ask is answered with in the whole shop."""
        found = self.kept.get((ask, ""), ())
        return found[0][1] if found else None

    def about(self, ask: str, skus: tuple[str, ...]) -> tuple[tuple[str, Wordings], ...]:
        """What was said of these things, each with the question it answers: only what was said of every one of them,
        so that nothing is ever told of another product."""
        if not skus:
            return ()
        first, *others = (self.kept.get((ask, sku), ()) for sku in skus)
        return tuple(pair for pair in first if all(pair in more for more in others))

    @property
    def own(self) -> tuple[str, ...]:
        """The seller's own asks that have an answer."""
        return tuple(sorted(ask for ask, product in self.kept if not product and ask.startswith(OWN)))


def answers(rows: Iterable[KeptAnswer]) -> Answers:
    """Gather the languages of each answer."""
    texts: dict[tuple[str, str], dict[str, dict[str, str]]] = {}
    for one in rows:
        texts.setdefault((one.ask, one.product), {}).setdefault(one.question, {})[one.language] = one.text
    return Answers(
        {
            key: tuple((question, _wordings(wordings)) for question, wordings in questions.items())
            for key, questions in texts.items()
        }
    )


def speaks(text: Wordings, language: str) -> bool:
    """Whether it is there in this language ("zh" or "en")."""
    return bool(text.en if language == "en" else text.zh or text.zh_hant)


def _wordings(texts: dict[str, str]) -> Wordings:
    return Wordings(texts.get("zh", ""), texts.get("en", ""), texts.get("zh_hant", ""))
