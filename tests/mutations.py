"""The mutation benchmark: clean invented disclosures, one thing changed in each, and whether it is found.

`python tests/mutations.py` prints the table of kinds and counts as Markdown. A change counts as found when
there is a finding of severity error or warning that the clean disclosure does not have, and as found at the
right place when such a finding names the changed cell, the changed sentence or its line, or the figure.
A change that rounding explains is no change: it is skipped and counted as skipped. The spot is drawn
from a section or table first and then from what stands in it, so that long tables do not crowd out short ones.
"""

from __future__ import annotations

import argparse
import csv
import io
import re
import shutil
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from functools import cached_property, partial, reduce
from itertools import pairwise, zip_longest
from pathlib import Path
from random import Random

sys.path.insert(0, str(Path(__file__).resolve().parent))

import invented
import xlsxwriter
import yaml
from python_calamine import CalamineWorkbook

from helpers import alignment, codes, comparison, export, formula, money, paths, proofreading, reconciliation, report, workbook
from helpers.model import FINAL, LAST_YEAR, Address, Finding, Number, Sentence
from helpers.money import HALF, Amount
from helpers.published import Narrative

DEPARTMENTS, PATIENCE = 240, 40
YEARS = (2023, 2025, 2023, 2022, 2025, 2023)  # odd years have an increase over nothing
SERIOUS = ("error", "warning")
NAMES = (
    ("示例县文化和教育局（虚构）", "示例文教局（虚构）"),
    ("样本市东城区人民政府办公室（虚构）", "样本区政府办公室（虚构）"),
    ("虚构县教育体育和旅游委员会", "虚构教体旅委"),
)
CJK = "一-龥"
KEPT = paths.ROOT / "docs" / "mutations.md"


class Skip(Exception):
    """The drawn change is none: the text stays equal, or rounding explains it."""


# A clean disclosure


@dataclass(frozen=True)
class Spot:
    """Characters `start` to `end` of the narrative, in a sentence or in a heading."""

    start: int
    end: int
    text: str
    section: str
    sentence: Sentence | None
    number: Number | None = None


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
        (folder / "figures.csv").write_text(_csv(written), encoding="utf-8")
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


def _csv(rows: list[dict[str, str]]) -> str:
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


# One change, and whether it is found


@dataclass(frozen=True)
class Mutation:
    """One change. `content` is the whole new narrative, the changed sheets (None: removed) or the folder's changed files."""

    of: str
    content: object
    spot: str
    places: frozenset[str]
    prefixes: tuple[str, ...] = ()

    def names(self, place: str) -> bool:
        """Return whether a finding's place is the changed one."""
        return place in self.places or place.startswith(self.prefixes) if self.prefixes else place in self.places


def findings(clean: Clean, mutation: Mutation) -> list[Finding]:
    """Return the serious findings of what the change touches, by the functions that a report calls."""
    this = clean.this
    if mutation.of == "text":
        narrative = Narrative(mutation.content, this.narrative.name)
        compared = comparison.compare(alignment.align(clean.statements, narrative))
        found = comparison.findings(compared, this.tables, narrative, (this.profile.department, this.profile.short_name))
        found += proofreading.findings(narrative, this.profile, this.tables, clean.statements)
    elif mutation.of == "book":
        found = reconciliation.findings(reread(clean, mutation.content), this.tables, this.profile)
    else:
        found = reloaded(clean, mutation.content, found=True).found
    return [f for f in found if f.severity in SERIOUS]


def reread(clean: Clean, changed: dict[str, list[list] | None]) -> dict[str, workbook.PrintedTable]:
    """Return the published tables with the changed sheets read again; a sheet is read by itself, so the others stay."""
    left = {s: grid for s, grid in changed.items() if grid is not None}
    again: dict[str, workbook.PrintedTable] = {}
    if left:
        write_book(left, clean.data / "tables.xlsx")
        again = workbook.read(clean.data / "tables.xlsx", "tables.xlsx", clean.this.tables.published())
    kept = {n: t for n, t in clean.printed.items() if t.sheet not in changed}
    return {**again, **kept}


def reloaded(clean: Clean, files: dict[str, str], found: bool = False) -> report.Report:
    """Return the report of the folder with some files changed; its files are there only while its findings are asked for."""
    with tempfile.TemporaryDirectory() as folder:
        shutil.copytree(clean.data / "departments", Path(folder) / "departments")
        for name, text in files.items():
            (Path(folder) / "departments" / invented.DEPARTMENT / str(clean.year) / name).write_text(text, encoding="utf-8")
        this = report.load(invented.DEPARTMENT, clean.year, folder)
        if found:
            _ = this.found
        return this


KINDS: dict[str, Callable[[Clean, Random], Mutation]] = {}


def kind(name: str):
    """Enter a function into the table of kinds. It raises Skip where what it drew is no change."""
    def enter(function):
        KINDS[name] = function
        return function
    return enter


def drawn(chance: Random, offered: Iterable, group: Callable) -> object:
    """Draw a group, then one of its members. Nothing offered raises LookupError."""
    groups: dict[object, list] = {}
    for one in offered:
        groups.setdefault(group(one), []).append(one)
    if not groups:
        raise LookupError
    return chance.choice(groups[chance.choice(sorted(groups, key=str))])


