"""Two bureaus of another city: what their documents state is reproduced, and each finding on them is a fault of theirs."""

import csv
import shutil
from decimal import Decimal
from pathlib import Path

import pytest

from helpers.basics import money
from helpers.basics.model import SERIOUS
from helpers.basics.paths import DATA
from helpers.report import report

TRUTH = Path(__file__).parents[1] / "documents" / "shanghai" / "truth"
NAMES = {"finance": "putuo-finance-bureau", "planning": "putuo-planning-bureau"}

# What each document contradicts, as it is told at which sentence or line, and why it is a fault of the document.
FAULTS = {
    "finance": {
        (
            "error",
            "H3",
            "04[收入总计, 决算数]@上年",
        ): "四写持平，上年总计因此少于五（一）的上年支出",
        (
            "warning",
            "P12",
            "05[2010602, 基本支出]",
        ): "用途写基本支出，表三、表五的 10.00 都是项目支出",
        ("error", "文-数", "四-1"): "财政拨款总计印 0.3 万元，表四为 2961.68",
        ("error", "文-数", "五.二-1"): "2106.66 占 2940.05 的 71.65%，印 71.73%",
        ("warning", "文-列举缺", "六-2"): "表六奖励金 0.31，文中没有列",
        ("warning", "文-列举多", "六-2"): "文中列个人农业生产补贴，表六没有数：与奖励金错行",
    },
    "planning": {
        ("error", "文-数", "五.一-1"): "9746.50 占 9759.38 的 99.87%，印 99.86%",
        ("error", "文-单位", "五.一-2"): "增长 13.95 漏了 %",
        ("error", "文-数", "五.三-1"): "9746.50 为 10210.34 的 95.46%，印 95.45%",
        ("error", "文-数", "六-1"): "一般公共预算基本支出 5364.75，印了全口径的 5377.64",
        ("error", "文-数", "六-2"): "表六人员经费 4884.09，印 4896.98",
        ("error", "文-单位", "七.二-1.9"): "0.39 万，应为万元",
        (
            "warning",
            "文-名称",
            "五.三-6.5",
        ): "科目表没有「机关事业单位退休人员活动费支出」，是 2080599",
        ("warning", "文-名称", "五.三-6.11"): "其他国土资源事务支出，应为其他自然资源事务支出",
        ("warning", "文-名称", "五.三-6.12"): "住房保障支出（款），应为住房改革支出",
        ("warning", "文-名称", "五.三-6.13"): "同上",
        ("warning", "文-列举多", "六-2"): "奖金、奖励金、其他对个人和家庭的补助，表六没有数",
        ("warning", "文-列举多", "六-3"): "税金及附加费用，表六没有数",
        ("warning", "文-名称", "七.二-1.7"): "规划与自然资源局，全称是规划和自然资源局",
        ("warning", "文-名称", "八-1"): "同上",
        ("warning", "文-名称", "九-1"): "同上",
        ("warning", "校-名称", "disclosure.pdf:22"): "第二部分的标题写作上海市规划和自然资源局",
        ("warning", "校-占位", "disclosure.pdf:100"): "样式的填写说明「列明公务接待」没有删",
        ("warning", "校-占位", "disclosure.pdf:114"): "样式的「XX 部门（单位）」没有改",
        ("warning", "校-占位", "disclosure.pdf:90"): "下降（增长）没有改",
        ("warning", "校-成对", "disclosure.pdf:106"): "（其中，绩效评级… 没有右括号",
        ("warning", "校-名称", "disclosure.pdf:97"): "规划与自然资源局",
    },
}


@pytest.fixture(scope="module", params=NAMES)
def bureau(request):
    return request.param, report.load(NAMES[request.param], 2024)


def test_every_error_and_warning_is_a_fault_of_the_document_and_every_fault_is_told(bureau):
    name, this = bureau
    told = {(f.severity, f.rule, f.place) for f in this.found if f.severity in ("error", "warning")}
    assert FAULTS[name].keys() == told


