"""A second, invented department: all thirteen tables and its sentences against sums made by another route."""

from __future__ import annotations

import csv
from collections import defaultdict
from decimal import Decimal
from fractions import Fraction
from math import floor

import pandas as pd
import pytest
from invented import (
    DEPARTMENT,
    GOVERNMENT,
    NAME,
    SEED,
    SHORT_NAME,
    STATE,
    YEAR,
    rows_of,
    write_department,
)

from helpers.basics import paths
from helpers.basics.paths import Folder
from helpers.disclosure import figures, profile
from helpers.disclosure.accounts import Accounts
from helpers.disclosure.statements import Writer
from helpers.disclosure.tables import Tables
from helpers.edition import forms, wording
from helpers.sample import district, kinds, sample
from helpers.sample.kinds import BASIC, GENERAL, OTHER, PROJECT
from helpers.sample.ledger import rows
from helpers.sample.year import Year

FISCAL = (GENERAL, GOVERNMENT, STATE)
FUNDS = {f"{fund}财政拨款": fund for fund in FISCAL}
INCOME = tuple(f"{fund}财政拨款收入" for fund in FISCAL) + (
    "上级补助收入",
    "事业收入",
    "经营收入",
    "附属单位上缴收入",
    "其他收入",
)
NATURES = (BASIC, PROJECT, "上缴上级支出", "经营支出", "对附属单位补助支出")
CLASSES = (
    "201 202 203 204 205 206 207 208 210 211 212 213 214 215 216 217 219 220 221 222 223 224 229 231 232 234"
).split()
NUMBERS = [f"{n:02d}" for n in range(1, 14)]


def codes_in(file: str) -> dict[str, str]:
    with (paths.CODES / file).open(encoding="utf-8", newline="") as rows:
        return {r["code"]: r["name"] for r in csv.DictReader(rows)}


ECONOMIC, FUNCTIONAL = codes_in("economic.csv"), codes_in("functional.csv")


class Ledger:
    """Raw rows of one year, summed over whole 分 by plain loops and group-bys. 支出 is taken where it has an economic class."""

    def __init__(self, rows: list[dict[str, str]]):
        frame = pd.DataFrame(rows)
        money = frame["unit"] == "元"
        frame["fen"] = [int(a.replace(".", "")) if m else 0 for a, m in zip(frame["amount"], money)]
        self.frame = frame
        self.records = defaultdict(list)
        for row in rows:
            self.records[row["item"], row["basis"]].append(row)

    def part(self, item: str, basis: str = "", **wanted) -> pd.DataFrame:
        frame = self.frame[(self.frame["item"] == item) & (self.frame["basis"] == basis)]
        if item == "支出" and not basis:
            frame = frame[frame["economic"] != ""]
        for column, value in wanted.items():
            if column in ("function", "economic") and isinstance(value, str):
                frame = frame[frame[column].str.startswith(value)]
            else:
                frame = frame[
                    frame[column].isin([value] if isinstance(value, str) else list(value))
                ]
        return frame

    def sum(self, item: str, basis: str = "", **wanted) -> int:
        def matches(row: dict[str, str]) -> bool:
            return all(
                row[column].startswith(value)
                if column in ("function", "economic")
                else row[column] in ((value,) if isinstance(value, str) else value)
                for column, value in wanted.items()
            )

        rows = self.records[item, basis]
        return sum(
            int(r["amount"].replace(".", ""))
            for r in rows
            if matches(r) and (r["economic"] or item != "支出" or basis)
        )

    def count(self, *categories: str) -> int:
        found = self.frame[(self.frame["item"] == "数量") & self.frame["category"].isin(categories)]
        return sum(map(int, found["amount"]))


def with_parents(codes, *lengths: int) -> list[str]:
    return sorted({code[:n] for code in codes for n in lengths if len(code) >= n})


def functions(*frames: pd.DataFrame) -> dict[str, str]:
    """Return row key → the beginning of the codes in it, the total row first."""
    return {"合计": "", **{c: c for c in with_parents(pd.concat(frames)["function"], 3, 5, 7)}}


def expected_table(number: str, ledger: Ledger) -> dict[tuple[str, str], int]:
    """Return every cell the contract's section on cells.csv names for a table, in 分."""
    return globals()[f"table_{number}"](ledger)