def other_digit(text: str, chance: Random) -> str:
    """Return a number with one digit changed; its first does not become 0."""
    at = chance.choice([i for i, c in enumerate(text) if c.isdigit()])
    leading = at == 0 and len(text) > 1 and text[1] != "."
    return text[:at] + chance.choice([d for d in "0123456789"[leading:] if d != text[at]]) + text[at + 1 :]


# Kinds: the narrative


def retold(clean: Clean, spot: Spot, new: str, told: str = "") -> Mutation:
    """Return the change of one stretch of the narrative."""
    if new == spot.text:
        raise Skip
    line = clean.line_of(spot.start)
    places = {f"narrative.txt:{line}"} | ({spot.sentence.id} if spot.sentence else set())
    around = clean.text[max(0, spot.start - 12) : spot.start], clean.text[spot.end : spot.end + 8]
    return Mutation("text", clean.text[: spot.start] + new + clean.text[spot.end :],
                    told or f"{spot.sentence.id if spot.sentence else line}：{around[0]}【{spot.text}→{new}】{around[1]}".replace("\n", "⏎"), frozenset(places))


def explained(spot: Spot, new: str) -> bool:
    """Return whether rounding explains a number in the place of another."""
    if spot.number is None or spot.number.value is None:
        return Decimal(new) == Decimal(spot.text)
    value = Decimal(new)
    if spot.number.unit == "%":
        return Amount(value, HALF.scaleb(value.as_tuple().exponent)).meets(spot.number.value)
    if spot.number.unit == money.WAN:
        return money.amount(new, money.WAN).meets(spot.number.value)
    return value == Decimal(spot.text)


def renumbered(clean: Clean, spot: Spot, new: str) -> Mutation:
    """Return the change of one number of the narrative, unless rounding explains it."""
    if explained(spot, new):
        raise Skip
    return retold(clean, spot, new)


MONEY, PERCENT = r"\d+(?:\.\d+)?(?=万元)", r"\d+(?:\.\d+)?(?=%)"
COUNT = r"(?<![\d.])\d+(?=辆|批次|人次|个|人|次|台)"
section = lambda spot: spot.section  # noqa: E731


def digit_changed(clean: Clean, chance: Random, pattern: str) -> Mutation:
    spot = drawn(chance, clean.spots(pattern), section)
    return renumbered(clean, spot, other_digit(spot.text, chance))


kind("句：金额错一位")(partial(digit_changed, pattern=MONEY))
kind("句：百分数错一位")(partial(digit_changed, pattern=PERCENT))
kind("句：完成率错")(partial(digit_changed, pattern=r"(?<=完成预算)\d+(?:\.\d+)?(?=%)"))
kind("句：数量错一位")(partial(digit_changed, pattern=COUNT))


@kind("句：小数点移位")
def point_moved(clean: Clean, chance: Random) -> Mutation:
    spot = drawn(chance, clean.spots(r"\d+\.\d+(?=万元|%|分)"), section)
    whole, part = spot.text.split(".")
    options = [f"{whole}{part[0]}.{part[1:]}" if part[1:] else whole + part]
    options += [f"{whole[:-1]}.{whole[-1]}{part}"] if len(whole) > 1 else []
    return renumbered(clean, spot, chance.choice(options))


@kind("句：两数互换")
def numbers_swapped(clean: Clean, chance: Random) -> Mutation:
    groups: dict[tuple, list[Spot]] = {}
    for unit in (MONEY, PERCENT, COUNT):
        for spot in clean.spots(unit):
            groups.setdefault((spot.section, spot.sentence.id, unit), []).append(spot)
    a, b = sorted(chance.sample(drawn(chance, [g for g in groups.values() if len({s.text for s in g}) > 1], lambda g: g[0].section), 2), key=lambda s: s.start)
    if explained(a, b.text) and explained(b, a.text):
        raise Skip
    whole = Spot(a.start, b.end, clean.text[a.start : b.end], a.section, a.sentence)
    return retold(clean, whole, b.text + clean.text[a.end : b.start] + a.text)


@kind("句：照抄相邻一项的百分数")
def percent_copied(clean: Clean, chance: Random) -> Mutation:
    spots = clean.spots(PERCENT)
    pairs = [p for a, b in pairwise(spots) if a.section == b.section for p in ((a, b), (b, a))]
    one, other = drawn(chance, pairs, lambda p: p[0].section)
    return renumbered(clean, one, other.text)


@kind("句：照抄别处的金额")
def amount_copied(clean: Clean, chance: Random) -> Mutation:
    spots = clean.spots(MONEY)
    return renumbered(clean, drawn(chance, spots, section), drawn(chance, spots, section).text)


@kind("句：变动额写成百分数")
def change_as_percent(clean: Clean, chance: Random) -> Mutation:
    spot = drawn(chance, clean.spots(r"(?<=[增减][加少])([\d.]+)(?=万元，[增下][长降])"), section)
    rate = next(s for s in clean.spots(PERCENT) if s.start > spot.end)
    return renumbered(clean, rate, spot.text)


