"""A figure supposed to be another: everything is as if it had been written so, though most is not looked up anew."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from helpers.basics.money import Amount
from helpers.disclosure import disclosure
from helpers.disclosure.accounts import Accounts
from helpers.review.review import Review

REAL = ("xiqu-government-office", 2023), ("putuo-planning-bureau", 2024)
EVERY = 9  # of so many figures one is tried


def written_so(review: Review, others: dict) -> Review:
    """Return the review of the department with the others in its files, of which nothing was looked up before."""
    afresh = disclosure.load(review.disclosure.folder.department, review.disclosure.folder.year)
    known = review.disclosure.tables.accounts
    afresh._fill(
        Accounts(
            *(tuple(others.get(f, f) for f in some) for some in (known.figures, known.last_year))
        )
    )
    return Review(afresh)


def every_cell(review: Review) -> list:
    return [
        (cell.address, cell.amount, cell.state, cell.value.figures, cell.formula)
        for table in review.disclosure.tables.published()
        for cell in table.cells()
    ]


def opposed(review: Review) -> list:
    return [
        (basis, figure, breakdown)
        for basis, rollup in review.disclosure.tables.accounts.written.items()
        for figure, breakdown in rollup.opposed
    ]


@pytest.fixture(scope="module", params=REAL, ids=lambda name: name[0])
def review(request):
    """Return a review of which everything was looked up."""
    known = Review(disclosure.load(*request.param))
    assert known.causes is not None
    assert opposed(known) is not None
    return known


@pytest.mark.parametrize("change", [Decimal("12.34"), Decimal("-0.5")])
def test_one_other_figure_gives_what_it_would_if_it_were_written_so(review, change):
    accounts = review.disclosure.tables.accounts
    for figure in (*accounts.figures, *accounts.last_year)[::EVERY]:
        amount = figure.amount
        others = {figure: replace(figure, amount=Amount(amount.value + change, amount.error))}
        supposed = Review(review.disclosure.supposing(others))
        afresh = written_so(review, others)
        assert every_cell(supposed) == every_cell(afresh), figure
        assert opposed(supposed) == opposed(afresh), figure
        assert review._supposed(others) == afresh._testable, figure


def test_what_is_supposed_after_another_keeps_both(review):
    one, two = review.disclosure.figures[3], review.disclosure.figures[-3]
    meant = [replace(f, amount=Amount(f.amount.value + 1, f.amount.error)) for f in (one, two)]
    both = dict(zip((one, two), meant))
    first = review.disclosure.supposing({one: meant[0]})
    supposed = Review(first.supposing({two: meant[1]}))
    assert every_cell(supposed) == every_cell(written_so(review, both))


def test_a_basis_without_any_of_them_is_not_looked_up_anew(review):
    known = review.disclosure.tables.accounts
    figure = next(f for f in known.figures if f.basis == "决算")
    supposed = known.supposing({figure: replace(figure, amount=Amount(Decimal(1), Decimal(0)))})
    same = [basis for basis, rollup in known.written.items() if supposed.written[basis] is rollup]
    assert set(known.written) - set(same) == {"决算"}
    assert supposed.before is known.before