def carried(ledger: Ledger, category: str, **wanted) -> int:
    return ledger.sum("结转结余", category=category, **wanted)


def table_01(ledger: Ledger):
    cells = {name: ledger.sum("收入", category=name) for name in INCOME}
    cells |= {"本年收入合计": ledger.sum("收入")}
    cells |= {name: carried(ledger, name) for name in ("使用非财政拨款结余", "年初结转和结余")}
    cells |= {
        "收入总计": sum(
            cells[name] for name in ("本年收入合计", "使用非财政拨款结余", "年初结转和结余")
        )
    }
    cells |= {code: ledger.sum("支出", function=code) for code in CLASSES}
    cells |= {"本年支出合计": ledger.sum("支出")}
    cells |= {name: carried(ledger, name) for name in ("结余分配", "年末结转和结余")}
    cells |= {
        "支出总计": sum(cells[name] for name in ("本年支出合计", "结余分配", "年末结转和结余"))
    }
    return {(row, "决算数"): fen for row, fen in cells.items()}


def table_02(ledger: Ledger):
    cells = {}
    for key, start in functions(ledger.part("收入")).items():
        cells[key, "本年收入合计"] = ledger.sum("收入", function=start)
        cells[key, "财政拨款收入"] = ledger.sum("收入", function=start, category=INCOME[:3])
        for name in INCOME[3:]:
            cells[key, name] = ledger.sum("收入", function=start, category=name)
    return cells


def table_03(ledger: Ledger):
    cells = {}
    for key, start in functions(ledger.part("支出")).items():
        cells[key, "本年支出合计"] = ledger.sum("支出", function=start)
        for nature in NATURES:
            cells[key, nature] = ledger.sum("支出", function=start, nature=nature)
    return cells


def table_04(ledger: Ledger):
    cells = {
        (f"{fund}财政拨款", "决算数"): ledger.sum("收入", category=f"{fund}财政拨款收入")
        for fund in FISCAL
    }
    cells["本年收入合计", "决算数"] = ledger.sum("收入", category=INCOME[:3])
    cells["年初财政拨款结转和结余", "决算数"] = carried(ledger, "年初结转和结余", fund=FISCAL)
    for fund in FISCAL:
        cells[f"年初财政拨款结转和结余/{fund}财政拨款", "决算数"] = carried(
            ledger, "年初结转和结余", fund=fund
        )
    cells["收入总计", "决算数"] = (
        cells["本年收入合计", "决算数"] + cells["年初财政拨款结转和结余", "决算数"]
    )
    for column, fund in {"合计": FISCAL, **FUNDS}.items():
        for code in CLASSES:
            cells[code, column] = ledger.sum("支出", function=code, fund=fund)
        cells["本年支出合计", column] = ledger.sum("支出", fund=fund)
        cells["年末财政拨款结转和结余", column] = carried(ledger, "年末结转和结余", fund=fund)
        cells["支出总计", column] = (
            cells["本年支出合计", column] + cells["年末财政拨款结转和结余", column]
        )
    return cells


def table_05(ledger: Ledger):
    codes = with_parents(ledger.part("支出", fund=FISCAL)["economic"], 3, 5)
    cells = {}
    for key, start in {"合计": "", **{c: c for c in codes}}.items():
        cells[key, "合计"] = ledger.sum("支出", fund=FISCAL, economic=start)
        for column, fund in FUNDS.items():
            cells[key, f"{column}/小计"] = ledger.sum("支出", fund=fund, economic=start)
            for nature in (BASIC, PROJECT):
                cells[key, f"{column}/{nature}"] = ledger.sum(
                    "支出", fund=fund, economic=start, nature=nature
                )
    return cells


def by_nature(ledger: Ledger, fund: str):
    cells = {}
    for key, start in functions(ledger.part("支出", fund=fund)).items():
        cells[key, "本年支出合计"] = ledger.sum("支出", fund=fund, function=start)
        for nature in (BASIC, PROJECT):
            cells[key, nature] = ledger.sum("支出", fund=fund, function=start, nature=nature)
    return cells


def table_06(ledger: Ledger):
    return by_nature(ledger, GENERAL)