WAYS = {a: b for x, y in (("增加", "减少"), ("增长", "下降"), ("大于", "小于")) for a, b in ((x, y), (y, x))}


@kind("句：增减方向写反")
def direction_turned(clean: Clean, chance: Random) -> Mutation:
    spot = drawn(chance, clean.spots("|".join(WAYS)), section)
    return retold(clean, spot, WAYS[spot.text])


@kind("句：有变动而写持平")
def said_unchanged(clean: Clean, chance: Random) -> Mutation:
    spot = drawn(chance, clean.spots(r"各?(增加|减少)[\d.]+万元(，(增长|下降)[\d.]+%)?"), section)
    return retold(clean, spot, "持平")


def unit_changed(clean: Clean, chance: Random, before: str, after: str) -> Mutation:
    return retold(clean, drawn(chance, clean.spots(rf"(?<=\d){before}"), section), after)


kind("句：万元写成元")(partial(unit_changed, before="万元", after="元"))
kind("句：万元写成万")(partial(unit_changed, before="万元", after="万"))
kind("句：漏百分号")(partial(unit_changed, before="%", after=""))


@kind("句：年份过时")
def stale_year(clean: Clean, chance: Random) -> Mutation:
    spot = drawn(chance, clean.spots(r"20\d\d(?=年)"), section)
    return retold(clean, spot, str(int(spot.text) - 1))


@kind("标题：年份过时或缺位")
def stale_heading(clean: Clean, chance: Random) -> Mutation:
    spot = chance.choice([s for s in clean.spots(r"20\d\d(?=年)", headings=True) if not s.sentence])
    return retold(clean, spot, chance.choice((str(int(spot.text) - 1), str(int(spot.text) - 2), spot.text[:3])))


@kind("句：整句漏掉")
def sentence_dropped(clean: Clean, chance: Random) -> Mutation:
    at, sentence = drawn(chance, clean.sentences, lambda s: s[1].section)
    if len(sentence.text) <= 4:
        raise Skip
    return retold(clean, Spot(at, at + len(sentence.text), sentence.text, sentence.section, sentence), "")


@kind("句：整句重复")
def sentence_doubled(clean: Clean, chance: Random) -> Mutation:
    at, sentence = drawn(chance, clean.sentences, lambda s: s[1].section)
    if len(sentence.text) <= 4:
        raise Skip
    return retold(clean, Spot(at, at + len(sentence.text), sentence.text, sentence.section, sentence), sentence.text * 2)


@kind("节：整节漏掉")
def section_dropped(clean: Clean, chance: Random) -> Mutation:
    written = [s for s in clean.statements if s.title and any(x.text.strip() for x in s.sentences)]
    statement = chance.choice(written)
    ids = {s.id for s in statement.sentences}
    spans = [(at, at + len(s.text)) for at, s in clean.sentences if s.id in ids]
    start = max(at for at, _ in clean.headings if at < spans[0][0])
    text = clean.text[:start] + clean.text[spans[-1][1] + 1 :]
    return Mutation("text", text, f"{statement.number} {statement.title}", frozenset(ids))


@kind("句：列举漏一项")
def item_dropped(clean: Clean, chance: Random) -> Mutation:
    first = clean.spots(r"(?<=：)[^：；。]*\d[^：；。]*；") + clean.spots(r"(?<=：)[^：、。；，]*\d[^：、。；，]*、")
    later = clean.spots(r"；[^；。]*\d[^；。]*(?=[；。])") + clean.spots(r"、[^、。；，（]*\d(?!0万元以上)[^、。；，（]*(?=[、。；，])")
    items = [s for s in clean.spots(r"^\d+\..*（项）.*。$") if s.section.startswith("五.三")]
    return retold(clean, drawn(chance, first + later + items, section), "")


def _listed(clean: Clean) -> list[Spot]:
    return [s for s in clean.spots(r"(?<=主要包括：).*(?=等。)") if s.section.startswith("六")]


@kind("六：款名漏一个")
def name_dropped(clean: Clean, chance: Random) -> Mutation:
    spot = chance.choice(_listed(clean))
    names = spot.text.split("、")
    gone = chance.randrange(len(names))
    return retold(clean, spot, "、".join(names[:gone] + names[gone + 1 :]), f"{spot.sentence.id}：漏「{names[gone]}」")


@kind("六：款名多一个")
def name_added(clean: Clean, chance: Random) -> Mutation:
    spot = chance.choice(_listed(clean))
    names = spot.text.split("、")
    table = clean.this.tables.table("08")
    zero = [r.label for side in table.sides for r in side.rows if len(r.key) == 5 and table.cell(r.key, "决算数").amount.is_zero]
    extra, at = chance.choice(zero), chance.randint(0, len(names))
    return retold(clean, spot, "、".join([*names[:at], extra, *names[at:]]), f"{spot.sentence.id}：多「{extra}」")


