"""What every table is made of: kinds of columns that are the same on SQLite and PostgreSQL."""

from datetime import UTC, datetime, timedelta
from typing import Any, ClassVar

from sqlalchemy import (
    JSON,
    BigInteger,
    CheckConstraint,
    Column,
    Dialect,
    Index,
    Integer,
    MetaData,
    Text,
    TypeDecorator,
    bindparam,
    text,
)
from sqlalchemy.dialects.postgresql import JSONB

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)


class Direct:
    """A type whose `bound` makes of a value, if it is not None, what any driver takes."""

    bound: ClassVar["staticmethod[[Any], Any]"]

    def process_bind_param(self, value: Any, dialect: Dialect) -> Any:
        """SQLAlchemy's way to it."""
        return None if value is None else self.bound(value)


class Moment(Direct, TypeDecorator[datetime]):
    """An aware UTC time, kept as whole microseconds since 1970: exact, ordered, and the same on every database."""

    impl = BigInteger
    cache_ok = True
    bound = staticmethod(lambda value: (value - _EPOCH) // _MICROSECOND)

    def process_result_value(self, value: int | None, dialect: Dialect) -> datetime | None:
        return None if value is None else _EPOCH + timedelta(microseconds=value)


def characters(text: str) -> str:
    """The text with what is no character replaced."""
    if "\x00" in text:
        text = text.replace("\x00", "\ufffd")
    if text.isascii():
        return text
    try:
        text.encode()
    except UnicodeEncodeError:
        return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return text


class Words(Direct, TypeDecorator[str]):
    """Text of any origin. What is no character (NUL, half of a pair) is kept as � — a database may refuse it."""

    impl = Text
    cache_ok = True
    bound = staticmethod(characters)


Id = BigInteger().with_variant(Integer, "sqlite")
"""A client-made id (`ids.new_id`). On SQLite it must be INTEGER to be the rowid itself."""

Json = JSON(none_as_null=True).with_variant(JSONB(none_as_null=True), "postgresql")

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "pk": "pk_%(table_name)s",
    }
)


def only(column: str, *values: str) -> CheckConstraint:
    """A check that a column holds one of these words."""
    return CheckConstraint(f"{column} IN ({', '.join(repr(one) for one in values)})", name=column)


def only_where(condition: str, name: str, *columns: str, unique: bool = False) -> Index:
    """An index of few of a table's rows: it stays small, and a reply has fewer pages to write."""
    given = text(condition)
    return Index(name, *columns, unique=unique, sqlite_where=given, postgresql_where=given)


def given(name: str, column: Column[Any]) -> Any:
    """A value on its way through a SELECT into this column."""
    return bindparam(name, type_=column.type).label(column.name)


def must(name: str, kind: Any, *more: Any, **options: Any) -> Column[Any]:
    return Column(name, kind, *more, nullable=False, **options)