def table_07(ledger: Ledger):
    cells = {}
    for key, start in functions(ledger.part("支出", fund=GENERAL)).items():
        for column, economic in {"合计": "", **{c: c for c in ECONOMIC}}.items():
            cells[key, column] = ledger.sum("支出", fund=GENERAL, function=start, economic=economic)
    return cells


def table_08(ledger: Ledger):
    cells = {
        code: ledger.sum("支出", fund=GENERAL, nature=BASIC, economic=code) for code in ECONOMIC
    }
    people = [cells[code] for code in ECONOMIC if code in ("301", "303")]
    office = [cells[code] for code in ECONOMIC if len(code) == 3 and code not in ("301", "303")]
    cells |= {"人员经费合计": sum(people), "公用经费合计": sum(office)}
    return {(row, "决算数"): fen for row, fen in cells.items()}


def table_09(ledger: Ledger):
    return {
        (key, "项目支出"): ledger.sum("支出", fund=GENERAL, nature=PROJECT, function=start)
        for key, start in functions(ledger.part("支出", fund=GENERAL, nature=PROJECT)).items()
    }


def with_carry_over(ledger: Ledger, fund: str):
    category = f"{fund}财政拨款收入"
    rows = functions(
        ledger.part("支出", fund=fund),
        ledger.part("收入", category=category),
        ledger.part("结转结余", fund=fund, category=("年初结转和结余", "年末结转和结余")),
    )
    cells = {}
    for key, start in rows.items():
        cells[key, "年初结转和结余"] = carried(ledger, "年初结转和结余", fund=fund, function=start)
        cells[key, "本年收入"] = ledger.sum("收入", category=category, function=start)
        cells[key, "本年支出/小计"] = ledger.sum("支出", fund=fund, function=start)
        for nature in (BASIC, PROJECT):
            cells[key, f"本年支出/{nature}"] = ledger.sum(
                "支出", fund=fund, function=start, nature=nature
            )
        cells[key, "年末结转和结余"] = carried(ledger, "年末结转和结余", fund=fund, function=start)
    return cells


def table_10(ledger: Ledger):
    return with_carry_over(ledger, GOVERNMENT)


def table_11(ledger: Ledger):
    return with_carry_over(ledger, STATE)


def table_12(ledger: Ledger):
    return by_nature(ledger, STATE)


def three_public(ledger: Ledger, basis: str = "") -> dict[str, int]:
    parts = {
        "因公出国（境）费": ("因公出国（境）费",),
        "公务用车购置费": ("公务用车购置费", "购置轿车", "购置越野车", "购置载客汽车"),
        "公务用车运行维护费": ("公务用车运行维护费",),
        "公务接待费": ("公务接待费", "国内公务接待费", "外事接待费"),
    }
    sums = {name: ledger.sum("三公经费", basis, category=names) for name, names in parts.items()}
    cars = sums["公务用车购置费"] + sums["公务用车运行维护费"]
    return {
        **sums,
        "公务用车购置及运行维护费": cars,
        "合计": cars + sums["因公出国（境）费"] + sums["公务接待费"],
    }


def table_13(ledger: Ledger):
    budget = "全年预算" if ledger.records["三公经费", "全年预算"] else "年初预算"
    return {
        ("合计", f"{head}/{name}"): fen
        for head, basis in (("预算数", budget), ("决算数", ""))
        for name, fen in three_public(ledger, basis).items()
    }


# What the project says


def tables_in(folder: Folder) -> Tables:
    loaded = [figures.load(f.figures, f.name(f.figures)) for f in (folder, folder.last_year)]
    return Tables(forms.load("sichuan-2022"), Accounts(*loaded), folder.year)


@pytest.fixture(scope="module")
def writer(tmp_path_factory) -> Writer:
    data = tmp_path_factory.mktemp("data")
    write_department(data, year=YEAR)
    folder = Folder(data, DEPARTMENT, YEAR)
    return Writer(
        tables_in(folder),
        profile.load(folder.profile, folder.name(folder.profile), YEAR),
        wording.load("sichuan-2022"),
    )


@pytest.fixture(scope="module")
def now() -> Ledger:
    return Ledger(rows_of(YEAR))


@pytest.fixture(scope="module")
def before() -> Ledger:
    return Ledger(rows_of(YEAR - 1))


