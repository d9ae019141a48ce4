"""The real input, 攀枝花市西区人民政府办公室 2023: what was published is reproduced from figures."""

import csv
import re
import shutil
from decimal import Decimal
from difflib import SequenceMatcher

import pytest

from helpers.basics import paths
from helpers.edition import charts as declared_charts
from helpers.edition import codes
from helpers.report import report

DEPARTMENT, YEAR = "xiqu-government-office", 2023
FOLDER = paths.DATA / "departments" / DEPARTMENT / str(YEAR)
NUMBER = re.compile(r"\d+(?:\.\d+)?(?:万元|万|%|人次|批次|辆|个|次|人|台|分|年|月|日)?")


@pytest.fixture(scope="module")
def this():
    return report.load(DEPARTMENT, YEAR)


def part_two_published() -> str:
    text = (FOLDER / "published" / "narrative.txt").read_text(encoding="utf-8")
    start = text.index("收入支出决算总体情况说明")
    return re.sub(r"\[image[^\]]*\]", "", text[start : text.index("名词解释\n")])


def part_two_written(this) -> str:
    numbers = [n for n in this.statements if n not in ("概况.一", "概况.二", "名词解释", "附件")]
    return "\n".join(s.text for n in numbers for s in this.statements[n].sentences)


def differences(this):
    """Return (published but not written, written but not published), in order, and how many agree."""
    printed, written = (NUMBER.findall(t) for t in (part_two_published(), part_two_written(this)))
    codes = SequenceMatcher(None, printed, written, autojunk=False).get_opcodes()
    lost = [n for op, a, b, _, _ in codes if op != "equal" for n in printed[a:b]]
    more = [n for op, _, _, a, b in codes if op != "equal" for n in written[a:b]]
    return lost, more, sum(b - a for op, a, b, _, _ in codes if op == "equal")


def test_every_number_of_part_two_is_reproduced_in_order_and_unit_but_where_the_source_contradicts_itself(
    this,
):
    lost, more, agreeing = differences(this)
    # 增长100% on last year's 0 (three times), 完成预算0% of a budget of 0: no such rates exist.
    assert ["100%", "0%", "100%", "100%"] == lost
    assert [] == more
    assert agreeing > 200


def test_the_amounts_and_percentages_of_part_two_come_from_cells_not_from_stored_text(this):
    numbers = [
        n for s in this.statements.values() for sentence in s.sentences for n in sentence.numbers
    ]
    typed = re.findall(
        r"\d+(?:\.\d+)?(?:万元|%)",
        re.sub(r"\{[^{}]*\}", "", (FOLDER / "profile.yaml").read_text(encoding="utf-8")),
    )
    # 预算结余率大于10% is the name of an indicator.
    assert {"10%"} == set(typed)
    assert all(n.cells for n in numbers if n.unit in ("万元", "%"))
    assert 143 <= sum(n.unit in ("万元", "%") for n in numbers)


def test_no_sentence_with_figures_is_stored_whole_in_the_rules():
    rules = (paths.RULES / "sichuan-2022" / "statements.yaml").read_text(encoding="utf-8")
    # 单价100万元以上 and 结余率超10% are names of indicators.
    assert [] == re.findall(r"\d+(?:\.\d+)?(?:万元(?!以上)|%(?!项目数))", rules)


def rows():
    with (FOLDER / "figures.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def changed(tmp_path, line: int):
    """Return the report with the figure of one line made larger, by far more than rounding."""
    department = tmp_path / "departments" / DEPARTMENT
    shutil.copytree(
        FOLDER,
        department / str(YEAR),
        ignore=shutil.ignore_patterns("published"),
        dirs_exist_ok=True,
    )
    altered = rows()
    row = altered[line - 2]
    row["amount"] = str(Decimal(row["amount"]) * 3 + (1000 if row["unit"] == "万元" else 7))
    with (department / str(YEAR) / "figures.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, row)
        writer.writeheader()
        writer.writerows(altered)
    return report.load(DEPARTMENT, YEAR, tmp_path), row["amount"]


def cites(cell, line: int) -> bool:
    return any(f.source.endswith(f"figures.csv:{line}") for f in cell.value.figures)


@pytest.mark.parametrize("line", range(2, len(rows()) + 2))
def test_a_changed_figure_is_followed_by_every_cell_sentence_and_chart_made_from_it(
    this, tmp_path, line
):
    after, written = changed(tmp_path, line)
    everything = [
        (s.text, n) for st in after.statements.values() for s in st.sentences for n in s.numbers
    ]
    for text, n in everything:
        assert text[n.start : n.end] == n.text
    assert (after.statements, cells_of(after), after.found) != (
        this.statements,
        cells_of(this),
        this.found,
    ), "used nowhere"
    for table in (this.tables.table(n) for n in this.tables.forms):
        for cell in table.cells():
            if cell.state == "given" and cites(cell, line):
                assert Decimal(written) == after.tables.cell(cell.address).amount.value
    for number, statement in this.statements.items():
        now = {s.text for s in after.statements[number].sentences}
        for sentence in statement.sentences:
            if any(moved(this, after, n) for n in sentence.numbers):
                assert sentence.text not in now
    for number, chart in declared_charts.load(this.profile.edition).items():
        agreeing = {
            term.of._replace(basis=b)
            for terms in chart.sums[1:]
            for term in terms
            for b in codes.vocabulary().roles.values()
        }
        shown = [a for a in this.drawing(number).cells if a not in agreeing]
        if any(follows(this, after, a) for a in shown):
            assert this.drawing(number).alt != after.drawing(number).alt


def moved(before, after, number) -> bool:
    """Return whether what a number is made from is known and not what it was. No share of nothing moves."""
    known = all(after.tables.cell(a).value.known for a in number.cells)
    return (
        known
        and any(follows(before, after, a) for a in number.cells)
        and not (number.unit == "%" and number.text == "0")
    )


def follows(before, after, address) -> bool:
    was, now = before.tables.cell(address).amount, after.tables.cell(address).amount
    return now is not None and was != now and was.value != now.value


def cells_of(shown):
    return {
        c.address: c.amount and c.amount.value for t in shown.tables.published() for c in t.cells()
    }