@kind("句：科目名改字")
def subject_misspelt(clean: Clean, chance: Random) -> Mutation:
    listed = [s for s in clean.spots(rf"(?<=[：；])[{CJK}]{{2,}}支出(?=\d)") if s.section[0] in "三五"]
    named = [s for s in clean.spots(rf"[{CJK}]{{4,}}(?=（[类款项]）)") if s.section.startswith("五.三")]
    spot = drawn(chance, listed + named, section)
    at = chance.randrange(len(spot.text) - 2)
    return retold(clean, spot, spot.text[:at] + chance.choice("与及甲厅") + spot.text[at + 1 :])


@kind("句：零基数写增长率")
def rate_on_nothing(clean: Clean, chance: Random) -> Mutation:
    spot = drawn(chance, clean.spots(r"(?<=增加)[\d.]+万元(?=。)"), section)
    return retold(clean, spot, spot.text + chance.choice(("，增长100%", "，增长{}%", "，上升100%", "，同比增长100%")).format(chance.randint(2, 300)))


@kind("句：零预算写完成率")
def completed_nothing(clean: Clean, chance: Random) -> Mutation:
    return retold(clean, drawn(chance, clean.spots("未安排预算"), section), f"完成预算{chance.choice((100, 100, chance.randint(50, 150)))}%")


@kind("句：同一事实两处不同")
def told_twice(clean: Clean, chance: Random) -> Mutation:
    spots = [s for s in clean.spots(MONEY) if s.number and Decimal(s.text)]
    cells = Counter(c for s in spots for c in set(s.number.cells[:1]))
    spot = drawn(chance, [s for s in spots if s.number.cells and cells[s.number.cells[0]] > 1], section)
    return renumbered(clean, spot, other_digit(spot.text, chance))


@kind("文：未填的占位字样")
def placeholder_left(clean: Clean, chance: Random) -> Mutation:
    if chance.random() < 0.7:
        return retold(clean, drawn(chance, clean.spots(r"\d+(?:\.\d+)?(?=万元|%|辆|批次|人次|个)"), section), chance.choice(("XX", "××", "ＸＸ", "○○")))
    spot = drawn(chance, clean.spots("增加|减少|增长|下降"), section)
    return retold(clean, spot, f"{spot.text}（{WAYS[spot.text]}）")


@kind("文：词语重复")
def word_doubled(clean: Clean, chance: Random) -> Mutation:
    spot = drawn(chance, clean.spots(rf"[{CJK}]{{2}}"), section)
    return retold(clean, spot, spot.text * 2)


@kind("文：引号括号不成对")
def pair_broken(clean: Clean, chance: Random) -> Mutation:
    return retold(clean, drawn(chance, clean.spots("[“”（）《》]", headings=True), section), "")


@kind("文：标点重复")
def stop_doubled(clean: Clean, chance: Random) -> Mutation:
    spot = drawn(chance, clean.spots("[，。；、：]", headings=True), section)
    return retold(clean, spot, spot.text * 2)


@kind("文：部门名称错字")
def name_misspelt(clean: Clean, chance: Random) -> Mutation:
    who = clean.this.profile
    spot = drawn(chance, clean.spots(f"{re.escape(who.department)}|{re.escape(who.short_name)}", headings=True), section)
    at = chance.randrange(len(spot.text))
    if spot.text[at] in "（）":
        raise Skip
    new = chance.choice((spot.text[:at] + chance.choice("与厅甲乙会") + spot.text[at + 1 :], spot.text[:at] + spot.text[at + 1 :]))
    return retold(clean, spot, new)


# Kinds: the workbook


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


def is_total(place: Place) -> bool:
    return any(w in key for key in place.address[1:3] for w in ("合计", "总计", "小计"))


def filled(clean: Clean) -> list[Place]:
    return [p for p in clean.places if p.value]


def table_of(place: Place) -> str:
    return place.address.table


def reprinted(clean: Clean, sheet: str, edit: Callable[[list[list]], None], spot: str, *right: str, prefixes: tuple[str, ...] = ()) -> Mutation:
    """Return the change of one sheet."""
    grid = [list(row) for row in clean.sheets[sheet]]
    edit(grid)
    if grid == clean.sheets[sheet]:
        raise Skip
    return Mutation("book", {sheet: grid}, spot, frozenset(right), prefixes)


def reset(clean: Clean, place: Place, new: Decimal) -> Mutation:
    """Return the change of one printed amount, unless rounding explains it."""
    true = clean.this.tables.cell(place.address).amount
    if money.amount(f"{new:.2f}", money.WAN).meets(true):
        raise Skip

    def edit(grid):
        grid[place.r][place.c] = float(new)

    return reprinted(clean, place.sheet, edit, f"{place.address}：{place.value}→{new}", str(place.address))


def cell_digit(clean: Clean, chance: Random, of_total: bool) -> Mutation:
    place = drawn(chance, [p for p in filled(clean) if is_total(p) == of_total], table_of)
    return reset(clean, place, Decimal(other_digit(f"{place.value:.2f}", chance)))


kind("表：明细格错一位")(partial(cell_digit, of_total=False))
kind("表：合计格错一位")(partial(cell_digit, of_total=True))


@kind("表：空格填了数")
def blank_filled(clean: Clean, chance: Random) -> Mutation:
    place = drawn(chance, [p for p in clean.places if not p.value], table_of)
    return reset(clean, place, Decimal(chance.randint(1, 99999)) / 100)