def in_wan(fen: int) -> Decimal:
    return Decimal(fen).scaleb(-6)


@pytest.mark.parametrize("number", NUMBERS)
def test_every_cell_of_a_table_is_the_sum_of_its_raw_rows(writer, now, number):
    cells = {
        (c.address.row, c.address.column): c.amount and c.amount.value
        for c in writer.tables.table(number).cells()
    }
    expected = {place: in_wan(fen) for place, fen in expected_table(number, now).items()}
    assert set(expected) == set(cells)
    assert {} == {
        place: (expected[place], cells[place])
        for place in expected
        if expected[place] != cells[place]
    }


@pytest.mark.parametrize("number", NUMBERS)
def test_exact_figures_make_exact_cells(writer, number):
    assert {Decimal(0)} == {c.amount.error for c in writer.tables.table(number).cells()}


@pytest.mark.parametrize("number", NUMBERS)
def test_a_cell_is_given_exactly_when_one_row_says_it(writer, number):
    tables = writer.tables
    for cell in tables.table(number).cells():
        scope = tables.scope(cell.address)
        basis = "全年预算" if "预算数/" in cell.address.column else "决算"
        stated = any(f.scope == scope and f.basis == basis for f in tables.accounts.figures)
        assert ("given" if stated else "derived") == cell.state, str(cell.address)


@pytest.mark.parametrize("number", ["02", "03", "05", "06", "07", "09", "10", "11", "12"])
def test_coded_rows_stand_in_code_order_after_the_total(writer, number):
    keys = [line.key for side in writer.tables.table(number).sides for line in side.rows]
    assert ["合计", *sorted(keys[1:])] == keys


def test_the_published_tables_are_the_thirteen(writer):
    assert NUMBERS == [t.form.number for t in writer.tables.published()]


@pytest.mark.parametrize("fund", [*FISCAL, OTHER])
def test_the_invented_money_balances_by_fund(now, fund):
    income = now.sum("收入", category=f"{fund}财政拨款收入" if fund != OTHER else INCOME[3:])
    left = (
        carried(now, "年初结转和结余", fund=fund)
        + income
        + carried(now, "使用非财政拨款结余", fund=fund)
    )
    right = (
        now.sum("支出", fund=fund)
        + carried(now, "结余分配", fund=fund)
        + carried(now, "年末结转和结余", fund=fund)
    )
    assert left == right


def test_what_is_carried_over_is_what_the_year_before_left(now, before):
    for fund in (*FISCAL, OTHER):
        assert carried(before, "年末结转和结余", fund=fund) == carried(
            now, "年初结转和结余", fund=fund
        )


@pytest.mark.parametrize(
    "ordinal", range(len(kinds.kinds())), ids=[kind.slug for kind in kinds.kinds()]
)
def test_every_cell_is_the_sum_of_its_raw_rows_in_a_department_of_every_kind(tmp_path, ordinal):
    one = district.department(SEED, ordinal)
    sample.write(one, tmp_path, range(YEAR - 1, YEAR + 1))
    ledger, tables = (
        Ledger(rows(Year(one, YEAR))),
        tables_in(Folder(tmp_path, sample.name_of(one), YEAR)),
    )
    for number in NUMBERS:
        cells = {
            (c.address.row, c.address.column): c.amount and c.amount.value
            for c in tables.table(number).cells()
        }
        assert {
            place: in_wan(fen) for place, fen in expected_table(number, ledger).items()
        } == cells


# Its sentences


def number(value: Fraction | int, places: int = 2) -> str:
    scaled = floor(abs(Fraction(value)) * 10**places + Fraction(1, 2))
    whole, part = divmod(scaled, 10**places)
    return f"{whole}.{part:0{places}d}".rstrip("0").rstrip(".")


def wan(fen: int) -> str:
    return number(Fraction(fen, 1_000_000))


def percent(part: int, whole: int) -> str:
    return number(Fraction(100 * part, whole), 1) + "%"


def change(fen: int, base: int) -> str:
    words = ("增加", "增长") if fen > base else ("减少", "下降")
    rate = f"，{words[1]}{percent(abs(fen - base), base)}" if base else ""
    return f"{words[0]}{wan(fen - base)}万元{rate}"


