"""A count without a figure is still a count, in its own unit; money is still money."""

import pytest
from invented import DEPARTMENT, YEAR, write_department

from helpers.basics.paths import Folder
from helpers.disclosure import disclosure


@pytest.fixture(scope="module", params=["sichuan-2022", "shanghai-2024"])
def without_a_figure(tmp_path_factory, request):
    """The department with one figure, so that nearly every number of its sentences is missing."""
    data = tmp_path_factory.mktemp("data")
    write_department(data)
    folder = Folder(data, DEPARTMENT, YEAR)
    profile = folder.profile.read_text(encoding="utf-8")
    folder.profile.write_text(profile.replace("sichuan-2022", request.param), encoding="utf-8")
    head, first, *_ = folder.figures.read_text(encoding="utf-8").splitlines()
    folder.figures.write_text(f"{head}\n{first}\n", encoding="utf-8")
    return disclosure.load(DEPARTMENT, YEAR, data)


def missing(given) -> dict[str, tuple[str, str]]:
    """Return unit and kind of every number that is missing, by the words before it."""
    return {
        sentence.text[max(0, number.start - 4) : number.end]: (number.unit, number.measure.kind)
        for statement in given.statements.values()
        for sentence in statement.sentences
        for number in sentence.numbers
        if number.value is None and number.measure.kind in ("amount", "count")
    }


def test_missing_cars_are_counted_in_cars(without_a_figure):
    assert ("辆", "count") == missing(without_a_figure)["共有车辆【缺】"]


def test_what_is_counted_and_missing_is_never_money(without_a_figure):
    units = {
        where: unit for where, (unit, kind) in missing(without_a_figure).items() if kind == "count"
    }
    assert {"万元"}.isdisjoint(units.values()) and len(units) > 5


def test_missing_money_is_still_money(without_a_figure):
    assert ("万元", "amount") in missing(without_a_figure).values()
    assert all(
        (unit == "万元") == (kind == "amount") for unit, kind in missing(without_a_figure).values()
    )