@kind("表：数漏填")
def amount_blanked(clean: Clean, chance: Random) -> Mutation:
    return reset(clean, drawn(chance, filled(clean), table_of), Decimal(0))


@kind("表：按元填了数")
def amount_in_yuan(clean: Clean, chance: Random) -> Mutation:
    place = drawn(chance, filled(clean), table_of)
    return reset(clean, place, place.value * 10000)


@kind("表：正负号反")
def sign_turned(clean: Clean, chance: Random) -> Mutation:
    place = drawn(chance, filled(clean), table_of)
    return reset(clean, place, -place.value)


@dataclass(frozen=True)
class Row:
    """One printed row of one side: where its code stands, and its amounts."""

    table: str
    side: int
    sheet: str
    key: str
    r: int
    left: int
    right: int
    amounts: tuple[Decimal, ...]

    @property
    def place(self) -> str:
        return f"{self.table}[{self.key}, "


def rows(clean: Clean) -> list[list[Row]]:
    """Return the rows of every side in order."""
    at = {(p.address.table, p.address.row, p.address.column): p for p in clean.places}
    found = []
    for table in clean.this.tables.published():
        for n, side in enumerate(table.sides):
            listed = []
            for row in side.rows:
                cells = [at[table.form.number, row.key, c.key] for c in side.columns]
                listed.append(Row(table.form.number, n, cells[0].sheet, row.key, cells[0].r, cells[0].c - 2, cells[-1].c, tuple(p.value for p in cells)))
            found.append(listed)
    return found


def row_table(row) -> str:
    return (row if isinstance(row, Row) else row[0]).table


@kind("表：相邻两行的数互换")
def rows_swapped(clean: Clean, chance: Random) -> Mutation:
    a, b = drawn(chance, [p for side in rows(clean) for p in pairwise(side) if any(p[0].amounts + p[1].amounts)], row_table)
    if a.amounts == b.amounts:
        raise Skip

    def edit(grid):
        span = slice(a.left + 2, a.right + 1)
        grid[a.r][span], grid[b.r][span] = grid[b.r][span], grid[a.r][span]

    return reprinted(clean, a.sheet, edit, f"公开{a.table}表 {a.key}、{b.key}", prefixes=(a.place, b.place))


@kind("表：数与科目错行")
def rows_shifted(clean: Clean, chance: Random) -> Mutation:
    offered = [side[i : i + n] for side in rows(clean) for n in (3, 4, 5) for i in range(len(side) - n + 1)]
    some = drawn(chance, [s for s in offered if any(s[0].amounts)], row_table)
    if len({r.amounts for r in some}) == 1:
        raise Skip

    def edit(grid):
        span = slice(some[0].left + 2, some[0].right + 1)
        amounts = [grid[r.r][span] for r in some]
        for row, new in zip(some, amounts[-1:] + amounts[:-1]):
            grid[row.r][span] = new

    return reprinted(clean, some[0].sheet, edit, f"公开{some[0].table}表 {some[0].key}—{some[-1].key}", prefixes=tuple(r.place for r in some))


def _taken_out(side: list[Row], row: Row):
    def edit(grid):
        for r in range(row.r, side[-1].r):
            grid[r][row.left : row.right + 1] = grid[r + 1][row.left : row.right + 1]
        grid[side[-1].r][row.left : row.right + 1] = [""] * (row.right + 1 - row.left)
    return edit


def _put_in(side: list[Row], after: Row, new: list):
    def edit(grid):
        last = side[-1].r
        if len(grid) <= last + 1 or any(grid[last + 1][after.left : after.right + 1]):
            grid.insert(last + 1, [""] * len(grid[0]))
        for r in range(last + 1, after.r + 1, -1):
            grid[r][after.left : after.right + 1] = grid[r - 1][after.left : after.right + 1]
        grid[after.r + 1][after.left : after.right + 1] = new
    return edit


@kind("表：漏一行")
def row_dropped(clean: Clean, chance: Random) -> Mutation:
    side, row = drawn(chance, [(s, r) for s in rows(clean) for r in s if any(r.amounts)], lambda p: p[1].table)
    return reprinted(clean, row.sheet, _taken_out(side, row), f"公开{row.table}表 {row.key}", f"公开{row.table}表", prefixes=(row.place,))


@kind("表：一行印两次")
def row_doubled(clean: Clean, chance: Random) -> Mutation:
    side, row = drawn(chance, [(s, r) for s in rows(clean) for r in s], lambda p: p[1].table)
    new = clean.sheets[row.sheet][row.r][row.left : row.right + 1]
    return reprinted(clean, row.sheet, _put_in(side, row, new), f"公开{row.table}表 {row.key}", f"公开{row.table}表", prefixes=(row.place,))


def _new_code(chance: Random, key: str, taken: set[str]) -> str:
    listed = codes.functional() if len(key) == 7 or len(key) == 3 and key[0] == "2" or len(key) == 5 and key[0] == "2" else codes.economic()
    known = chance.random() < 0.5
    while True:
        code = chance.choice(sorted(c for c in listed if len(c) == len(key))) if known else f"{key[:-2]}{chance.randint(1, 98):02d}"
        if code not in taken:
            return code


