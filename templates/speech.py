"""Saying a thing: the template of that name, in the hearer's language, script and tone."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from jinja2 import TemplateNotFound, meta

from core.answering.values import Answer, Button, Fact
from templates.compiled import compiled
from templates.own import OwnText
from templates.voice import Voice, finished, traditional

log = logging.getLogger(__name__)
FOLDER = Path(__file__).parent


class Speech:
    """Says the built-in templates, and the seller's own wordings in their place."""

    def __init__(self, folder: Path = FOLDER) -> None:
        self._built_in = compiled(folder)
        self._own: Mapping[tuple[str, str], OwnText] = {}

    def compiling(self) -> Iterator[str]:
        """What buyers are told, made ready before it is first said: the path of each template as soon as it is compiled."""
        return self._built_in.each("buyer")

    def lay(self, own: Mapping[tuple[str, str], OwnText]) -> None:
        """The seller's wordings, by (template, language), said to buyers in the place of the built-in ones. One that cannot
        be said with what there is to say gives way to the built-in one."""
        self._own = own

    def source(self, template: str, language: str) -> str:
        """The built-in wording of something said to buyers, as it is written; empty when there is none."""
        path = FOLDER / language / "buyer" / f"{template}.j2"
        return path.read_text(encoding="utf-8").rstrip() if template.isidentifier() and path.is_file() else ""

    def values_of(self, template: str) -> frozenset[str]:
        """What a wording of this template may speak of: what the built-in ones do."""
        parse = self._built_in.environment.parse
        found = [meta.find_undeclared_variables(parse(self.source(template, language))) for language in ("zh", "en")]
        return frozenset(found[0] | found[1]) - {"voice", "tone"}

    def buyer(self, template: str, voice: Voice, /, **values: Any) -> str:
        """The HTML of one thing said to a buyer. KeyError-like jinja errors when a value is missing."""
        return self._say("buyer", template, voice, values)

    def seller(self, template: str, voice: Voice, /, **values: Any) -> str:
        """The HTML of one thing said to the seller."""
        return self._say("seller", template, voice, values)

    def fact(self, fact: Fact, voice: Voice) -> str:
        return self._say("buyer", fact.name, voice, fact.values)

    def message(self, answer: Answer, voice: Voice) -> str:
        """The whole message of an answer: each fact a line, the closing question last."""
        return "\n".join(text for fact in answer.said if (text := self.fact(fact, voice)))

    def label(self, button: Button, voice: Voice) -> str:
        """A button's label: plain text, not HTML."""
        from html import unescape

        return unescape(self.fact(button.label, voice))[:64]

    def names(self, whom: str, language: str) -> frozenset[str]:
        """The templates there are for "buyer" or "seller" in a language."""
        return frozenset(path.stem for path in (FOLDER / language / whom).glob("*.j2"))

    def _say(self, whom: str, name: str, voice: Voice, values: Mapping[str, Any]) -> str:
        hant = voice.language == "zh" and voice.script == "hant"
        if self._own and whom == "buyer" and (said := self._own_words(name, voice, hant, values)) is not None:
            return said
        template = self._built_in.get(f"zh_hant/{whom}/{name}.j2") if hant else None
        is_traditional = template is not None
        if template is None:
            path = f"{voice.language}/{whom}/{name}.j2"
            if (template := self._built_in.get(path)) is None:
                raise TemplateNotFound(path)
        text = finished(template.render(values, voice=voice, tone=voice.tone.value), voice)
        return traditional(text) if hant and not is_traditional else text

    def _own_words(self, name: str, voice: Voice, hant: bool, values: Mapping[str, Any]) -> str | None:
        """The seller's own wording, said; None where there is none, or it cannot be said with these values."""
        laid = (self._own.get((name, "zh_hant")) if hant else None) or self._own.get((name, voice.language))
        if laid is None:
            return None
        said = laid.say(voice, values)
        if isinstance(said, str):
            return said
        log.warning(
            "the seller's wording of %s cannot be said: line %d, %s %s", name, said.line, said.reason, said.what
        )
        return None
