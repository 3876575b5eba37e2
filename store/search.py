"""Full-text search: words in, rows out, the same on SQLite (FTS5) and on PostgreSQL (tsvector).

The words are ours (`core.tokens`), kept joined by spaces: neither database would find two Chinese characters by itself.
"""

from functools import lru_cache

from sqlalchemy import Column, Dialect, Integer, MetaData, Table, Text, TypeDecorator
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement

from core.tokens import tokens
from store.tables import Id, characters

_words = MetaData()  # made by hand in the first migration: one kind of table here, another there

message_words = Table("message_words", _words, Column("rowid", Id, primary_key=True), Column("words", Text))
"""`rowid` is the id of a message, or of a version of one."""

product_words = Table("product_words", _words, Column("rowid", Id, primary_key=True), Column("words", Text))
"""`rowid` is the id of a variant."""


@lru_cache(maxsize=512)
def words(*texts: str) -> str:
    """What is kept for these texts to be found by. The latest are remembered: buyers of one shop ask the same few things,
    and are told the same."""
    return " ".join(dict.fromkeys(one for text in texts for one in tokens(characters(text))))


def wanted(text: str) -> tuple[str, ...]:
    """What a search for this text looks for: all of these words. Empty when the text holds none."""
    return tuple(tokens(characters(text)))


class Query(TypeDecorator[tuple[str, ...]]):
    """The words of `wanted`, in the database's own way to say "all of them", each exactly as it is."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: tuple[str, ...] | None, dialect: Dialect) -> str:
        if dialect.name == "sqlite":
            return " AND ".join('"' + one.replace('"', '""') + '"' for one in value or ())
        return " & ".join("'" + one.replace("\\", "\\\\").replace("'", "''") + "'" for one in value or ())


class as_words(FunctionElement[str]):
    """A parameter holding `words(…)`, on its way into a table of words."""

    inherit_cache = True
    type = Text()


class finds(FunctionElement[int]):
    """Whether a table of words (its `words` column) holds all words of a `Query`."""

    inherit_cache = True
    type = Integer()  # as a Boolean, SQLite would be asked "MATCH … = 1", which it cannot answer


@compiles(as_words)
def _words_sqlite(element: as_words, compiler: SQLCompiler, **options: object) -> str:
    return compiler.process(element.clauses, **options)


@compiles(as_words, "postgresql")
def _words_postgresql(element: as_words, compiler: SQLCompiler, **options: object) -> str:
    return f"array_to_tsvector(array_remove(string_to_array({compiler.process(element.clauses, **options)}, ' '), ''))"


@compiles(finds)
def _finds_sqlite(element: finds, compiler: SQLCompiler, **options: object) -> str:
    column, query = element.clauses
    return f"{compiler.process(column, **options)} MATCH {compiler.process(query, **options)}"


@compiles(finds, "postgresql")
def _finds_postgresql(element: finds, compiler: SQLCompiler, **options: object) -> str:
    column, query = element.clauses
    return f"{compiler.process(column, **options)} @@ CAST({compiler.process(query, **options)} AS TSQUERY)"
