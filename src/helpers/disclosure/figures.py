"""figures.csv read and vetted: every row becomes a figure, or is refused with its line and column."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import NoReturn

from helpers.basics.csvtext import as_meant
from helpers.basics.errors import DataError, DataErrors, Problems, nearest, shown
from helpers.basics.filetext import text_of
from helpers.basics.model import Figure, Scope
from helpers.disclosure import separators
from helpers.disclosure.row import REQUIRED, figure_of
from helpers.edition import codes

LARGEST, MOST_LINES, MOST_COLUMNS, MOST_FIGURES = 5_000_000, 50_000, 1_000, 40_000
MOST_CODES = 2_000  # of one list: the functional classification has some 1,400
COLUMNS_TOLD, COLUMNS_LISTED = 3, 10  # one by one, and of the rest
_SEPARATORS = {";": "分号", "\t": "制表符", "，": "中文逗号", "；": "中文分号"}  # instead of commas


@dataclass(frozen=True)
class HalfFilled:
    """The figures of a file in which amounts may be open, and among them those whose amount is."""

    every: tuple[Figure, ...]
    open: tuple[Figure, ...]


def load(path: Path, name: str) -> tuple[Figure, ...]:
    """Return the figures of a file, or refuse it with all that is wrong in it. `name` is how messages call it."""
    return _load(path, name, "").every


def half_filled(path: Path, name: str) -> HalfFilled:
    """Return the figures of a file as `load` does, an amount that is open standing as 1 so that what it enters is made."""
    return _load(path, name, "1")


def _load(path: Path, name: str, stands: str) -> HalfFilled:
    """Return the figures of a file; `stands` is written where an amount is open, which is refused if it is blank."""
    (_, head), *lines = _as_wide_as_filled([*_rows(path, name)])
    problems = Problems()
    header = _header(head, name, problems)
    figures: dict[tuple[Scope, str], Figure] = {}
    filled, at = _filled(lines, name), header.index("amount")
    blank = {line for line, row in filled if len(row) == len(header) and not row[at].strip()}
    with problems.gathered():
        _no_blank_amounts([] if stands else sorted(blank), name)
    for line, row in filled:
        written = [*row[:at], stands, *row[at + 1 :]] if line in blank else row
        with problems.gathered():
            if figure := _read(header, written, name, line):
                _keep(figure, figures, name)
    problems.tell()
    if not figures:
        raise DataError(name, "只有表头，没有数", "每行一个数")
    _not_too_many_codes(figures.values(), name)
    every = tuple(figures.values())
    return HalfFilled(every, tuple(f for f in every if int(f.line) in blank))


def _not_too_many_codes(figures: Iterable[Figure], name: str) -> None:
    """Refuse more codes than any list has: tables have a row or a column for each."""
    scopes = [figure.scope for figure in figures]
    for column in ("function", "economic"):
        many = len({getattr(scope, column) for scope in scopes})
        if many > MOST_CODES:
            raise DataError(
                f"{name} {_written_column(column)}",
                f"有 {many} 个不同的科目",
                f"最多 {MOST_CODES} 个",
            )


def _as_wide_as_filled(lines: list[tuple[int, list[str]]]) -> list[tuple[int, list[str]]]:
    """Return the rows without the columns behind all in which anything stands, as Excel leaves them."""
    written = ([bool(field.strip()) for field in row] for _, row in lines)
    width = max(len(row) - row[::-1].index(True) if any(row) else 0 for row in written)
    return [(line, row[:width]) for line, row in lines]


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
    problems, figure, torn = Problems(), None, separators.torn(header, row)
    if torn:
        with problems.gathered():
            _refuse_separators(torn, header, row, f"{name} 第 {line} 行")
    with problems.gathered():
        figure = _mended(header, torn.mended if torn else row, name, line)
    problems.tell()
    return figure


def _mended(header: list[str], row: list[str], name: str, line: int) -> Figure | None:
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
    fields = dict(zip(header, (f.strip() for f in row)))
    fields["project"] = as_meant(fields["project"]).strip()  # the one column of free words
    return figure_of(fields, name, line)


def _refuse_separators(
    torn: separators.Torn, header: list[str], row: list[str], where: str
) -> NoReturn:
    """Refuse an amount that is torn, by what that does to its row."""
    is_wider = len(row) > len(header)
    harm = f"这一行因此有 {len(row)} 栏" if is_wider else "后面的栏因此错开"
    raise DataError(
        f"{where} {_written_column('amount')}",
        f"写了千分位 {torn.written}，{harm}",
        f"{torn.plain}（共 {len(header)} 栏）" if is_wider else torn.plain,
    )


def _keep(figure: Figure, figures: dict[tuple[Scope, str], Figure], name: str) -> None:
    earlier = figures.setdefault((figure.scope, figure.basis), figure)
    if earlier is not figure:
        raise DataError(
            f"{name} 第 {figure.line} 行 {_written_column('item')}",
            f"「{shown(figure.scope.label)}」（{figure.basis}）与第 {earlier.line} 行重复",
            "每个数只写一行",
        )


def _no_blank_amounts(blank: list[int], name: str) -> None:
    """Refuse blank amounts all at once: a half-filled file has dozens of them."""
    if blank:
        more = (
            f"，共 {len(blank)} 行（第 {'、'.join(map(str, blank[:12]))}{' …' if len(blank) > 12 else ''} 行）"
            if len(blank) > 1
            else ""
        )
        raise DataError(
            f"{name} 第 {blank[0]} 行 {_written_column('amount')}",
            f"金额为空{more}",
            "十进制数；没有这个数就删去这一行，确为零写 0",
        )


def _rows(path: Path, name: str) -> Iterator[tuple[int, list[str]]]:
    """Yield the rows of a file with the line on which each begins, the header's first; what is no CSV is refused by name."""
    text = text_of(path, name, LARGEST)
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
        if len(row) > MOST_COLUMNS:
            raise DataError(
                f"{name} 第 {line} 行",
                f"有 {len(row)} 栏",
                f"最多 {MOST_COLUMNS} 栏，请删去右边的空栏",
            )
        yield line, row


