"""A figure supposed to be another: everything is as if it had been written so, though most is not looked up anew."""

from __future__ import annotations

import gc
from dataclasses import replace
from decimal import Decimal

import pytest

from helpers.basics import paths
from helpers.basics.money import Amount
from helpers.basics.paths import Folder
from helpers.disclosure import disclosure
from helpers.disclosure.accounts import Accounts
from helpers.review.review import Review
from helpers.sample import sample

REAL = ("xiqu-government-office", 2023), ("putuo-planning-bureau", 2024)
INVENTED = "invented"  # with projects, and with a year before
EVERY = 9  # of so many figures one is tried


def loaded(folder: Folder):
    return disclosure.load(folder.department, folder.year, folder.data)


def written_so(review: Review, others: dict) -> Review:
    """Return the review of the department with the others in its files, of which nothing was looked up before."""
    afresh = loaded(review.disclosure.folder)
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


@pytest.fixture(scope="module", params=[*REAL, INVENTED], ids=str)
def review(request, tmp_path_factory):
    """Return a review of which everything was looked up."""
    if request.param == INVENTED:
        place = tmp_path_factory.mktemp("data")
        folder = sample.create(place, 2, range(2022, 2024), seed=1)[-1]
        sample.publish(folder)
    else:
        folder = Folder(paths.DATA, *request.param)
    known = Review(loaded(folder))
    assert known.causes is not None
    assert opposed(known) is not None
    if request.param == INVENTED:
        assert any(f.scope.project for f in known.disclosure.figures)
        assert known.disclosure.last_year
    return known


@pytest.mark.parametrize("change", [Decimal("12.34"), Decimal("-0.5")])
def test_one_other_figure_gives_what_it_would_if_it_were_written_so(review, change):
    accounts = review.disclosure.tables.accounts
    for figure in (*accounts.figures, *accounts.last_year)[::EVERY]:
        amount = figure.amount
        others = {figure: replace(figure, amount=Amount(amount.value + change, amount.error))}
        supposed = Review(review.disclosure.supposing(others))
        afresh = written_so(review, others)
        given = supposed.disclosure
        assert others[figure] in (*given.figures, *given.last_year)
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


def test_what_is_supposed_has_indicators_of_its_own(review):
    assert review.disclosure.indicators is not None
    figure = review.disclosure.figures[0]
    amount = Amount(figure.amount.value + 1000, figure.amount.error)
    supposed = review.disclosure.supposing({figure: replace(figure, amount=amount)})
    assert "indicators" not in supposed.__dict__


def test_what_is_supposed_leaves_nothing_behind(review):
    """A review supposes a dozen times, in a process that never looks for garbage."""
    figure = review.disclosure.figures[3]
    gc.collect()
    gc.disable()
    try:
        assert review._supposed({figure: replace(figure)}) == review._testable
        assert gc.collect() == 0
    finally:
        gc.enable()
