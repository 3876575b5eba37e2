"""What can go wrong with the memory, each named as the fact it is and said as a sentence."""

OF_A_VALUE, OF_A_STATEMENT = "22", "42"
"""Classes of SQLSTATE that will not change by waiting for the database: it takes no such value, or does not understand."""


def sqlstate_class(error: BaseException | None) -> str:
    """The class of what PostgreSQL refused; "" where it says none, or another database speaks."""
    return str(getattr(error, "sqlstate", None) or "")[:2]


class StoreError(Exception):
    """Anything the memory could not do. The text is a sentence for whoever runs the shop."""


class RowRefused(StoreError):
    """A constraint refused the unit (something that may happen once had happened). Nothing of the unit was written."""


class NothingTouched(StoreError):
    """A write that insists on a row found none. Nothing of its unit was written."""


class DatabaseUnavailable(StoreError):
    """The database could not be written or read now: disk full, locked, connection lost. Trying later is right."""


class DatabaseInUse(StoreError):
    """Another process runs this shop on the same database."""


class DatabaseDamaged(StoreError):
    """The file is no database any more, or its pages contradict each other."""


class NotOurDatabase(StoreError):
    """The database holds somebody else's tables."""


class SchemaTooNew(StoreError):
    """The database was written by a newer version of this program."""