def _header(row: list[str], name: str, problems: Problems) -> list[str]:
    """Return the columns; without one that is needed nothing is read, one that is not known hinders no row."""
    columns = codes.vocabulary().columns
    english = {**{e: e for e in columns}, **{c: e for e, c in columns.items()}}
    header: list[str] = []
    if len(row) == 1 and (other := next(filter(row[0].count, _SEPARATORS), "")):
        raise DataError(f"{name} 第 1 行", f"用{_SEPARATORS[other]}分隔", "英文逗号分隔的 CSV")
    wrong: list[DataError] = []
    for position, word in enumerate(row, 1):
        at, column = f"{name} 第 1 行第 {position} 列", english.get(word.strip())
        if column is None:
            problem = f"不认识的列名「{shown(word)}」{nearest(word, english)}"
            wrong.append(DataError(at, problem, "、".join(REQUIRED)))
        elif column in header:
            wrong.append(DataError(at, f"列「{shown(word)}」重复", "每列一次"))
        header.append(column if column and column not in header else f"{position}")
    with problems.gathered():
        _no_wrong_columns(wrong, name)
    if lacking := [f"「{c}」（{columns[c]}）" for c in REQUIRED if c not in header]:
        with problems.gathered():
            expected = "含全部十列的表头，没有内容的列留空"
            raise DataError(f"{name} 第 1 行", f"缺少列{'、'.join(lacking)}", expected)
        problems.tell()
    return header


def _no_wrong_columns(wrong: list[DataError], name: str) -> None:
    """Refuse columns; of many, as of a file without a header, only the first are told one by one."""
    if wrong:
        place = f"{name} 第 1 行"
        told, others = wrong[:COLUMNS_TOLD], wrong[COLUMNS_TOLD:]
        if others:
            some = (one.place.removeprefix(place) + one.problem for one in others[:COLUMNS_LISTED])
            more = "…" if len(others) > COLUMNS_LISTED else ""
            told.append(DataError(place, f"另有 {len(others)} 列不对：{'；'.join(some)}{more}"))
        raise DataErrors(told)


def _written_column(column: str) -> str:
    return f"{column}（{codes.vocabulary().columns[column]}）"
