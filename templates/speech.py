"""Saying a thing: the template of that name, in the hearer's language, script and tone."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from jinja2 import FileSystemLoader, StrictUndefined, Template, TemplateNotFound, meta
from jinja2.sandbox import ImmutableSandboxedEnvironment

from core.answering.values import Answer, Button, Fact
from templates.filters import FILTERS
from templates.own import OwnText
from templates.voice import Voice, finished, traditional

log = logging.getLogger(__name__)
FOLDER = Path(__file__).parent


class Speech:
    """All templates, compiled once. Buyers' and sellers' words are escaped; a missing value is an error, never a blank."""

    def __init__(self, folder: Path = FOLDER) -> None:
        self._environment = ImmutableSandboxedEnvironment(
            loader=FileSystemLoader(folder),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            auto_reload=False,
            cache_size=-1,
        )
        self._environment.filters.update(FILTERS)
        self._own_script: dict[tuple[str, str], bool] = {}
        self._templates: dict[str, Template] = {}
        self._own: Mapping[tuple[str, str], OwnText] = {}

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
        parse = self._environment.parse
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
        own = hant and self._has_own(whom, name)
        path = f"{'zh_hant' if own else voice.language}/{whom}/{name}.j2"
        template = self._templates.get(path)
        if template is None:  # the environment's own cache makes sure of more than is needed here
            template = self._templates[path] = self._environment.get_template(path)
            template.globals = dict(template.globals)  # jinja looks through two maps for each rendering otherwise
        text = finished(template.render(values, voice=voice, tone=voice.tone.value), voice)
        return traditional(text) if hant and not own else text

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

    def _has_own(self, whom: str, name: str) -> bool:
        """Whether this thing has a Traditional wording of its own; else it is made from the Simplified one."""
        key = whom, name
        if key not in self._own_script:
            try:
                self._environment.get_template(f"zh_hant/{whom}/{name}.j2")
                self._own_script[key] = True
            except TemplateNotFound:
                self._own_script[key] = False
        return self._own_script[key]