# What another form asks for that these documents, of their own form, do not have.
WANTED_BY_ANOTHER_FORM = {
    "表-缺表": "表五、七、九、十二只有那个样式有",
    "校-标题": "八、九两节的标题只有那个样式有",
    "文-缺句": "那个样式的句子",
    "文-缺数": "那个样式的完成率、金额",
    "文-零预算": "那个样式的预算是全年预算，这里只有年初预算",
    "P7": "那个样式的「三公」经费的原因写在另一处",
    "文字": "profile.yaml 里是自己样式的话",
}


def test_by_another_form_nothing_is_told_but_the_document_s_faults_and_what_that_form_asks_for(
    bureau, tmp_path
):
    """A text cut at the right places is read rightly by a form that is not its own: no position, no wrapped line."""
    name, this = bureau
    shutil.copytree(DATA / "departments" / NAMES[name], tmp_path / "departments" / NAMES[name])
    profile = tmp_path / "departments" / NAMES[name] / "2024" / "profile.yaml"
    written = profile.read_text(encoding="utf-8")
    assert "edition: shanghai-2024\n" in written
    profile.write_text(written.replace("shanghai-2024", "sichuan-2022"), encoding="utf-8")
    other = report.load(NAMES[name], 2024, tmp_path)
    faults = {f.found or f.rule for f in this.found if f.severity in SERIOUS}
    told = [f for f in other.found if f.severity in SERIOUS]
    assert WANTED_BY_ANOTHER_FORM.keys() & {f.rule for f in told}
    beside = [f for f in told if f.rule not in WANTED_BY_ANOTHER_FORM]
    assert len(beside) >= 5
    assert [] == [f.message for f in beside if (f.found or f.rule) not in faults]


def test_every_number_of_the_document_is_read(bureau):
    name, this = bureau
    counts = this.review.reading.counts
    assert 0 == counts["unread"]
    assert counts["bound"] >= {"finance": 100, "planning": 141}[name]


def printed_amounts(name: str) -> set[tuple[int, str, Decimal]]:
    """Return (table, code, amount) of every row of codes in the nine tables, as they were checked by eye."""
    found = set()
    for number in (2, 3, 5):
        with (TRUTH / f"{name}_{number}.csv").open(encoding="utf-8", newline="") as file:
            for _, *cells in csv.reader(file):
                code = "".join(c for c in cells[:3] if c.isdecimal())
                amounts = [c.replace(",", "") for c in cells if "." in c]
                if len(code) in (3, 5, 7):
                    found |= {(number, code, Decimal(a)) for a in amounts}
    return found


def test_the_tables_are_rebuilt_from_the_figures_to_the_last_digit(bureau):
    """But for rounding tails of 0.01, where the document prints one fact twice and the figures keep one."""
    name, this = bureau
    ours: dict[tuple[int, str], set[Decimal]] = {}
    for table in this.tables.published():
        for cell in table.cells():
            if cell.amount is not None:
                key = int(table.form.number), cell.address.row
                ours.setdefault(key, set()).add(money.rounded(cell.amount.value, 2))
    differ = {
        (number, code, amount)
        for number, code, amount in printed_amounts(name)
        if amount not in ours.get((number, code), set())
    }
    near = {
        one
        for one in differ
        if any(abs(one[2] - a) <= Decimal("0.01") for a in ours.get(one[:2], ()))
    }
    assert differ == near and len(differ) <= 3
    assert len(printed_amounts(name)) > 60


def test_every_sentence_with_a_figure_is_written_without_a_gap(bureau):
    _, this = bureau
    gaps = [
        s.text
        for statement in this.statements.values()
        for s in statement.sentences
        if "【缺" in s.text
    ]
    assert [] == gaps


def test_what_is_marked_in_a_pdf_is_told_by_its_page():
    found = report.load(NAMES["planning"], 2024).found
    assert ["第 26 页的括号不成对。"] == [f.message for f in found if f.rule == "校-成对"]
