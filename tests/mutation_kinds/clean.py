"""A clean invented disclosure: its report, the text and the sheets that it publishes, and where everything stands in them."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from pathlib import Path
from random import Random

import xlsxwriter
from python_calamine import CalamineWorkbook

from helpers.basics.model import Address, Number, Sentence
from helpers.basics.paths import Folder
from helpers.published import printed
from helpers.report import report
from helpers.sample import district, ledger, sample

SEED, YEARS = 1, (2022, 2023, 2024, 2025)
GIVEN = 5  # totals given beside their details, and as many figures of last year: the last rows of figures.csv


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


@dataclass
class Clean:
    """One clean department-year: its report, its published text, its published sheets."""

    seed: int
    year: int
    data: Path
    this: report.Report
    text: str
    sheets: dict[str, list[list]]

    def called(self, number: str) -> str:
        """Return what findings call a table."""
        return self.this.tables.called(number)

    @cached_property
    def statements(self):
        return list(self.this.statements.values())

    @cached_property
    def printed(self) -> dict[str, printed.PrintedTable]:
        return printed.read(
            self.this.folder.workbook,
            "tables.xlsx",
            [t.form for t in self.this.tables.published()],
        )

    @cached_property
    def figure_rows(self) -> list[dict[str, str]]:
        return rows_of(self.this.folder)

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
        return [
            Place(
                Address(number, *key),
                table.sheet,
                printed.row,
                printed.column,
                Decimal(str(self.sheets[table.sheet][printed.row][printed.column] or 0)),
            )
            for number, table in self.printed.items()
            for key, printed in table.cells.items()
        ]

    def line_of(self, place: int) -> int:
        return self.text.count("\n", 0, place) + 1

    def spots(self, pattern: str, headings: bool = False) -> list[Spot]:
        """Return every match of a pattern in the sentences, and in the headings if wanted."""
        found = []
        for at, sentence in self.sentences:
            numbers = {(n.start, n.end): n for n in sentence.numbers}
            for m in re.finditer(pattern, sentence.text):
                found.append(
                    Spot(
                        at + m.start(),
                        at + m.end(),
                        m[0],
                        sentence.section,
                        sentence,
                        numbers.get(m.span()),
                    )
                )
        for at, line in self.headings if headings else ():
            found += [
                Spot(at + m.start(), at + m.end(), m[0], "标题", None)
                for m in re.finditer(pattern, line)
            ]
        return found


def build(seed: int, data: Path, edition: str = "") -> Clean:
    """Return a clean department-year of an edition, its tables and narrative published as they were computed."""
    chance, one = Random(f"部门 {seed}"), district.department(SEED, seed)
    rising = [
        year for year in YEARS if one.abroad and one.abroad.runs(year)
    ]  # an increase over nothing
    year = (rising or YEARS)[seed % len(rising or YEARS)]
    sample.write(one, data, range(year - 1, year + 1), edition=edition)
    folder = Folder(data, sample.name_of(one), year)
    before, rows = rows_of(folder.last_year), rows_of(folder)
    folder.figures.write_text(
        csv_text(rows + _totals(rows, chance) + _stated_before(before, chance)), encoding="utf-8"
    )
    sample.publish(folder)
    book = CalamineWorkbook.from_path(str(folder.workbook))
    sheets = {
        s: book.get_sheet_by_name(s).to_python(skip_empty_area=False) for s in book.sheet_names
    }
    for grid in sheets.values():
        grid[1][1] = f"{year}年度"
    write_book(sheets, folder.workbook)
    this = report.load(folder.department, year, data)
    return Clean(seed, year, data, this, this.review.narrative.text, sheets)


def rows_of(folder: Folder) -> list[dict[str, str]]:
    """Return figures.csv as it is written."""
    with folder.figures.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def csv_text(rows: list[dict[str, str]]) -> str:
    """Return rows as figures.csv."""
    out = io.StringIO()
    writer = csv.DictWriter(out, ledger.COLUMNS, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()


def _sum(rows: Iterable[dict[str, str]], **wanted: str) -> Decimal:
    return sum(
        (Decimal(r["amount"]) for r in rows if all(r[k] == v for k, v in wanted.items())),
        Decimal(0),
    )


def _totals(rows: list[dict[str, str]], chance: Random) -> list[dict[str, str]]:
    """Return some totals that are given beside their details and agree with them."""
    of = lambda item: [r for r in rows if r["item"] == item and not r["basis"]]  # noqa: E731
    spent = [r for r in of("支出") if r["economic"]]
    offered = [
        ("支出", spent, {}),
        ("收入", of("收入"), {}),
        ("政府采购", [r for r in of("政府采购") if r["category"] in ("货物", "工程", "服务")], {}),
        *(
            [("绩效项目", named, {})]
            if (named := [r for r in of("绩效项目") if r["project"]])
            else []
        ),
    ]
    offered += [("支出", spent, {"fund": f}) for f in {r["fund"] for r in spent}]
    offered += [
        ("支出", spent, {"fund": f, "nature": n})
        for f, n in {(r["fund"], r["nature"]) for r in spent}
    ]
    offered += [
        ("支出", spent, {"fund": f, "function": c})
        for f, c in {(r["fund"], r["function"]) for r in spent}
    ]
    offered += [("收入", of("收入"), {"category": c}) for c in {r["category"] for r in of("收入")}]
    chosen = chance.sample(sorted(offered, key=lambda o: (o[0], sorted(o[2].items()))), GIVEN)
    return [
        {
            **dict.fromkeys(ledger.COLUMNS, ""),
            "item": item,
            "unit": "元",
            "amount": f"{_sum(parts, **scope):.2f}",
            **scope,
        }
        for item, parts, scope in chosen
    ]


def _stated_before(before: list[dict[str, str]], chance: Random) -> list[dict[str, str]]:
    """Return some figures of last year as this year's file may repeat them."""
    offered = [
        r
        for r in before
        if not r["basis"]
        and r["item"] in ("收入", "三公经费", "机关运行经费", "政府采购", "数量")
        and not r["function"]
    ]
    return [{**r, "basis": "上年决算"} for r in chance.sample(offered, GIVEN)]


def write_book(sheets: dict[str, list[list]], path: Path) -> None:
    """Write sheets with their values and without their looks."""
    book = xlsxwriter.Workbook(str(path), {"strings_to_formulas": False})
    for name, grid in sheets.items():
        sheet = book.add_worksheet(name)
        for r, row in enumerate(grid):
            for c, value in enumerate(row):
                if value != "":
                    (sheet.write_number if isinstance(value, float) else sheet.write_string)(
                        r, c, value
                    )
    book.close()
