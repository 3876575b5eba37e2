"""What a template of a seller's own may hold, and why one is refused: line, reason, the words that are meant.

Jinja's sandbox keeps a template from our inside. It does not keep one from never ending, or from a gigabyte of spaces. So a
seller's template is read before it is compiled, and may hold only: text, values and their parts, `if` with comparisons, one
`for` over a list, and ten filters.
"""

import re
import unicodedata
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from jinja2 import Environment, TemplateSyntaxError, nodes

from core.markup import unsound
from templates.filters import FILTERS

LONGEST = 8_000
"""Characters of a template."""
ALLOWED = frozenset("money day clock moment dot bare lead circled join default".split())
"""The filters a seller may use."""
RESERVED = frozenset("voice tone loop self super caller varargs kwargs".split())
"""Names that are ours or Jinja's."""
_LOOP = frozenset(("index", "first", "last"))
_TESTS = frozenset(("defined", "none"))
_DEEPEST, _NESTED, _BRANCHES = 20, 6, 50
_LARGEST = 10**12
_HOLDER = "\ue000"
"""Stands where a value will stand, while the mark-up around it is looked at."""


class Reason(StrEnum):
    """Why a template is refused; each has its sentence in `template_refused`. The last three are found when it is said."""

    EMPTY = "empty"
    TOO_LONG = "too_long"
    BROKEN = "broken"
    TAG = "tag"
    FILTER = "filter"
    TEST = "test"
    CALL = "call"
    HIDDEN = "hidden"
    RESERVED = "reserved"
    UNKNOWN = "unknown"
    RECKONING = "reckoning"
    VALUE = "value"
    LOOP = "loop"
    LOOP_IN_LOOP = "loop_in_loop"
    DEEP = "deep"
    MARKUP = "markup"
    MISSING = "missing"
    WRONG = "wrong"
    TOO_MUCH = "too_much"


@dataclass(frozen=True, slots=True)
class Flaw:
    """One thing wrong with a template. `line` counts from 1; `near` is what may have been meant."""

    line: int
    reason: Reason
    what: str = ""
    near: str = ""


@dataclass(frozen=True, slots=True)
class Checked:
    """What was found: the flaws, in the order of their lines, and the names that must be given to say it."""

    flaws: tuple[Flaw, ...]
    needs: frozenset[str]


def check(source: str, environment: Environment, names: Collection[str] | None = None) -> Checked:
    """Look a seller's template over. With `names`, any other name is a flaw too.

    Nothing is compiled or rendered; what Jinja makes of any text of 8,000 characters is caught here.
    """
    if not source.strip():
        return Checked((Flaw(1, Reason.EMPTY),), frozenset())
    if len(source) > LONGEST:
        return Checked((Flaw(1, Reason.TOO_LONG, str(len(source))),), frozenset())
    try:
        tree = environment.parse(source)
    except TemplateSyntaxError as error:
        return Checked((_broken(source, error),), frozenset())
    except RecursionError:
        return Checked((Flaw(1, Reason.DEEP),), frozenset())
    except (ValueError, OverflowError):  # a number of more digits than Python reads
        return Checked((Flaw(1, Reason.VALUE),), frozenset())
    look = _Look(source, names)
    look.body(tree.body, 0)
    flaws = sorted(dict.fromkeys(look.flaws), key=lambda flaw: flaw.line)
    return Checked(tuple(flaws), frozenset(look.needs))


def _broken(source: str, error: TemplateSyntaxError) -> Flaw:
    line = min(max(error.lineno, 1), source.count("\n") + 1)
    if (unknown := re.match(r"Encountered unknown tag '(\w+)'", error.message or "")) is not None:
        return Flaw(line, Reason.TAG, unknown[1])
    if (unknown := re.match(r"No (filter|test) named '(.+?)'", error.message or "")) is not None:
        return Flaw(line, Reason.FILTER if unknown[1] == "filter" else Reason.TEST, unknown[2])
    return Flaw(line, Reason.BROKEN, source.split("\n")[line - 1].strip()[:60])


