"""Amounts of money: whole minor units with their currency, never floats."""

from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from functools import cache

from babel.core import get_global
from babel.numbers import get_currency_name, get_currency_precision

from core.frozen import frozen


class NotMoney(ValueError):
    """The text is not an amount of this currency; the message says why."""


@cache
def precision(currency: str) -> int:
    """Decimal places of a currency (ISO 4217): 2 for CNY, 0 for JPY."""
    return get_currency_precision(currency)


def is_currency(code: str) -> bool:
    """Whether `code` is a currency code of ISO 4217 such as CNY."""
    return code in get_global("all_currencies")


def currency_name(code: str, language: str) -> str:
    """What a currency is called in a language: 人民币; US Dollar."""
    return get_currency_name(code, locale=language)


@frozen
class Money:
    """`minor` units of `currency`: Money(12950, "CNY") is 129.50 yuan."""

    minor: int
    currency: str

    @property
    def amount(self) -> Decimal:
        """The amount in major units, exact."""
        return Decimal(self.minor).scaleb(-precision(self.currency))

    def __add__(self, other: "Money") -> "Money":
        return Money(self.minor + self._same(other), self.currency)

    def __sub__(self, other: "Money") -> "Money":
        return Money(self.minor - self._same(other), self.currency)

    def __mul__(self, times: int) -> "Money":
        return Money(self.minor * times, self.currency)

    def __lt__(self, other: "Money") -> bool:
        return self.minor < self._same(other)

    def __le__(self, other: "Money") -> bool:
        return self.minor <= self._same(other)

    def _same(self, other: "Money") -> int:
        if other.currency != self.currency:
            raise ValueError(f"{other.currency} cannot be reckoned with {self.currency}")
        return other.minor

    @classmethod
    def of(cls, amount: Decimal | int | str, currency: str) -> "Money":
        """Parse an amount in major units, e.g. "129.50". NotMoney when it is negative, too fine or no number."""
        try:
            value = Decimal(str(amount).strip().replace(",", ""))
        except InvalidOperation:
            raise NotMoney("not a number") from None
        if not value.is_finite():
            raise NotMoney("not a number")
        if value < 0:
            raise NotMoney("negative")
        minor = value.scaleb(precision(currency))
        if minor != minor.to_integral_value(ROUND_HALF_UP):
            raise NotMoney(f"finer than {currency} goes ({precision(currency)} decimal places)")
        if minor >= 10**15:
            raise NotMoney("too large")
        return cls(int(minor), currency)