def completion(final: int, budget: int) -> str:
    return f"完成预算{percent(final, budget)}" if budget else "未安排预算"


def text(writer: Writer, statement: str) -> str:
    return "".join(s.text for s in writer.statement(statement).sentences)


def grand_total(ledger: Ledger) -> int:
    return (
        ledger.sum("收入")
        + carried(ledger, "使用非财政拨款结余")
        + carried(ledger, "年初结转和结余")
    )


def people(ledger: Ledger) -> int:
    return sum(ledger.sum("支出", fund=GENERAL, nature=BASIC, economic=c) for c in ("301", "303"))


def test_the_grand_total_is_compared_with_last_years_folder(writer, now, before):
    assert (
        f"2023年度收、支总计均为{wan(grand_total(now))}万元。"
        f"与2022年度相比，收、支总计各{change(grand_total(now), grand_total(before))}。"
        f"主要变动原因是人员经费{wan(people(now))}万元，比2022年{change(people(now), people(before))}。"
    ) == text(writer, "一")


def test_every_source_of_income_is_listed_with_its_share(writer, now):
    total = now.sum("收入")
    listed = "；".join(
        f"{c}{wan(now.sum('收入', category=c))}万元，占{percent(now.sum('收入', category=c), total)}"
        for c in INCOME
    )
    assert f"2023年度本年收入合计{wan(total)}万元，其中：{listed}。" == text(writer, "二")


def test_every_nature_of_expenditure_is_listed_with_its_share(writer, now):
    total = now.sum("支出")
    listed = "；".join(
        f"{n}{wan(now.sum('支出', nature=n))}万元，占{percent(now.sum('支出', nature=n), total)}"
        for n in NATURES
    )
    assert f"2023年度本年支出合计{wan(total)}万元，其中：{listed}。" == text(writer, "三")


def test_the_fiscal_total_counts_fiscal_money_only(writer, now, before):
    def fiscal(ledger):
        return ledger.sum("收入", category=INCOME[:3]) + carried(
            ledger, "年初结转和结余", fund=FISCAL
        )

    assert (
        f"2023年度财政拨款收、支总计均为{wan(fiscal(now))}万元。"
        f"与2022年度相比，财政拨款收、支总计各{change(fiscal(now), fiscal(before))}。"
    ) == text(writer, "四")


def test_the_general_budget_is_a_share_of_all_expenditure(writer, now, before):
    general, last = now.sum("支出", fund=GENERAL), before.sum("支出", fund=GENERAL)
    assert (
        f"2023年度一般公共预算财政拨款支出{wan(general)}万元，占本年支出合计的{percent(general, now.sum('支出'))}。"
        f"与2022年度相比，一般公共预算财政拨款支出{change(general, last)}。"
    ) == text(writer, "五.一")


def test_the_structure_lists_the_classes_of_the_general_budget_only(writer, now):
    frame = now.part("支出", fund=GENERAL)
    general = int(frame["fen"].sum())
    sums = frame.groupby(frame["function"].str[:3])["fen"].sum().sort_index()
    listed = "；".join(
        f"{FUNCTIONAL[c]}{wan(int(f))}万元，占{percent(int(f), general)}" for c, f in sums.items()
    )
    assert (
        f"2023年度一般公共预算财政拨款支出{wan(general)}万元，主要用于以下方面：{listed}。"
        == text(writer, "五.二")
    )


def test_each_item_is_compared_with_its_budget_above_below_and_without(writer, now):
    sums = now.part("支出", fund=GENERAL).groupby("function")["fen"].sum().sort_index()
    budgets = now.part("支出", "全年预算", fund=GENERAL).groupby("function")["fen"].sum()
    lines = [
        f"{n}.{FUNCTIONAL[c[:3]]}（类）{FUNCTIONAL[c[:5]]}（款）{FUNCTIONAL[c]}（项）："
        f"支出决算为{wan(int(f))}万元，{completion(int(f), int(budgets[c]))}。"
        for n, (c, f) in enumerate(sums.items(), 1)
    ]
    head, *items = writer.statement("五.三").sentences
    assert lines == [s.text for s in items]
    assert (
        f"2023年度一般公共预算支出决算数为{wan(int(sums.sum()))}万元，"
        f"{completion(int(sums.sum()), int(budgets.sum()))}。其中：" == head.text
    )
    ratios = [Fraction(int(f), int(budgets[c])) for c, f in sums.items() if budgets[c]]
    assert min(ratios) < 1 < max(ratios) and 1 in ratios and 0 in budgets.values