class _Look:
    """Goes through the tree once and collects."""

    def __init__(self, source: str, names: Collection[str] | None) -> None:
        self.flaws: list[Flaw] = []
        self.needs: set[str] = set()
        self._names = names
        self._lines = source.count("\n") + 1
        self._looped: list[frozenset[str]] = []

    def _add(self, node: nodes.Node, reason: Reason, what: str = "", near: str = "") -> None:
        line = min(max(node.lineno or 1, 1), self._lines)
        self.flaws.append(Flaw(line, reason, what[:60], near))

    # statements

    def body(self, body: Sequence[nodes.Node], depth: int) -> None:
        """A list of statements: of the whole template, a branch or a loop. Tags opened in it are closed in it."""
        if depth > _NESTED:
            self.flaws += [Flaw(min(body[0].lineno, self._lines), Reason.DEEP)] if body else []
            return
        for node in body:
            if isinstance(node, nodes.Output):
                for part in node.nodes:
                    if not isinstance(part, nodes.TemplateData):
                        self._value(part, 0)
            elif isinstance(node, nodes.If):
                self._branches(node, depth)
            elif isinstance(node, nodes.For):
                self._loop(node, depth)
            else:
                self._add(node, Reason.TAG, _TAGS.get(type(node), type(node).__name__.lower()))
        self._markup(body)

    def _branches(self, node: nodes.If, depth: int) -> None:
        if len(node.elif_) > _BRANCHES:
            self._add(node, Reason.DEEP)
            return
        for one in (node, *node.elif_):
            self._value(one.test, 0)
            self.body(one.body, depth + 1)
        self.body(node.else_, depth + 1)

    def _loop(self, node: nodes.For, depth: int) -> None:
        targets = node.target.items if isinstance(node.target, nodes.Tuple) else [node.target]
        names = frozenset(one.name for one in targets if isinstance(one, nodes.Name))
        if node.recursive or node.test is not None or node.else_ or len(names) < len(targets) or len(targets) > 2:
            self._add(node, Reason.LOOP)
        if not _is_list(node.iter):
            self._add(node, Reason.LOOP)
        for name in sorted(names):
            if name in RESERVED or _is_hidden(name):
                self._add(node, Reason.RESERVED, name)
        self._value(node.iter, 0)
        if self._looped:
            self._add(node, Reason.LOOP_IN_LOOP)
            return
        self._looped.append(names)
        self.body(node.body, depth + 1)
        self._looped.pop()

    # values

    def _value(self, node: nodes.Node, depth: int, may_be_absent: bool = False) -> None:
        if depth > _DEEPEST:
            self._add(node, Reason.DEEP)
        elif isinstance(node, nodes.Name):
            self._name(node, may_be_absent)
        elif isinstance(node, nodes.Getattr):
            self._part(node, depth)
        elif isinstance(node, nodes.Const):
            self._constant(node)
        elif isinstance(node, nodes.Filter):
            self._filter(node, depth)
        elif isinstance(node, nodes.Test):
            if node.name not in _TESTS or node.args or node.kwargs:
                self._add(node, Reason.TEST, node.name)
            self._value(node.node, depth + 1, may_be_absent=node.name == "defined")
        elif isinstance(node, nodes.Tuple) and all(isinstance(one, nodes.Const) for one in node.items):
            self._each(node.items, depth)
        elif isinstance(node, nodes.Compare | nodes.Operand | nodes.And | nodes.Or | nodes.Not):
            self._each(node.iter_child_nodes(), depth)
        elif isinstance(node, nodes.Call):
            self._add(node, Reason.CALL, _spelled(node.node))
        elif isinstance(node, nodes.BinExpr | nodes.UnaryExpr | nodes.Concat):
            self._add(node, Reason.RECKONING, getattr(node, "operator", None) or "~")
        else:
            self._add(node, Reason.VALUE, _spelled(node))

    def _each(self, many: Sequence[nodes.Node] | Iterator[nodes.Node], depth: int) -> None:
        for one in many:
            self._value(one, depth + 1)

    def _name(self, node: nodes.Name, may_be_absent: bool) -> None:
        name = node.name
        if _is_hidden(name):
            self._add(node, Reason.HIDDEN, name)
        elif name in RESERVED:
            self._add(node, Reason.RESERVED, name)
        elif not any(name in looped for looped in self._looped):
            if self._names is not None and name not in self._names:
                self._add(node, Reason.UNKNOWN, name, _near(name, self._names))
            elif not may_be_absent:
                self.needs.add(name)

    def _part(self, node: nodes.Getattr, depth: int) -> None:
        if isinstance(node.node, nodes.Name) and node.node.name == "loop" and self._looped:
            if node.attr not in _LOOP:
                self._add(node, Reason.RESERVED, f"loop.{node.attr}")
            return
        if _is_hidden(node.attr):
            self._add(node, Reason.HIDDEN, node.attr)
        self._value(node.node, depth + 1)

    def _constant(self, node: nodes.Const) -> None:
        value = node.value
        is_number = type(value) is int and abs(value) < _LARGEST
        if not (value is None or isinstance(value, bool | str) or is_number):
            self._add(node, Reason.VALUE, str(value)[:20] if not isinstance(value, int) else "")

    def _filter(self, node: nodes.Filter, depth: int) -> None:
        if node.node is None or node.name not in ALLOWED:
            self._add(node, Reason.FILTER, node.name, _near(node.name, ALLOWED))
        elif node.name in ("join", "default"):
            is_plain = len(node.args) <= 1 and all(
                isinstance(one, nodes.Const) and isinstance(one.value, str) for one in node.args
            )
            if not is_plain or node.kwargs or node.dyn_args or node.dyn_kwargs:
                self._add(node, Reason.FILTER, node.name)
        elif node.args or node.kwargs or node.dyn_args or node.dyn_kwargs:
            self._add(node, Reason.FILTER, node.name)
        if node.node is not None:
            self._value(node.node, depth + 1, may_be_absent=node.name == "default")

    # mark-up

    def _markup(self, body: Sequence[nodes.Node]) -> None:
        """Look at the tags of this list of statements, a holder standing for each value, branch and loop in it."""
        text, starts = "", []
        for node in body:
            for part in node.nodes if isinstance(node, nodes.Output) else [node]:
                if isinstance(part, nodes.TemplateData):
                    starts.append((len(text), part.lineno))
                    text += part.data
                else:
                    text += _HOLDER
        for one in unsound(text):
            start, line = max((entry for entry in starts if entry[0] <= one.at), default=(0, 1))
            line = min(line + text.count("\n", start, one.at), self._lines)
            self.flaws.append(Flaw(line, Reason.MARKUP, one.tag.replace(_HOLDER, "…")[:30]))


_TAGS: dict[type[nodes.Node], str] = {
    nodes.Assign: "set", nodes.AssignBlock: "set", nodes.CallBlock: "call", nodes.FilterBlock: "filter", nodes.FromImport: "from",
    nodes.Scope: "with", nodes.With: "with",
}  # fmt: skip


def _is_list(node: nodes.Node) -> bool:
    """A name, or a part of one."""
    for _ in range(_DEEPEST):
        if not isinstance(node, nodes.Getattr):
            break
        node = node.node
    return isinstance(node, nodes.Name)


def _is_hidden(name: str) -> bool:
    return unicodedata.normalize("NFKC", name).startswith("_")


def _near(name: str, names: Collection[str]) -> str:
    from difflib import get_close_matches

    return next(iter(get_close_matches(name[:60], sorted(names), 1, 0.6)), "")


def _spelled(node: nodes.Node) -> str:
    """The name a piece begins with, as the seller wrote it; "" when there is none."""
    if isinstance(node, nodes.Name):
        return node.name
    return node.attr if isinstance(node, nodes.Getattr) else ""


assert ALLOWED - {"join", "default"} <= set(FILTERS)
