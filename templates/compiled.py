"""The templates that come with the program, each compiled once for all who say it."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path

from jinja2 import FileSystemLoader, StrictUndefined, Template, TemplateNotFound
from jinja2.sandbox import ImmutableSandboxedEnvironment

from templates.filters import FILTERS


class Compiled:
    """Jinja's templates of one folder, by their path below it. Buyers' and sellers' words are escaped; a missing value is an
    error, never a blank."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.environment = ImmutableSandboxedEnvironment(
            loader=FileSystemLoader(folder),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            auto_reload=False,
            cache_size=0,
        )
        self.environment.filters.update(FILTERS)
        self._templates: dict[str, Template | None] = {}

    def get(self, path: str) -> Template | None:
        """The template; None where there is no such file."""
        try:
            return self._templates[path]
        except KeyError:
            made = self._templates[path] = self._made(path)
            return made

    def each(self, whom: str) -> Iterator[str]:
        """The path of everything said to "buyer" or "seller", each as soon as it is compiled, which takes it a millisecond or two."""
        for found in self._folder.glob(f"*/{whom}/*.j2"):
            path = found.relative_to(self._folder).as_posix()
            self.get(path)
            yield path

    def _made(self, path: str) -> Template | None:
        try:
            template = self.environment.get_template(path)
        except TemplateNotFound:
            return None
        template.globals = dict(template.globals)  # jinja looks through two maps for each rendering otherwise
        return template


@cache
def compiled(folder: Path) -> Compiled:
    """The templates of this folder, the same for all who ask."""
    return Compiled(folder)
