"""Which side of a difference is wrong: told only where more relations hold with the other."""

from __future__ import annotations

import shutil

import pytest
from pages import REAL, the_real_report

from helpers.basics import paths
from helpers.basics.model import Address, Finding
from helpers.report import report
from helpers.report.sides import Held, Sides
from helpers.review.verdicts import DIFFERS

WHOLE = Address("01", "收入总计", "决算数")


def sides(**published: str) -> Sides:
    """Return the sides of the real report where cells of its tables were published as given, by their rows."""
    real = the_real_report()
    printed = {
        place: Finding("表-数", "error", place, "", found=found)
        for row, found in published.items()
        for place in (f"01[{row}, 决算数]",)
    }
    rules = real.review.rules.values()
    return Sides(real.tables, rules, real.review.comparison, frozenset({"01"}), printed)


def test_a_published_cell_that_breaks_what_the_others_say_is_wrong():
    held = sides(收入总计="1104.51").of_cell(WHOLE)
    assert held.published_is_wrong and held.recomputed > held.published
    assert "公开的数疑误" in held.said


def test_where_both_sides_hold_together_neither_is_wrong():
    held = sides(收入总计="1104.51", 支出总计="1104.51").of_cell(
        Address("01", "收入总计", "决算数")
    )
    assert held.published > 0
    either = Held(published=2, recomputed=2)
    assert not either.published_is_wrong and not either.recomputed_is_wrong
    assert "还不能断定" in either.said


def test_what_is_not_known_decides_nothing():
    assert Held() == sides().of_cell(WHOLE)


@pytest.fixture(scope="module")
def told(tmp_path_factory):
    """Return a function that gives how much holds for a wrong number of the real text, some of its statements changed."""

    def held(times: int) -> Held:
        data = tmp_path_factory.mktemp("data")
        folder = shutil.copytree(
            paths.DATA / "departments" / REAL[0], data / "departments" / REAL[0]
        ) / str(REAL[1])
        file = folder / "published" / "narrative.txt"
        text = file.read_text(encoding="utf-8")
        assert 4 == text.count("860.89")
        file.write_text(text.replace("860.89", "806.89", times), encoding="utf-8")
        this = report.load(*REAL, data)
        judged = next(
            j
            for j in this.review.comparison.published.values()
            if j.verdict == DIFFERS and j.number
        )
        return this.sources.sides.of_number(judged)

    return held


def test_a_number_that_the_text_says_otherwise_elsewhere_is_wrong(told):
    held = told(1)
    assert held.published_is_wrong and not held.published


def test_a_number_that_the_text_says_everywhere_alike_speaks_for_itself(told):
    assert told(99).recomputed_is_wrong
