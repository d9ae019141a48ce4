"""A clean invented disclosure: its report, the text and the sheets that it publishes, and where everything stands in them."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property, reduce
from pathlib import Path
from random import Random

import invented
import xlsxwriter
import yaml
from python_calamine import CalamineWorkbook

from helpers import export, report, workbook
from helpers.model import Address, Number, Sentence

YEARS = (2023, 2025, 2023, 2022, 2025, 2023)  # odd years have an increase over nothing
NAMES = (
    ("示例县文化和教育局（虚构）", "示例文教局（虚构）"),
    ("样本市东城区人民政府办公室（虚构）", "样本区政府办公室（虚构）"),
    ("虚构县教育体育和旅游委员会", "虚构教体旅委"),
)


@dataclass(frozen=True)
class Spot:
    """Characters `start` to `end` of the narrative, in a sentence or in a heading."""

    start: int
    end: int
    text: str
    section: str
    sentence: Sentence | None
    number: Number | None = None


@dataclass(frozen=True)
class Place:
    """One printed cell: its address and where it stands in its sheet."""

    address: Address
    sheet: str
    r: int
    c: int
    value: Decimal


def _place(clean: Clean, address: Address, sheet: str, at: str) -> Place:
    letters, digits = re.fullmatch(r"([A-Z]+)(\d+)", at).groups()
    r, c = int(digits) - 1, reduce(lambda n, letter: n * 26 + ord(letter) - 64, letters, 0) - 1
    return Place(address, sheet, r, c, Decimal(str(clean.sheets[sheet][r][c] or 0)))


@dataclass
class Clean:
    """One clean department-year: its report, its published text, its published sheets."""

    seed: int
    year: int
    data: Path
    this: report.Report
    text: str
    sheets: dict[str, list[list]]

    @cached_property
    def statements(self):
        return list(self.this.statements.values())

    @cached_property
    def printed(self) -> dict[str, workbook.PrintedTable]:
        return workbook.read(self.this.folder.workbook, "tables.xlsx", self.this.tables.published())

    @cached_property
    def figure_rows(self) -> list[dict[str, str]]:
        with self.this.folder.figures.open(encoding="utf-8", newline="") as file:
            return list(csv.DictReader(file))

    @cached_property
    def sentences(self) -> list[tuple[int, Sentence]]:
        """Return every sentence and where it begins in the published text."""
        found, at = [], 0
        for statement in self.statements:
            for sentence in statement.sentences:
                if sentence.text.strip():
                    at = self.text.index(sentence.text, at)
                    found.append((at, sentence))
                    at += len(sentence.text)
        return found

    @cached_property
    def headings(self) -> list[tuple[int, str]]:
        """Return every line that is no sentence and where it begins."""
        taken = [(at, at + len(s.text)) for at, s in self.sentences]
        lines = [(m.start(), m[0]) for m in re.finditer(r"[^\n]+", self.text)]
        return [(at, line) for at, line in lines if not any(a <= at < b for a, b in taken)]

    @cached_property
    def places(self) -> list[Place]:
        """Return every printed cell."""
        return [_place(self, Address(number, *key), table.sheet, printed.at)
                for number, table in self.printed.items() for key, printed in table.cells.items()]

    def line_of(self, place: int) -> int:
        return self.text.count("\n", 0, place) + 1

    def spots(self, pattern: str, headings: bool = False) -> list[Spot]:
        """Return every match of a pattern in the sentences, and in the headings if wanted."""
        found = []
        for at, sentence in self.sentences:
            numbers = {(n.start, n.end): n for n in sentence.numbers}
            for m in re.finditer(pattern, sentence.text):
                found.append(Spot(at + m.start(), at + m.end(), m[0], sentence.section, sentence, numbers.get(m.span())))
        for at, line in self.headings if headings else ():
            found += [Spot(at + m.start(), at + m.end(), m[0], "标题", None) for m in re.finditer(pattern, line)]
        return found


def build(seed: int, data: Path) -> Clean:
    """Return a clean department-year, its tables and narrative published as they were computed."""
    chance, year = Random(f"部门 {seed}"), YEARS[seed % len(YEARS)]
    without = {1: (invented.GOVERNMENT,), 2: (invented.STATE,)}.get(seed % 4, ())
    invented.write_department(data, year=year, seed=seed)
    rows = {y: [r for r in invented.rows_of(y, seed) if not _drops(r, without)] for y in (year - 1, year)}
    rows[year] += _totals(rows[year], chance) + _stated_before(rows[year - 1], chance)
    for one, written in rows.items():
        folder = data / "departments" / invented.DEPARTMENT / str(one)
        (folder / "figures.csv").write_text(csv_text(written), encoding="utf-8")
        (folder / "profile.yaml").write_text(yaml.safe_dump(_profile(one, chance, seed, written), allow_unicode=True), encoding="utf-8")
    this = report.load(invented.DEPARTMENT, year, data)
    published = this.folder.path / "published"
    published.mkdir(exist_ok=True)
    text = export.narrative_txt(this)
    (published / "narrative.txt").write_text(text, encoding="utf-8")
    export.tables_xlsx(this, published / "tables.xlsx")
    book = CalamineWorkbook.from_path(str(published / "tables.xlsx"))
    sheets = {s: book.get_sheet_by_name(s).to_python(skip_empty_area=False) for s in book.sheet_names}
    for grid in sheets.values():
        grid[1][1] = f"{year}年度"
    write_book(sheets, published / "tables.xlsx")
    return Clean(seed, year, data, report.load(invented.DEPARTMENT, year, data), text, sheets)


def _drops(row: dict[str, str], without: tuple[str, ...]) -> bool:
    gone = {name for fund, _, name, _ in invented._PROJECTS if fund in without}
    return row["fund"] in without or row["category"] in {f"{f}财政拨款收入" for f in without} or bool(gone & {row["project"]})


def csv_text(rows: list[dict[str, str]]) -> str:
    """Return rows as figures.csv."""
    out = io.StringIO()
    writer = csv.DictWriter(out, invented.COLUMNS, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()


def _sum(rows: Iterable[dict[str, str]], **wanted: str) -> Decimal:
    return sum((Decimal(r["amount"]) for r in rows if all(r[k] == v for k, v in wanted.items())), Decimal(0))


def _totals(rows: list[dict[str, str]], chance: Random) -> list[dict[str, str]]:
    """Return some totals that are given beside their details and agree with them."""
    of = lambda item: [r for r in rows if r["item"] == item and not r["basis"]]  # noqa: E731
    spent = [r for r in of("支出") if r["economic"]]
    offered = [("支出", spent, {}), ("收入", of("收入"), {}), ("政府采购", [r for r in of("政府采购") if r["category"] in ("货物", "工程", "服务")], {}),
               ("绩效项目", of("绩效项目"), {})]
    offered += [("支出", spent, {"fund": f}) for f in {r["fund"] for r in spent}]
    offered += [("支出", spent, {"fund": f, "nature": n}) for f, n in {(r["fund"], r["nature"]) for r in spent}]
    offered += [("支出", spent, {"fund": f, "function": c}) for f, c in {(r["fund"], r["function"]) for r in spent}]
    offered += [("收入", of("收入"), {"category": c}) for c in {r["category"] for r in of("收入")}]
    chosen = chance.sample(sorted(offered, key=lambda o: (o[0], sorted(o[2].items()))), 5)
    return [{**dict.fromkeys(invented.COLUMNS, ""), "item": item, "unit": "元", "amount": f"{_sum(parts, **scope):.2f}", **scope}
            for item, parts, scope in chosen]


def _stated_before(before: list[dict[str, str]], chance: Random) -> list[dict[str, str]]:
    """Return some figures of last year as this year's file may repeat them."""
    offered = [r for r in before if not r["basis"] and r["item"] in ("收入", "三公经费", "机关运行经费", "政府采购", "数量") and not r["function"]]
    return [{**r, "basis": "上年决算"} for r in chance.sample(offered, 5)]


