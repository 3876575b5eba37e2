"""Texts of a seller's own: a template that has passed `checking`, said within limits. Whatever goes wrong is a sentence."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from functools import cache
from types import TracebackType
from typing import Any

from jinja2 import StrictUndefined, Template, UndefinedError, pass_context
from jinja2.runtime import Context
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup

from core.money import Money
from templates.checking import ALLOWED, Flaw, Reason, check
from templates.filters import FILTERS, clock, day, moment, money
from templates.voice import Voice, finished, traditional

MOST_SAID = 20_000
"""Characters a template may come to: what it says is cut into messages after that, not before."""


@dataclass(frozen=True, slots=True)
class OwnText:
    """A seller's template that may be said. `needs` are the names that must be given."""

    source: str
    needs: frozenset[str]
    _template: Template = field(repr=False, compare=False)

    def say(self, voice: Voice, values: Mapping[str, Any]) -> str | Flaw:
        """The HTML, in the hearer's script; or why it cannot be said with these values, and in which line."""
        said: list[str] = []
        length = 0
        try:
            for part in self._template.generate(values, voice=voice, tone=voice.tone.value):
                said.append(part)
                length += len(part)
                if length > MOST_SAID:
                    return Flaw(1, Reason.TOO_MUCH, str(MOST_SAID))
        except UndefinedError as error:
            return Flaw(_line(error.__traceback__), Reason.MISSING, _missing(error))
        except Exception as error:  # values are a seller's too: any filter may meet anything
            return Flaw(_line(error.__traceback__), Reason.WRONG)
        text = finished("".join(said).encode("utf-8", "replace").decode().replace("\x00", ""), voice)
        if not text:
            return Flaw(1, Reason.EMPTY)
        return traditional(text) if voice.language == "zh" and voice.script == "hant" else text


def read(source: str, names: Collection[str] | None = None) -> OwnText | tuple[Flaw, ...]:
    """The text in this source; or every reason why not, by line. With `names` it may use no others."""
    source = source.encode("utf-8", "replace").decode().replace("\x00", "")
    source = source.replace("\r\n", "\n").replace("\r", "\n")  # lines as Jinja counts them
    environment = _environment()
    checked = check(source, environment, names)
    if checked.flaws:
        return checked.flaws
    return OwnText(source, checked.needs, environment.from_string(source))


class _Environment(ImmutableSandboxedEnvironment):
    """Jinja's sandbox, in which values have parts but nothing that can be called."""

    def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:
        return super().is_safe_attribute(obj, attr, value) and not callable(value)

    def is_safe_callable(self, obj: Any) -> bool:
        return False


@pass_context
def _spoken(context: Context, value: Any) -> Any:
    """A value as it is said when no filter tells how. TypeError for what nobody would say."""
    if isinstance(value, StrictUndefined):
        return str(value)  # it raises
    if isinstance(value, Money):
        return money(context, value)
    if isinstance(value, datetime):
        return moment(context, value)
    if isinstance(value, date):
        return day(context, value)
    if isinstance(value, time):
        return clock(value)
    if isinstance(value, str | Markup) or (isinstance(value, int | float) and not isinstance(value, bool)):
        return value
    raise TypeError(type(value).__name__)


@cache
def _environment() -> _Environment:
    environment = _Environment(
        autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True, finalize=_spoken, cache_size=0
    )
    given = {name: environment.filters[name] for name in ("join", "default")}
    environment.filters.clear()
    environment.filters.update(given | {name: FILTERS[name] for name in ALLOWED - given.keys()})
    for name in environment.tests.keys() - {"defined", "none"}:
        del environment.tests[name]
    environment.globals.clear()
    return environment


def _missing(error: UndefinedError) -> str:
    """The name that was not given: "'title' is undefined", "'Item' has no attribute 'title'"."""
    words = str(error.message or "").split("'")
    return words[-2] if len(words) > 2 else ""


def _line(trace: TracebackType | None) -> int:
    """The line of the template in which it happened."""
    return max([1, *(at for name, at in _frames(trace) if name == "<template>")])


def _frames(trace: TracebackType | None) -> Iterator[tuple[str, int]]:
    while trace is not None:
        yield trace.tb_frame.f_code.co_filename, trace.tb_lineno
        trace = trace.tb_next