def test_basic_expenditure_enumerates_exactly_the_classes_that_have_money(writer, now):
    sums = (
        now.part("支出", fund=GENERAL, nature=BASIC).groupby("economic")["fen"].sum().sort_index()
    )
    staff = [c for c, fen in sums.items() if fen and c[:3] in ("301", "303")]
    office = [c for c, fen in sums.items() if fen and c[:3] not in ("301", "303")]
    paragraphs = ["".join(s.text for s in p) for p in writer.statement("六").paragraphs]
    assert [
        f"2023年度一般公共预算财政拨款基本支出{wan(int(sums.sum()))}万元，其中：",
        f"人员经费{wan(int(sums[staff].sum()))}万元，主要包括：{'、'.join(ECONOMIC[c] for c in staff)}等。",
        f"公用经费{wan(int(sums[office].sum()))}万元，主要包括：{'、'.join(ECONOMIC[c] for c in office)}等。",
    ] == paragraphs


def test_a_class_spent_only_last_year_is_not_enumerated(tmp_path):
    write_department(tmp_path, year=2022)  # nobody went abroad
    folder = Folder(tmp_path, DEPARTMENT, 2022)
    tables = Tables(
        forms.load("sichuan-2022"), Accounts(figures.load(folder.figures, "figures.csv")), 2022
    )
    written = Writer(
        tables, profile.load(folder.profile, "profile.yaml", 2022), wording.load("sichuan-2022")
    )
    assert "因公出国（境）费用" not in text(written, "六")
    assert "公务接待费" in text(written, "六")


def test_the_three_public_total_has_its_completion_and_its_change(writer, now, before):
    final, budget, last = (three_public(*a)["合计"] for a in ((now,), (now, "全年预算"), (before,)))
    assert (
        f"2023年度“三公”经费财政拨款支出决算为{wan(final)}万元，{completion(final, budget)}，较上年度{change(final, last)}。"
    ) == text(writer, "七.一")


def test_the_three_public_parts_rise_from_zero_fall_and_stand_still(writer, now, before):
    final, budget, last = three_public(now), three_public(now, "全年预算"), three_public(before)
    abroad, cars, guests = "因公出国（境）费", "公务用车购置及运行维护费", "公务接待费"
    owned = "保有轿车数", "保有越野车数", "保有载客汽车数"
    told = text(writer, "七.二")
    shares = "；".join(
        f"{name}支出决算{wan(final[name])}万元，占{percent(final[name], final['合计'])}"
        for name in (abroad, cars, guests)
    )
    assert 0 == last[abroad] < final[abroad]
    assert last[guests] == final[guests]
    for sentence in (
        f"2023年度“三公”经费财政拨款支出决算中，{shares}。",
        f"1.因公出国（境）经费支出{wan(final[abroad])}万元，{completion(final[abroad], budget[abroad])}。",
        "全年安排因公出国（境）团组{}次，出国（境）{}人。".format(
            *map(now.count, ("因公出国（境）团组数", "因公出国（境）人次数"))
        ),
        f"因公出国（境）支出决算比2022年度增加{wan(final[abroad])}万元。",  # a base of zero has no rate
        f"2.公务用车购置及运行维护费支出{wan(final[cars])}万元，{completion(final[cars], budget[cars])}。",
        f"公务用车购置及运行维护费支出决算比2022年度{change(final[cars], last[cars])}。",
        f"公务用车运行维护费支出{wan(final['公务用车运行维护费'])}万元。",
        f"3.公务接待费支出{wan(final[guests])}万元，{completion(final[guests], budget[guests])}。",
        "公务接待费支出决算与2022年度持平。",
        "国内公务接待{}批次，{}人次（不包括陪同人员），".format(
            *map(now.count, ("国内公务接待批次", "国内公务接待人次"))
        ),
        "单位共有公务用车{}辆，其中：轿车{}辆、越野车{}辆、载客汽车{}辆。".format(
            now.count(*owned), *map(now.count, owned)
        ),
    ):
        assert sentence in told