def _profile(year: int, chance: Random, seed: int, rows: list[dict[str, str]]) -> dict:
    name, short = NAMES[seed % len(NAMES)]
    functions = sorted({r["function"] for r in rows if r["basis"] == "全年预算" and r["function"]})
    changed = "人员经费{人员经费}万元，比{上年}年{变动 人员经费}；公用经费{公用经费}万元，比{上年}年{变动 公用经费}"
    units = ["示例图书馆（虚构）", "示例文化馆（虚构）", "示例小学（虚构）"][: seed % 3 + 1]
    return {
        "department": name, "short_name": short, "year": year, "edition": "sichuan-2022", "region": "示例省示例县（虚构）",
        "kind": "部门" if seed % 5 else "单位",
        "duties": "贯彻执行文化、教育工作的方针政策，统筹规划文化事业和产业发展，指导学校开展教育教学。",
        "organisation": f"{short}下属二级预算单位{len(units)}个，内设股室7个。其中行政单位1个，其他事业单位{len(units)}个。",
        "units": units,
        "reasons": {
            "收支总计": changed, "财政拨款": "财政拨款安排的项目支出变化", "一般公共预算": changed,
            "三公经费": "{年}年度公务用车更新购置{购置数}辆", "公务用车": "公务用车购置及运行维护费{用车}万元，更新车辆的价格变动",
            "公务接待费": "接待{国内批次}批次", "因公出国": "{年}年度出国任务{团组}个", "机关运行经费": "由于{年}年度人员变化，相应调整经费",
            **{f: "据实结算" for f in functions[::2]},
        },
        "three_public_details": {
            "公务用车运行维护费": "下乡检查、调研所需的燃料费、维修费、过路过桥费、保险费等支出",
            "国内公务接待": "接待上级部门检查、兄弟单位学习交流", "外事接待": "接待来访的文化交流团组",
        },
        "assets_use": "下乡执法和送戏下乡",
        "performance": {
            "项目": "校舍维修、群众文化活动", "自评综述": "{年}年度各项目按计划完成，项目支出{项目支出}万元，执行情况良好",
            "评价报告": [
                "常年项目绩效分析。该类项目总数{常年项目数}个，涉及预算总金额{常年预算}万元，执行总体进度为{比 常年金额/常年预算}，其中：预算结余率大于10%的项目共计{结余项目数}个。",
                "阶段（一次性）项目绩效分析。该类项目总数{一次性项目数}个，涉及预算总金额{一次性预算}万元，支出{一次性金额}万元。",
            ],
        },
        "glossary": [
            "基本支出：指为保障机构正常运转、完成日常工作任务而发生的人员支出和公用支出。",
            "项目支出：指在基本支出之外为完成特定行政任务和事业发展目标所发生的支出。",
            "教育支出（类）普通教育（款）小学教育（项）：指各部门举办的小学教育支出。",
            "“三公”经费：指部门用财政拨款安排的因公出国（境）费、公务用车购置及运行费和公务接待费。",
            "年末结转和结余：指单位按有关规定结转到下年或以后年度继续使用的资金。",
        ],
        "style": {"percent_decimals": 1 + seed % 2, "three_public_percent_decimals": seed % 3, "trim_zeros": bool(seed % 7)},
    }


def write_book(sheets: dict[str, list[list]], path: Path) -> None:
    """Write sheets with their values and without their looks."""
    book = xlsxwriter.Workbook(str(path), {"strings_to_formulas": False})
    for name, grid in sheets.items():
        sheet = book.add_worksheet(name)
        for r, row in enumerate(grid):
            for c, value in enumerate(row):
                if value != "":
                    (sheet.write_number if isinstance(value, float) else sheet.write_string)(r, c, value)
    book.close()
