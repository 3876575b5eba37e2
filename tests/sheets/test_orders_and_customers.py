"""orders and customers: rows of one order joined, ids and days checked."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from core.money import Money
from sheets.customers import Birthday
from sheets.orders import OrderLine
from tests.sheets.making import only_problem, read_customers, read_orders, table, taken, workbook

ZONE = ZoneInfo("Asia/Shanghai")
ORDERS = "order_no buyer sku quantity paid_at promised_ship_by carrier tracking_no shipped_at address note amount status".split()


def order(**cells: str) -> bytes:
    good = {"order_no": "1001", "buyer": "42", "sku": "A1"}
    return table(ORDERS, [(good | cells).get(name, "") for name in ORDERS]).encode()


def test_rows_of_one_number_are_one_order() -> None:
    """Lines of one sku add up; a fact may stand in any of the rows."""
    data = table(
        ["订单号", "买家", "货号", "数量", "地址", "金额"],
        ["1001", "42", "A1", "2", "", "300"],
        ["1002", "43", "A1", "", "", ""],
        ["1001", "42", "B2", "1", "杭州", ""],
        ["1001", "42", "A1", "1", "", ""],
    )
    first, second = taken(read_orders("o.csv", data.encode(), ZONE))
    assert first.lines == (OrderLine("A1", 3), OrderLine("B2", 1))
    assert (first.address, first.amount) == ("杭州", Money(30000, "CNY"))
    assert (second.order_no, second.buyer, second.lines) == ("1002", 43, (OrderLine("A1", 1),))


def test_rows_of_one_order_must_agree() -> None:
    data = table(["order_no", "buyer", "sku", "carrier"], ["1", "42", "A", "中通"], ["1", "42", "B", "顺丰"])
    problem = only_problem(read_orders("o.csv", data.encode(), ZONE))
    assert (problem.fault, problem.row, problem.column) == ("order_differs", 3, "carrier")
    assert "row 2" in problem.why()


MOMENTS = [
    ("date and time", "2027-03-08 16:40", datetime(2027, 3, 8, 16, 40, tzinfo=ZONE)),
    ("slashes and no noughts", "2027/3/8 9:05", datetime(2027, 3, 8, 9, 5, tzinfo=ZONE)),
    ("Chinese", "2027年3月8日 16:40:30", datetime(2027, 3, 8, 16, 40, 30, tzinfo=ZONE)),
    ("with a zone", "2027-03-08T08:40+00:00", datetime(2027, 3, 8, 16, 40, tzinfo=ZONE)),
    ("a date alone", "2027-03-08", datetime(2027, 3, 8, tzinfo=ZONE)),
]


@pytest.mark.parametrize(("cell", "moment"), [row[1:] for row in MOMENTS], ids=[row[0] for row in MOMENTS])
def test_times_are_the_shops(cell: str, moment: datetime) -> None:
    assert taken(read_orders("o.csv", order(paid_at=cell), ZONE))[0].paid_at == moment


def test_a_promise_of_a_day_lasts_to_its_end() -> None:
    made = taken(read_orders("o.csv", order(promised_ship_by="2027-03-08"), ZONE))[0]
    assert made.promised_ship_by == datetime(2027, 3, 8, 23, 59, tzinfo=ZONE)


def test_dates_of_a_workbook_are_dates() -> None:
    data = workbook(ORDERS[:5], ["1001", 42, "A1", 2, "2027-03-08 16:40"])
    assert taken(read_orders("o.xlsx", data, ZONE))[0].lines == (OrderLine("A1", 2),)


@pytest.mark.parametrize(
    ("written", "hour"),
    [("2027/3/8 9:05", 9), ("20270308", 0), ("2027-03-08 下午3:00", 15), ("2027年3月8日 上午9点", 9), ("2027-03-08 3:00:00 PM", 15)],
)  # fmt: skip
def test_times_as_spreadsheets_write_them(written: str, hour: int) -> None:
    """Chinese and English ones, with and without half days."""
    paid_at = taken(read_orders("o.csv", order(paid_at=written), ZONE))[0].paid_at
    assert paid_at is not None
    assert (paid_at.date(), paid_at.hour) == (date(2027, 3, 8), hour)


WRONG_ORDERS = [
    ("no order number", {"order_no": ""}, "blank", "order_no"),
    ("a name for a buyer", {"buyer": "小林"}, "buyer", "buyer"),
    ("buyer below nought", {"buyer": "-5"}, "buyer", "buyer"),
    ("no sku", {"sku": ""}, "blank", "sku"),
    ("nothing ordered", {"quantity": "0"}, "too_few", "quantity"),
    ("less than nothing ordered", {"quantity": "-1"}, "too_few", "quantity"),
    ("half a piece ordered", {"quantity": "1.5"}, "not_a_count", "quantity"),
    ("a date that is none", {"paid_at": "2027-02-30"}, "not_a_date", "paid_at"),
    ("a date in words", {"paid_at": "yesterday"}, "not_a_date", "paid_at"),
    ("a number that lost digits", {"tracking_no": "7.71234E+14"}, "digits", "tracking_no"),
    ("a currency against the shop's", {"amount": "$5"}, "currency_conflict", "amount"),
]


@pytest.mark.parametrize(
    ("cells", "fault", "column"), [row[1:] for row in WRONG_ORDERS], ids=[row[0] for row in WRONG_ORDERS]
)
def test_a_bad_cell_of_an_order_is_named(cells: dict[str, str], fault: str, column: str) -> None:
    problem = only_problem(read_orders("o.csv", order(**cells), ZONE))
    assert (problem.row, problem.column, problem.fault) == (2, column, fault)
    assert problem.mend()


def test_a_customer() -> None:
    data = table(
        ["买家", "姓名", "电话", "生日", "历法", "等级"],
        ["42", "林小雨", "+86 138 0000 1234", "8月15日", "农历", "金卡"],
    )
    made = taken(read_customers("c.csv", data.encode()))[0]
    assert (made.buyer, made.name, made.phone, made.grade) == (42, "林小雨", "+86 138 0000 1234", "金卡")
    assert made.birthday == Birthday(8, 15, None, is_lunar=True)
    assert str(made.birthday) == "08-15"


BIRTHDAYS = [
    ("with a year", "1990-05-01", "", Birthday(5, 1, 1990)),
    ("without", "5/1", "solar", Birthday(5, 1)),
    ("the leap day", "02-29", "公历", Birthday(2, 29)),
    ("the thirtieth of the second moon", "02-30", "lunar", Birthday(2, 30, is_lunar=True)),
]


@pytest.mark.parametrize(("cell", "calendar", "day"), [row[1:] for row in BIRTHDAYS], ids=[row[0] for row in BIRTHDAYS])
def test_birthdays(cell: str, calendar: str, day: Birthday) -> None:
    data = table(["buyer", "birthday", "calendar"], ["42", cell, calendar]).encode()
    assert taken(read_customers("c.csv", data))[0].birthday == day


WRONG_CUSTOMERS = [
    ("no such day", ["42", "02-30", "", ""], "not_a_birthday", "birthday"),
    ("no leap year", ["42", "1990-02-29", "", ""], "not_a_birthday", "birthday"),
    ("no such calendar", ["42", "05-01", "mayan", ""], "calendar", "calendar"),
    ("words for a phone", ["42", "", "", "问我"], "phone", "phone"),
    ("a phone as a formula", ["42", "", "", "=1+1"], "phone", "phone"),
]


@pytest.mark.parametrize(
    ("cells", "fault", "column"), [row[1:] for row in WRONG_CUSTOMERS], ids=[row[0] for row in WRONG_CUSTOMERS]
)
def test_a_bad_cell_of_a_customer_is_named(cells: list[str], fault: str, column: str) -> None:
    problem = only_problem(read_customers("c.csv", table(["buyer", "birthday", "calendar", "phone"], cells).encode()))
    assert (problem.row, problem.column, problem.fault) == (2, column, fault)


def test_a_customer_twice_is_named() -> None:
    problem = only_problem(read_customers("c.csv", table(["buyer", "name"], ["42", "a"], ["42", "b"]).encode()))
    assert (problem.fault, problem.row) == ("buyer_twice", 3)