@kind("表：多出一行")
def row_invented(clean: Clean, chance: Random) -> Mutation:
    side, row = drawn(chance, [(s, r) for s in rows(clean) for r in s], lambda p: p[1].table)
    coded = clean.sheets[row.sheet][row.r][row.left] == row.key
    code = _new_code(chance, row.key, {r.key for r in side}) if coded else ""
    name = {**codes.functional(), **codes.economic()}.get(code)
    amounts = [float(Decimal(chance.randint(1, 999999)) / 100) for _ in row.amounts]
    new = [code, name.name if name else chance.choice(("其他项目", "待分摊支出", "上年调整数")), *amounts]
    return reprinted(clean, row.sheet, _put_in(side, row, new), f"公开{row.table}表 {row.key} 之后 {code}{new[1]}", f"公开{row.table}表", prefixes=(f"{row.table}[{code or new[1]}, ",))


@kind("表：科目编码错")
def code_wrong(clean: Clean, chance: Random) -> Mutation:
    coded = [(s, r) for s in rows(clean) for r in s if clean.sheets[r.sheet][r.r][r.left] == r.key]
    side, row = drawn(chance, coded, lambda p: p[1].table)
    code = other_digit(row.key, chance)

    def edit(grid):
        grid[row.r][row.left] = code

    return reprinted(clean, row.sheet, edit, f"公开{row.table}表 {row.key}→{code}", f"公开{row.table}表", prefixes=(row.place, f"{row.table}[{code}, "))


@kind("表：科目名称改字")
def label_wrong(clean: Clean, chance: Random) -> Mutation:
    row = drawn(chance, [r for s in rows(clean) for r in s], row_table)
    label = clean.sheets[row.sheet][row.r][row.left + 1]
    name = re.search(r"[^、　]+$", label)
    at = chance.choice([m.start() for m in re.finditer(f"[{CJK}]", label) if m.start() >= name.start()])
    new = label[:at] + chance.choice(("与", "甲", "厅", "")) + label[at + 1 :]

    def edit(grid):
        grid[row.r][row.left + 1] = new

    return reprinted(clean, row.sheet, edit, f"公开{row.table}表 {row.key}：{label.strip()}→{new.strip()}", prefixes=(row.place, f"公开{row.table}表"))


@kind("表：两栏的数互换")
def columns_swapped(clean: Clean, chance: Random) -> Mutation:
    sides = [s for s in rows(clean) if len(s[0].amounts) > 1]
    side = drawn(chance, sides, row_table)
    columns = [n for n in range(len(side[0].amounts)) if any(r.amounts[n] for r in side)]
    a, b = sorted(chance.sample(columns, 2)) if len(columns) > 1 else (0, 1)
    if [r.amounts[a] for r in side] == [r.amounts[b] for r in side]:
        raise Skip
    x, y = side[0].left + 2 + a, side[0].left + 2 + b

    def edit(grid):
        for row in side:
            grid[row.r][x], grid[row.r][y] = grid[row.r][y], grid[row.r][x]

    names = [next(p.address.column for p in clean.places if (p.sheet, p.r, p.c) == (side[0].sheet, side[0].r, c)) for c in (x, y)]
    right = [f"{side[0].table}[{r.key}, {name}]" for r in side for name in names]
    return reprinted(clean, side[0].sheet, edit, f"公开{side[0].table}表 {'、'.join(names)}", *right)


@kind("表：缺一张表")
def table_removed(clean: Clean, chance: Random) -> Mutation:
    number = chance.choice(sorted(clean.printed))
    return Mutation("book", {clean.printed[number].sheet: None}, f"公开{number}表", frozenset({f"公开{number}表"}))


def head_changed(clean: Clean, chance: Random, changed: Callable[[str, Clean, Random], str]) -> Mutation:
    number = chance.choice(sorted(clean.printed))
    sheet, before = clean.printed[number].sheet, []

    def edit(grid):
        for c, text in enumerate(grid[1]):
            new = changed(text, clean, chance)
            if new != text:
                before.append(f"{text}→{new}")
                grid[1][c] = new

    mutation = reprinted(clean, sheet, edit, f"公开{number}表", f"公开{number}表")
    return replace(mutation, spot=f"公开{number}表：{'；'.join(before)}")


kind("表头：万元写成元")(partial(head_changed, changed=lambda text, clean, chance: text.replace("单位：万元", "单位：元")))
kind("表头：年份过时")(partial(head_changed, changed=lambda text, clean, chance: text.replace(f"{clean.year}年", f"{clean.year - 1}年")))


@kind("表头：部门名称错字")
def head_name(clean: Clean, chance: Random) -> Mutation:
    def changed(text: str, clean: Clean, chance: Random) -> str:
        if not text.startswith("部门："):
            return text
        at = chance.randrange(3, len(text))
        return text[:at] + chance.choice(("", "与", "甲", "厅")) + text[at + 1 :]
    return head_changed(clean, chance, changed)


