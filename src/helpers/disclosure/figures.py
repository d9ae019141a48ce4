"""figures.csv read and vetted: every row becomes a figure, or is refused with its line and column."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from helpers.basics import money
from helpers.basics.errors import DataError, Problems, nearest, shown
from helpers.basics.model import DIMENSIONS, Figure, Scope
from helpers.basics.text import narrow
from helpers.basics.yamltext import text_of
from helpers.edition import codes

LARGEST, MOST_LINES, MOST_FIGURES = 5_000_000, 50_000, 10_000
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
REQUIRED = (
    "item",
    "category",
    "fund",
    "function",
    "nature",
    "economic",
    "project",
    "basis",
    "amount",
    "unit",
)


def load(path: Path, name: str) -> tuple[Figure, ...]:
    """Return the figures of a file, or refuse it with all that is wrong in it. `name` is how messages call it."""
    rows = _rows(text_of(path, name, LARGEST), name)
    header = _header(next(rows)[1], name)
    figures: dict[tuple[Scope, str], Figure] = {}
    problems, filled = Problems(), _filled(rows, name)
    blank = [
        line
        for line, row in filled
        if len(row) == len(header) and not row[header.index("amount")].strip()
    ]
    with problems.gathered():
        _no_blank_amounts(blank, header, name)
    for line, row in filled:
        with problems.gathered():
            if figure := _read(header, row, name, line):
                _keep(figure, figures, header, name)
    problems.tell()
    if not figures:
        raise DataError(name, "只有表头，没有数", "每行一个数")
    return tuple(figures.values())


def _filled(rows: Iterable[tuple[int, list[str]]], name: str) -> list[tuple[int, list[str]]]:
    """Return the rows with something in them; so many that nobody typed them are refused."""
    filled = []
    for line, row in rows:
        if any(field.strip() for field in row):
            filled.append((line, row))
        if len(filled) > MOST_FIGURES:
            raise DataError(
                f"{name} 第 {line} 行", f"已有 {MOST_FIGURES} 个数", f"最多 {MOST_FIGURES} 个"
            )
    return filled


def _read(header: list[str], row: list[str], name: str, line: int) -> Figure | None:
    if len(row) != len(header):
        chinese = (
            "这一行用了中文逗号「，」，"
            if len(row) < len(header) and any("，" in field for field in row)
            else ""
        )
        raise DataError(
            f"{name} 第 {line} 行",
            f"{chinese}有 {len(row)} 栏",
            f"{len(header)} 栏，与表头一致（英文逗号分隔，多余的逗号请加引号）",
        )
    return _figure(dict(zip(header, (f.strip() for f in row))), name, line)


def _keep(
    figure: Figure, figures: dict[tuple[Scope, str], Figure], header: list[str], name: str
) -> None:
    earlier = figures.setdefault((figure.scope, figure.basis), figure)
    if earlier is not figure:
        raise DataError(
            f"{name} 第 {figure.line} 行 {_written_column(header, 'item')}",
            f"「{shown(figure.scope.label)}」（{figure.basis}）与第 {earlier.line} 行重复",
            "每个数只写一行",
        )


def _no_blank_amounts(blank: list[int], header: list[str], name: str) -> None:
    """Refuse blank amounts all at once: a half-filled file has dozens of them."""
    if blank:
        more = (
            f"，共 {len(blank)} 行（第 {'、'.join(map(str, blank[:12]))}{' …' if len(blank) > 12 else ''} 行）"
            if len(blank) > 1
            else ""
        )
        raise DataError(
            f"{name} 第 {blank[0]} 行 {_written_column(header, 'amount')}",
            f"金额为空{more}",
            "十进制数；没有这个数就删去这一行，确为零写 0",
        )


def _rows(text: str, name: str) -> Iterator[tuple[int, list[str]]]:
    if text.count("\n") > MOST_LINES:
        raise DataError(name, f"有 {text.count(chr(10))} 行", f"最多 {MOST_LINES} 行")
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    while True:
        line = reader.line_num + 1
        try:
            row = next(reader)
        except StopIteration:
            return
        except csv.Error:
            raise DataError(
                f"{name} 第 {line} 行", "引号不配对或单格过长", "逗号分隔的 CSV"
            ) from None
        yield line, row


def _header(row: list[str], name: str) -> list[str]:
    columns = codes.vocabulary().columns
    english = {**{e: e for e in columns}, **{c: e for e, c in columns.items()}}
    header = []
    for position, word in enumerate(row, 1):
        column = english.get(word.strip())
        if column is None:
            raise DataError(
                f"{name} 第 1 行第 {position} 列",
                f"不认识的列名「{shown(word)}」{nearest(word, english)}",
                "、".join(REQUIRED),
            )
        if column in header:
            raise DataError(
                f"{name} 第 1 行第 {position} 列", f"列「{shown(word)}」重复", "每列一次"
            )
        header.append(column)
    for column in REQUIRED:
        if column not in header:
            raise DataError(
                f"{name} 第 1 行",
                f"缺少列「{column}」（{columns[column]}）",
                "含全部十列的表头，没有内容的列留空",
            )
    return header


def _written_column(header: list[str], column: str) -> str:
    return f"{column}（{codes.vocabulary().columns[column]}）"


class _Row:
    """One row under inspection; every refusal names its line and column, and all are told at the end."""

    def __init__(self, fields: dict[str, str], name: str, line: int):
        self.fields, self.name, self.line, self.problems = fields, name, line, Problems()

    def refuse(self, column: str, problem: str, expected: str) -> None:
        """Keep what is wrong with a column."""
        chinese = codes.vocabulary().columns[column]
        with self.problems.gathered():
            raise DataError(
                f"{self.name} 第 {self.line} 行 {column}（{chinese}）", problem, expected
            )

    def known(self, column: str, words: dict[str, str], what: str) -> str:
        """Return the word that a column has, as the vocabulary writes it; one that is unknown is refused."""
        written = self.fields[column]
        if not written:
            return ""
        word = words.get(narrow(written))
        if word is None:
            self.refuse(
                column,
                f"不认识的{what}「{shown(written)}」{nearest(written, words.values())}",
                "、".join(words.values()) or "空白",
            )
        return word or ""


def _figure(fields: dict[str, str], name: str, line: int) -> Figure | None:
    """Return the figure of a row; of one without an amount, which is told for the whole file, only what else is wrong."""
    vocabulary = codes.vocabulary()
    row = _Row(fields, name, line)
    for column in REQUIRED:
        if _CONTROL.search(fields[column]):
            row.refuse(column, f"「{shown(fields[column])}」含有看不见的控制字符", "普通文字")
    if not fields["item"]:
        row.refuse("item", "指标为空", "、".join(vocabulary.items))
    name_of_item = row.known("item", vocabulary.folded["item"], "指标")
    row.problems.tell()
    item = vocabulary.items[name_of_item]
    scope = Scope(
        item=item.name,
        category=row.known(
            "category",
            {narrow(c): c for c in vocabulary.categories(item.name)},
            f"{item.name}类别",
        ),
        fund=row.known("fund", vocabulary.folded["fund"], "资金"),
        function=_function(row),
        nature=row.known("nature", vocabulary.folded["nature"], "支出性质"),
        economic=_economic(row),
        project=fields["project"],
    )
    if scope.economic in vocabulary.economic_group_names:
        if scope.nature not in ("", "基本支出"):
            row.refuse(
                "economic", f"「{scope.economic}」只属于基本支出", "编码，或把支出性质改为基本支出"
            )
        scope = scope.within(nature="基本支出")
    for dimension in DIMENSIONS:
        if getattr(scope, dimension) and dimension not in item.dimensions:
            row.refuse(dimension, f"「{item.name}」不按{vocabulary.columns[dimension]}分解", "空白")
    if not item.has_total and not fields["category"]:
        row.refuse(
            "category", f"「{item.name}」没有写类别", "、".join(vocabulary.categories(item.name))
        )
    basis = row.known("basis", vocabulary.folded["basis"], "口径") or "决算"
    amount = _amount(row, item, scope) if fields["amount"] else None
    row.problems.tell()
    if amount is None:
        return None
    return Figure(
        scope=scope,
        basis=basis,
        amount=amount,
        unit=fields["unit"],
        written=fields["amount"],
        source=f"{name}:{line}",
    )


def _amount(row: _Row, item: codes.Item, scope: Scope) -> money.Amount | None:
    written, unit = row.fields["amount"], row.fields["unit"]
    units = codes.vocabulary().count_units if item.counts else money.MONEY_UNITS
    if unit not in units:
        row.refuse("unit", f"单位「{shown(unit)}」不对", "、".join(units))
    if not money.is_number(written):
        row.refuse(
            "amount",
            f"「{shown(written)}」不是数字",
            "十进制数（不带千分位逗号和单位），如 1014.51",
        )
        return None
    amount = money.amount(written, unit)
    if item.counts and unit != "分" and amount.value != amount.value.to_integral_value():
        row.refuse("amount", f"「{shown(written)}」不是整数", f"整{unit}数")
    if amount.value < 0 and scope.category not in item.negative:
        row.refuse(
            "amount",
            f"「{shown(written)}」为负",
            "零或正数（只有年初、年末结转和结余及结余分配可以为负）",
        )
    return amount


def _function(row: _Row) -> str:
    code = row.fields["function"]
    if code and (
        not re.fullmatch(r"\d{3}(\d{2}){0,2}", code, re.ASCII) or code[:3] not in codes.functional()
    ):
        row.refuse(
            "function",
            f"不认识的功能科目编码「{shown(code)}」",
            "3、5 或 7 位功能分类科目编码，如 2010301",
        )
    return code


def _economic(row: _Row) -> str:
    code, groups = row.fields["economic"], codes.vocabulary().economic_group_names
    if (
        code
        and code not in groups
        and (not re.fullmatch(r"\d{3}(\d{2})?", code, re.ASCII) or code[:3] not in codes.economic())
    ):
        row.refuse(
            "economic",
            f"不认识的经济科目编码「{shown(code)}」",
            "3 或 5 位部门经济分类科目编码，或" + "、".join(groups),
        )
    return code
