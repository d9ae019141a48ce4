"""How a printed table is fitted: numbers stay whole, the letters are as large as the pages allow."""

from __future__ import annotations

import pytest

from helpers.export import fitting
from helpers.report.laid import CODE, HEAD, MONEY, NAME, Laid, Slot


def table(rows: int, amount: str = "1.00", columns: int = 1) -> Laid:
    """Return a table of rows with a code, a name and the same amount in every column."""
    money = tuple(Slot(text=amount, look=MONEY) for _ in range(columns))
    return Laid(
        title="表",
        columns=(CODE, NAME, *(MONEY for _ in money)),
        head=(tuple(Slot(text="头", look=HEAD) for _ in range(2 + columns)),),
        body=((Slot(text="2010101", look=CODE), Slot(text="行政运行"), *money),) * rows,
    )


def high(rows: int, size: int) -> int:
    """Return how high so many rows with their head are."""
    return (rows + 1) * (fitting.line(size) + 30)


def test_what_fits_a_page_is_set_largest():
    assert 18 == fitting.fit(table(10), 9000, high(10, 18)).size


def test_what_nearly_fits_is_set_smaller_and_then_fits():
    fitted = fitting.fit(table(40), 9000, high(40, 18) - 100)
    assert 15 <= fitted.size < 18
    assert high(40, fitted.size) <= high(40, 18) - 100


def test_what_takes_two_pages_at_any_size_is_set_largest():
    assert 18 == fitting.fit(table(60), 9000, high(40, 18)).size


@pytest.mark.parametrize("amount", ["1.00", "1,234,567.89", "-12,345,678.90"])
def test_no_amount_is_broken_however_long(amount):
    fitted = fitting.fit(table(3, amount, columns=6), 14_000, 9000)
    digits = len(amount) * fitted.size * 10 * 0.65
    assert digits <= fitted.widths[-1] - 2 * fitting.MARGIN


def test_the_widths_are_those_of_the_page():
    assert 9000 - 10 <= sum(fitting.fit(table(3, columns=4), 9000, 9000).widths) <= 9000
