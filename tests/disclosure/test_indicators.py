"""What departments are compared by: the declared cells, and what they are made of."""

from __future__ import annotations

from decimal import Decimal

import pytest
from invented import DEPARTMENT, YEAR, write_department

from helpers.basics.errors import DataError
from helpers.disclosure import disclosure
from helpers.edition import declared, indicators
from helpers.review import vetting

TRUNK = declared.chain(declared.default())[0]


@pytest.fixture(scope="module")
def of_everything(tmp_path_factory):
    data = tmp_path_factory.mktemp("data")
    write_department(data)
    return disclosure.load(DEPARTMENT, YEAR, data)


def amounts(given, name: str) -> dict[str, Decimal | None]:
    return {
        one.key: one.amount and one.amount.value
        for one in given.indicators
        if one.indicator == name
    }


def test_the_classes_of_spending_add_up_to_it(of_everything):
    spending = amounts(of_everything, indicators.SPENDING)
    assert spending.pop("") == sum(spending.values())


def test_a_head_count_is_no_money(of_everything):
    (staff,) = (o for o in of_everything.indicators if o.indicator == indicators.STAFF)
    assert ("人", "given") == (staff.unit, staff.state)


def test_a_budget_is_another_number_than_what_was_spent(of_everything):
    planned, budget = (
        amounts(of_everything, name) for name in (indicators.PLANNED, indicators.BUDGET)
    )
    assert planned != budget and None not in budget.values()


def test_what_nobody_gave_is_missing_and_not_zero():
    real = disclosure.load("xiqu-government-office", 2023)
    assert {"": None} == amounts(real, indicators.STAFF)


def test_an_indicator_of_a_cell_that_no_form_has_is_refused_by_its_line(rules):
    (rules / TRUNK / "outliers.yaml").unlink()
    place = rules / TRUNK / "indicators.yaml"
    place.write_text('- {名称: 支出, 量: "01[没有的行, 决算数]"}\n', encoding="utf-8")
    told = vetting.problems("sichuan-2022")
    assert [line for line in told if "indicators.yaml 第 1 行" in line and "没有的行" in line]
    with pytest.raises(DataError):
        assert disclosure.load("xiqu-government-office", 2023).indicators


def test_an_edition_without_indicators_compares_by_nothing(rules):
    (rules / TRUNK / "indicators.yaml").unlink()
    assert () == disclosure.load("xiqu-government-office", 2023).indicators
