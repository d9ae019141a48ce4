"""The mutation benchmark in small: clean disclosures raise nothing, one change in them is found where it is.

`make mutations` runs all of it; docs/mutations.md keeps its last table.
"""

from __future__ import annotations

import re
import shutil
from decimal import Decimal
from random import Random

import mutations
import pytest
from mutation_kinds import clean as disclosure
from mutation_kinds import judging, narrative, workbook

from helpers.basics.model import Measure, Number
from helpers.basics.money import Amount
from helpers.report import files, report

SEEDS = (
    0,
    4,
)  # 0 has only the general budget, so its tables 10 to 12 are empty; 4 has a government fund and money of its own


@pytest.fixture(scope="module")
def clean(tmp_path_factory):
    """Return the clean department-years, built once."""
    return [disclosure.build(seed, tmp_path_factory.mktemp(f"clean-{seed}")) for seed in SEEDS]


# Clean


def test_a_clean_disclosure_raises_no_error_and_no_warning(clean):
    assert [] == [
        f.message for one in clean for f in one.this.found if f.severity in judging.SERIOUS
    ]


def test_every_number_of_a_clean_disclosure_is_compared(clean):
    assert {"same"} == {
        c.verdict
        for one in clean
        for c in one.this.review.comparison.sentences
        if c.sentence.numbers
    }
    assert [0] * len(clean) == [one.this.review.reading.counts["unread"] for one in clean]


def test_every_cell_of_a_clean_disclosure_is_read_back(clean):
    cells = [{c.address for t in one.this.tables.published() for c in t.cells()} for one in clean]
    assert cells == [{p.address for p in one.places} for one in clean]


# Changed


@pytest.mark.parametrize("kind", judging.KINDS)
def test_one_change_is_found_where_it_is(clean, kind):
    tallies = [mutations.attempt(one, kind) for one in clean]
    assert sum(t.tried for t in tallies) > 0
    assert [] == [miss for t in tallies for miss in t.misses]


def test_there_are_more_than_enough_kinds():
    assert len(judging.KINDS) >= 25


@pytest.mark.parametrize(
    "kind", ["句：金额错一位", "节：整节漏掉", "表：合计格错一位", "表：缺一张表", "表头：年份过时"]
)
def test_a_change_is_judged_as_a_whole_report_judges_it(clean, tmp_path, kind):
    """The benchmark recomputes only what a change touches; nothing else comes of the whole."""
    one = clean[0]
    mutation = judging.KINDS[kind](one, Random(kind))
    shutil.copytree(one.data / "departments", tmp_path / "departments")
    published = tmp_path / one.this.folder.path.relative_to(one.data) / "published"
    if mutation.of == "text":
        (published / "narrative.txt").write_text(mutation.content, encoding="utf-8")
    else:
        sheets = {name: mutation.content.get(name, grid) for name, grid in one.sheets.items()}
        disclosure.write_book(
            {name: grid for name, grid in sheets.items() if grid}, published / "tables.xlsx"
        )
    whole = report.load(one.this.folder.department, one.year, tmp_path).found
    told = {(f.rule, f.place, f.message) for f in whole if f.severity in judging.SERIOUS}
    assert told == {(f.rule, f.place, f.message) for f in judging.findings(one, mutation)} != set()


# What counts


def test_a_digit_that_rounding_explains_is_no_change():
    number = Number("75.8", Amount(Decimal("75.75")), "%", (), 0, 4, Measure("share", ()))
    spot = disclosure.Spot(0, 4, "75.8", "", None, number)
    assert [True, False, False] == [
        narrative.explained(spot, said) for said in ("75.7", "75.6", "75.9")
    ]


def test_an_amount_printed_as_it_was_is_no_change(clean):
    with pytest.raises(judging.Skip):
        workbook.reset(clean[0], clean[0].places[0], clean[0].places[0].value)


def test_a_finding_elsewhere_does_not_count():
    mutation = judging.Mutation(
        "text", "", "", frozenset({"二-1", "narrative.txt:9"}), ("03[2050101, ",)
    )
    named = ["二-1", "narrative.txt:9", "03[2050101, 基本支出]"]
    assert named == [
        p
        for p in [
            *named,
            "二-2",
            "narrative.txt:91",
            "narrative.txt",
            "公开03表",
            "13[合计, 决算数/合计]",
        ]
        if mutation.names(p)
    ]


def test_the_same_seed_draws_the_same_change(clean):
    kind = judging.KINDS["句：两数互换"]
    assert kind(clean[0], Random(7)) == kind(clean[0], Random(7))


def test_the_published_text_is_the_exported_one(clean):
    assert clean[0].text == files.narrative_txt(clean[0].this.disclosure)


# What is kept


def test_the_kept_table_has_every_kind_and_its_date():
    text = mutations.KEPT.read_text(encoding="utf-8").partition(mutations.FREE)[0]
    counted = dict(re.findall(r"^\| ([^*|]+?) \| \d+ \| \d+ \| \d+ \| ([\d.]+) \|", text, re.M))
    assert set(judging.KINDS) == set(counted)
    assert re.search(r"20\d\d-\d\d-\d\d", text)
    assert [] == [kind for kind, rate in counted.items() if float(rate) < 99]