@kind("表：空表说明漏掉")
def note_dropped(clean: Clean, chance: Random) -> Mutation:
    empty = [n for n in clean.printed if clean.this.empty_note(n)]
    if not empty:
        raise LookupError
    number = chance.choice(empty)
    note = clean.this.empty_note(number)

    def edit(grid):
        for row in grid:
            if row[0] == note:
                row[0] = ""

    return reprinted(clean, clean.printed[number].sheet, edit, f"公开{number}表", f"公开{number}表")


# Kinds: the figures and the profile


def refigured(clean: Clean, at: int, amount: str, *right: str) -> Mutation:
    """Return the change of one amount of figures.csv."""
    changed = [dict(r) for r in clean.figure_rows]
    before, changed[at]["amount"] = changed[at]["amount"], amount
    if Decimal(before) == Decimal(amount):
        raise Skip
    label = " · ".join(v for k, v in changed[at].items() if v and k not in ("amount", "unit"))
    return Mutation("figures", {"figures.csv": _csv(changed)}, f"figures.csv:{at + 2} {label}：{before}→{amount}", frozenset({f"figures.csv:{at + 2}", *right}))


def _own(clean: Clean, at: int) -> set[str]:
    """Return the cells and sentences that a figure goes into, and the written totals that it is a detail of."""
    source = f":{at + 2}"
    mine = {f for f in clean.this.figures if f.source.endswith(source)}
    written = clean.this.tables.accounts.written["决算"]
    totals = {f"figures.csv:{f.source.rpartition(':')[2]}" for f in written.figures
              if any(mine & set(tile) for tile in written.views(f.scope).values())}
    cells = {str(c.address) for t in clean.this.tables.published() for c in t.cells() if mine & set(c.value.figures)}
    said = {s.id for st in clean.statements for s in st.sentences for n in s.numbers for a in n.cells if mine & set(clean.this.tables.cell(a).value.figures)}
    return cells | said | totals


@kind("数：合计与明细不符")
def total_off(clean: Clean, chance: Random) -> Mutation:
    given = [i for i, r in enumerate(clean.figure_rows) if i >= len(clean.figure_rows) - 10 and not r["basis"]]
    at = chance.choice(given)
    return refigured(clean, at, other_digit(clean.figure_rows[at]["amount"], chance))


@kind("数：上年决算与上年文件夹不符")
def before_off(clean: Clean, chance: Random) -> Mutation:
    at = chance.choice([i for i, r in enumerate(clean.figure_rows) if r["basis"] == "上年决算"])
    return refigured(clean, at, other_digit(clean.figure_rows[at]["amount"], chance))


@kind("数：有金额无数量")
def count_gone(clean: Clean, chance: Random) -> Mutation:
    counts = {"因公出国（境）团组数", "因公出国（境）人次数", "国内公务接待批次", "国内公务接待人次", "外事接待批次", "外事接待人次"}
    offered = [i for i, r in enumerate(clean.figure_rows) if r["category"] in counts and not r["basis"] and Decimal(r["amount"])]
    at = chance.choice(offered)
    return refigured(clean, at, "0", f"数量[{clean.figure_rows[at]['category']}, 决算数]")


@kind("数：明细错一位，公开文本未改")
def figure_off(clean: Clean, chance: Random) -> Mutation:
    details = [i for i, r in enumerate(clean.figure_rows[:-10]) if not r["basis"]]
    at = drawn(chance, details, lambda i: clean.figure_rows[i]["item"])
    row, places = clean.figure_rows[at], _own(clean, at)
    new = other_digit(row["amount"], chance)
    mutation = refigured(clean, at, new, *places)
    if as_published(clean, reloaded(clean, mutation.content)):
        raise Skip
    return mutation


def as_published(clean: Clean, this: report.Report) -> bool:
    """Return whether rounding explains every published number by the figures of another report."""
    now = {c.address: c.amount for t in this.tables.published() for c in t.cells()}
    for place in clean.places:
        true = now.get(place.address)
        if true is None or not money.amount(f"{place.value:.2f}", money.WAN).meets(true):
            return False
    told, tells = ([s for st in r.statements.values() for s in st.sentences] for r in (clean.this, this))
    pairs = [(a, b) for s, t in zip(told, tells) for a, b in zip_longest(s.numbers, t.numbers)]
    return len(told) == len(tells) and all(a and b and explained(Spot(0, 0, b.text, "", None, b), a.text) for a, b in pairs)


REASONED = {
    "收支总计": "01[收入总计, 决算数]", "财政拨款": "04[收入总计, 决算数]", "一般公共预算": "06[合计, 本年支出合计]",
    "三公经费": "13[合计, 决算数/合计]", "公务用车": "13[合计, 决算数/公务用车购置及运行维护费]",
    "因公出国": "13[合计, 决算数/因公出国（境）费]", "机关运行经费": "机关运行经费[合计, 决算数]",
}


@kind("文：增减原因没有写")
def reason_missing(clean: Clean, chance: Random) -> Mutation:
    profile = yaml.safe_load(clean.this.folder.profile.read_text(encoding="utf-8"))
    gone = chance.choice(sorted(REASONED))
    now, before = (clean.this.tables.cell(formula.address(REASONED[gone])._replace(basis=b)).amount.value for b in (FINAL, LAST_YEAR))
    if money.rounded(now - before, 2) == 0:
        raise Skip
    del profile["reasons"][gone]
    return Mutation("figures", {"profile.yaml": yaml.safe_dump(profile, allow_unicode=True)}, f"原因/{gone}", frozenset({REASONED[gone]}))