def test_a_decrease_is_said_as_one(tmp_path, before):
    """Running costs of cars fall each year; the next year compares with this one."""
    write_department(tmp_path, year=YEAR)
    folder = Folder(tmp_path, DEPARTMENT, YEAR)
    folder.profile.write_text(
        folder.profile.read_text(encoding="utf-8").replace("虚构原因", "车辆运行费{变动 运维}"),
        encoding="utf-8",
    )
    written = Writer(
        tables_in(folder),
        profile.load(folder.profile, "profile.yaml", YEAR),
        wording.load("sichuan-2022"),
    )
    final, last = (three_public(x)["公务用车运行维护费"] for x in (Ledger(rows_of(YEAR)), before))
    assert final < last
    assert (
        f"主要原因是车辆运行费减少{wan(last - final)}万元，下降{percent(last - final, last)}。"
        in text(written, "十.一")
    )


@pytest.mark.parametrize(
    "statement, fund, name", [("八", GOVERNMENT, "政府性基金"), ("九", STATE, "国有资本经营")]
)
def test_each_other_fund_has_its_sentence(writer, now, statement, fund, name):
    assert f"2023年度{name}预算财政拨款支出{wan(now.sum('支出', fund=fund))}万元。" == text(
        writer, statement
    )


def test_running_costs_name_the_department_by_its_short_name(writer, now, before):
    final, last = now.sum("机关运行经费"), before.sum("机关运行经费")
    assert (
        f"2023年度，{SHORT_NAME}机关运行经费支出{wan(final)}万元，比2022年度{change(final, last)}。主要原因是虚构原因。"
    ) == text(writer, "十.一")


def test_procurement_adds_up_and_small_firms_are_not_part_of_the_sum(writer, now):
    goods, works, services = (now.sum("政府采购", category=c) for c in ("货物", "工程", "服务"))
    total = goods + works + services
    small, micro = (now.sum("政府采购", category=c) for c in ("授予中小企业", "授予小微企业"))
    assert (
        f"2023年度，{SHORT_NAME}政府采购支出总额{wan(total)}万元，其中：政府采购货物支出{wan(goods)}万元、"
        f"政府采购工程支出{wan(works)}万元、政府采购服务支出{wan(services)}万元。"
        f"授予中小企业合同金额{wan(small)}万元，占政府采购支出总额的{percent(small, total)}，"
        f"其中：授予小微企业合同金额{wan(micro)}万元，占政府采购支出总额的{percent(micro, total)}。"
    ) == text(writer, "十.二")


def test_vehicles_are_counted_by_use(writer, now):
    uses = "主要领导干部用车", "机要通信用车", "应急保障用车", "其他用车"
    listed = "、".join(f"{use}{now.count(use)}辆" for use in uses)
    assert (
        f"截至2023年12月31日，{SHORT_NAME}共有车辆{now.count(*uses)}辆，其中：{listed}，其他用车主要是虚构用途。"
        f"单价100万元以上设备（不含车辆）{now.count('单价100万元以上设备')}台（套）。"
    ) == text(writer, "十.三")


def test_performance_names_every_fund_with_expenditure_and_counts_the_projects(writer, now):
    projects = now.part("绩效项目")["project"].nunique()
    told = text(writer, "十.四")
    assert f"组织对{projects}个项目开展了预算事前绩效评估" in told
    assert "组织对2023年度一般公共预算、政府性基金预算、国有资本经营预算等全面开展绩效自评" in told
    (score,) = now.frame[now.frame["category"] == "绩效自评得分"]["amount"]
    assert f"自评得分为{score.removesuffix('.0')}分。" in told


def test_no_sentence_has_a_gap(writer):
    assert [] == [s.id for statement in writer.all() for s in statement.sentences if "【" in s.text]


def test_every_number_stands_where_it_says_in_its_sentence(writer):
    for statement in writer.all():
        for sentence in statement.sentences:
            for printed in sentence.numbers:
                assert printed.text == sentence.text[printed.start : printed.end]
                assert printed.cells


def test_nothing_of_another_department_is_printed(writer):
    told = "".join(s.text for statement in writer.all() for s in statement.sentences)
    assert "西区" not in told and "攀枝花" not in told
    assert NAME == writer.profile.department