# Counting


@dataclass
class Tally:
    """What came of one kind."""

    tried: int = 0
    found: int = 0
    placed: int = 0
    elsewhere: int = 0
    skipped: int = 0
    misses: list[str] = field(default_factory=list)

    def add(self, other: Tally) -> None:
        """Add the counts of another."""
        for name in ("tried", "found", "placed", "elsewhere", "skipped"):
            setattr(self, name, getattr(self, name) + getattr(other, name))
        self.misses += other.misses


def attempt(clean: Clean, name: str) -> Tally:
    """Draw one change of a kind in a clean department-year and look for it."""
    tally, chance = Tally(), Random(f"{name} {clean.seed}")
    for _ in range(PATIENCE):
        try:
            mutation = KINDS[name](clean, chance)
        except Skip:
            tally.skipped += 1
            continue
        except (LookupError, ValueError):
            return tally
        break
    else:
        return tally
    serious = findings(clean, mutation)
    right = [f for f in serious if mutation.names(f.place)]
    tally.tried, tally.found, tally.placed = 1, bool(serious), bool(right)
    tally.elsewhere = len(serious) > len(right)
    if not right:
        told = "；".join(f"{f.rule} {f.place}" for f in serious[:2])
        tally.misses.append(f"种子 {clean.seed}　{mutation.spot}　{'指到 ' + told if told else '没有发现'}")
    return tally


def one_department(seed: int, kinds: tuple[str, ...] = ()) -> tuple[dict[str, Tally], list[str], int]:
    """Build one clean department-year and try every kind on it; return also what its clean version wrongly raises."""
    with tempfile.TemporaryDirectory() as folder:
        clean = build(seed, Path(folder))
        found = clean.this.found
        wrong = [f"种子 {seed}　{f.severity} {f.rule} {f.place} {f.message}" for f in found if f.severity in SERIOUS]
        hints = sum(f.severity == "hint" for f in found)
        return {name: attempt(clean, name) for name in kinds or KINDS}, wrong, hints


def run(departments: int = DEPARTMENTS, jobs: int = 2, kinds: tuple[str, ...] = ()) -> tuple[dict[str, Tally], list[str], list[int]]:
    """Return the tally of every kind, the findings on clean disclosures, and the hints of each."""
    tallies = {name: Tally() for name in kinds or KINDS}
    wrong: list[str] = []
    hints: list[int] = []
    with ProcessPoolExecutor(jobs) as pool:
        for one, false, counted in pool.map(partial(one_department, kinds=kinds), range(departments), chunksize=2):
            for name, tally in one.items():
                tallies[name].add(tally)
            wrong += false
            hints.append(counted)
    return tallies, wrong, hints


def as_markdown(tallies: dict[str, Tally], wrong: list[str], hints: list[int]) -> str:
    """Return the table of kinds and counts."""
    lines = [f"Clean department-years: {len(hints)}; errors and warnings on them: {len(wrong)}; hints: {sum(hints)}.", "",
             "| One change | Tried | Found | At the right place | Of 100 | Also elsewhere | Skipped |", "|---|--:|--:|--:|--:|--:|--:|"]
    for name, t in tallies.items():
        rate = f"{100 * t.placed / t.tried:.1f}" if t.tried else "—"
        lines.append(f"| {name} | {t.tried} | {t.found} | {t.placed} | {rate} | {t.elsewhere} | {t.skipped} |")
    total = [sum(getattr(t, n) for t in tallies.values()) for n in ("tried", "found", "placed")]
    lines.append(f"| **{len(tallies)} kinds** | {total[0]} | {total[1]} | {total[2]} | {100 * total[2] / max(1, total[0]):.1f} | | |")
    return "\n".join(lines)


def keep(table: str) -> None:
    """Put the table with today's date into the document that keeps it."""
    written, _, _ = KEPT.read_text(encoding="utf-8").partition("## Last table")
    KEPT.write_text(f"{written}## Last table\n\nOf {date.today()}.\n\n{table}\n", encoding="utf-8")


def main() -> None:
    """Print the table; `--misses N` prints some misses of each kind after it, `--keep` puts it into the document."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--departments", type=int, default=DEPARTMENTS)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--misses", type=int, default=0, metavar="N")
    parser.add_argument("--keep", action="store_true")
    parser.add_argument("kinds", nargs="*", help="only these kinds")
    wanted = parser.parse_args()
    tallies, wrong, hints = run(wanted.departments, wanted.jobs, tuple(wanted.kinds))
    table = as_markdown(tallies, wrong, hints)
    print(table)
    if wanted.keep:
        keep(table)
    for line in wrong[:10]:
        print("- not clean:", line)
    for name, tally in tallies.items():
        for miss in tally.misses[: wanted.misses]:
            print(f"- {name}：{miss}")


if __name__ == "__main__":
    main()
