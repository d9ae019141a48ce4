"""The official tables as a workbook, one sheet each, in their official look."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from helpers.basics import wrapping
from helpers.disclosure.disclosure import Disclosure
from helpers.disclosure.tables import Table
from helpers.edition import codes
from helpers.edition.forms import Form
from helpers.report import laid
from helpers.report.elements import TURNING
from helpers.report.laid import CODE, GAP, HEAD, MONEY, NAME, SEQ, Laid, Slot

_FONT: dict[str, object] = {"font_name": "宋体", "font_size": 10}
_LOOK: dict[str, dict[str, object]] = {
    "title": {"bold": True, "font_size": 16, "align": "center", "valign": "vcenter"},
    "draft": {"bold": True, "font_size": 14, "font_color": "#C00000", "align": "center"},
    "plain": {},
    "right": {"align": "right"},
    HEAD: {"bold": True, "align": "center", "valign": "vcenter", "border": 1, "text_wrap": True},
    CODE: {"border": 1, "valign": "vcenter"},
    NAME: {"border": 1, "valign": "vcenter", "text_wrap": True},
    SEQ: {"border": 1, "align": "center", "valign": "vcenter"},
    MONEY: {
        "border": 1,
        "num_format": "#,##0.00;-#,##0.00;",
        "align": "right",
        "valign": "vcenter",
    },
    GAP: {"border": 1, "align": "right", "valign": "vcenter", "font_color": "#6A5494"},
}
_WIDTHS = {CODE: 10, NAME: 34, SEQ: 6, MONEY: 13}  # in digits
_LINE, _MARGIN, _PAGE = (
    15,
    0.5,
    12,
)  # points of a line of a head, inches, columns of money on a page
DRAFT = "草稿"
_TAB = str.maketrans(dict(zip("[]:*?/\\", "［］：＊？／＼")) | dict.fromkeys("“”", ""))


@dataclass(frozen=True)
class _Heading:
    """Whose tables they are, of which year, and the note that stands under a table by its number."""

    title: str
    department: str
    year: int
    note_under: Callable[[str], str]
    is_draft: bool = False


def tables_xlsx(disclosure: Disclosure, path: Path, is_draft: bool = False) -> None:
    """Write a cover, then every published table on a sheet of its own. Text never becomes a formula."""
    heading = _Heading(
        title=disclosure.name,
        department=disclosure.profile.department,
        year=disclosure.folder.year,
        note_under=disclosure.empty_note,
        is_draft=is_draft,
    )
    with _book(path, heading) as book:
        look = {name: book.add_format(_FONT | extra) for name, extra in _LOOK.items()}
        cover = book.add_worksheet("封面")
        every = disclosure.tables.published()
        names = [_sheet(book, heading, table, look)[0].get_name() for table in every]
        _cover(cover, disclosure, dict(zip(names, every)), look, is_draft)


def _cover(sheet, disclosure: Disclosure, tables: dict[str, Table], look, is_draft: bool) -> None:
    """Write whose tables they are, which there are, and the sums of what they were made from."""
    sheet.set_column(0, 0, 16)
    sheet.set_column(1, 1, 70)
    _print(sheet, is_draft)
    sheet.fit_to_pages(1, 0)
    sheet.set_row(0, 36)
    sheet.merge_range(0, 0, 0, 1, "", look["title"])
    _write_text(sheet, 0, 0, disclosure.name, look["title"])
    if is_draft:
        sheet.merge_range(1, 0, 1, 1, DRAFT, look["draft"])
    lines = [
        ("部门", disclosure.profile.department),
        ("年度", str(disclosure.folder.year)),
        ("版本", disclosure.edition.title),
        ("单位", "万元"),
        ("", ""),
        *((table.form.called, f"见工作表「{name}」") for name, table in tables.items()),
        ("", ""),
        *((name, f"sha256 {found}") for name, found in disclosure.folder.sums().items()),
    ]
    for r, (name, words) in enumerate(lines, 3):
        _write_text(sheet, r, 0, name, look["plain"])
        _write_text(sheet, r, 1, words, look["plain"])


def _print(sheet, is_draft: bool) -> None:
    """Let a sheet be printed on A4 with its page's number; a draft says so on every page."""
    sheet.set_paper(9)
    sheet.set_margins(left=_MARGIN, right=_MARGIN)
    sheet.set_footer("&C第 &P 页，共 &N 页")
    if is_draft:
        sheet.set_header(f'&C&"黑体"&16{DRAFT}')


def form_xlsx(tables: Iterable[Table], department: str, year: int, path: Path) -> None:
    """Write tables to fill in: 缺 where nothing is filled in, spare rows below, codes to choose from."""
    heading = _Heading(
        title=f"{department} {year} 年度待填表",
        department=department,
        year=year,
        note_under=lambda number: "把「缺」改成数；留着「缺」就是没有，空白和 0 都是零",
    )
    with _book(path, heading) as book:
        look = {name: book.add_format(_FONT | extra) for name, extra in _LOOK.items()}
        every = list(tables)
        lists = {by: f"={_LISTS}!${c}$1:${c}${len(of)}" for c, by, of in _code_lists()}
        for table in every:
            sheet, last = _sheet(book, heading, table, look)
            by = _family_of(table)
            if by:
                _spare_rows(sheet, table, last + _NOTES, look, lists[by])
        _write_lists(book.add_worksheet(_LISTS))


_LISTS, _SPARE, _NOTES, _ABOVE = "科目", 12, 3, 2


def _code_lists() -> list[tuple[str, str, codes.CodeList]]:
    return [("A", "function", codes.functional()), ("C", "economic", codes.economic())]


def _write_lists(sheet) -> None:
    """Write every code with its name beside it."""
    for column, _, of in _code_lists():
        for r, code in enumerate(of):
            _write_text(sheet, r, ord(column) - ord("A"), code)
            _write_text(sheet, r, ord(column) - ord("A") + 1, of.name(code))
    sheet.set_column(1, 1, 40)
    sheet.set_column(3, 3, 40)


def _family_of(table: Table) -> str:
    """Return of which codes a table may have further rows, or nothing."""
    rows = [row for block in table.form.blocks for row in block.rows]
    return next((r.by for r in rows if r.by in ("function", "economic") and not r.every), "")


def _spare_rows(sheet, table: Table, first: int, look, source: str) -> None:
    columns = table.sides[0].columns
    for r in range(first, first + _SPARE):
        sheet.write_blank(r, 0, None, look[NAME])
        sheet.write_blank(r, 1, None, look[NAME])
        for n in range(2, len(columns) + 2):
            sheet.write_blank(r, n, None, look[MONEY])
    options = {"validate": "list", "source": source, "error_type": "warning"}
    told = {"input_title": "科目编码", "input_message": "从表里选，名称见「科目」一页"}
    sheet.data_validation(first, 0, first + _SPARE - 1, 0, options | told)


@contextmanager
def _book(path: Path, heading: _Heading) -> Iterator:
    import xlsxwriter
    from xlsxwriter.exceptions import FileCreateError

    book = xlsxwriter.Workbook(
        str(path),
        {
            "in_memory": True,
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "strings_to_numbers": False,
        },
    )
    book.set_properties(
        {"title": heading.title.translate(TURNING), "created": datetime(heading.year, 12, 31)}
    )
    yield book
    try:
        book.close()
    except FileCreateError as error:
        raise error.args[0] from None


def _sheet(book, heading: _Heading, table: Table, look):
    """Write one table on a sheet of its own; return the sheet and the last row of the table."""
    form, plan = table.form, laid.whole(table)
    sheet = book.add_worksheet(_tab(form))
    width = len(plan.columns)
    for c, kind in enumerate(plan.columns):
        sheet.set_column(c, c, _WIDTHS[kind])
    sheet.set_row(0, 30)
    if width > 1:
        sheet.merge_range(0, 0, 0, width - 1, "", look["title"])
    _write_text(sheet, 0, 0, form.name, look["title"])
    _write_text(sheet, 1, 0, f"部门：{heading.department}", look["plain"])
    _write_text(sheet, 1, width - 1, f"{form.called}　单位：万元", look["right"])
    last = _write(sheet, plan, look)
    for n, note in enumerate(laid.notes(table, heading.note_under(form.number)), 1):
        _write_text(sheet, last + n, 0, note, look["plain"])
    top, lead = _ABOVE + len(plan.head), plan.columns.index(MONEY)
    pages = -(-plan.columns.count(MONEY) // _PAGE)
    _print(sheet, heading.is_draft)
    sheet.fit_to_pages(pages, 0)
    if width > 6:
        sheet.set_landscape()
    sheet.repeat_rows(0, top - 1)
    if pages > 1:
        sheet.repeat_columns(0, lead - 1)
    sheet.freeze_panes(top, lead if len(table.sides) == 1 else 0)
    return sheet, last


def _tab(form: Form) -> str:
    """Return what the sheet of a form is called: Excel allows 31 characters, and some of them not at all."""
    return f"{form.number} {form.name}".translate(_TAB)[:31].rstrip("'")


def _write(sheet, plan: Laid, look) -> int:
    """Write a laid table under its title and return its last row."""
    for r, row in enumerate(laid.placed(plan.rows), _ABOVE):
        for c, slot in row:
            _place(sheet, r, c, slot, look[slot.look])
    for r, heads in enumerate(plan.head, _ABOVE):
        sheet.set_row(r, _LINE * max(map(_lines, heads), default=1) + 3)
    return _ABOVE + len(plan.rows) - 1


def _write_text(sheet, r: int, c: int, words: str, look=None) -> None:
    """Write a text as a text, whatever it begins with; none turns the reading direction."""
    sheet.write_string(r, c, words.translate(TURNING), look)


def _place(sheet, r: int, c: int, slot: Slot, look) -> None:
    if slot.across > 1 or slot.down > 1:
        sheet.merge_range(r, c, r + slot.down - 1, c + slot.across - 1, "", look)
    if slot.amount is not None:
        sheet.write_number(r, c, slot.amount or 0, look)
    else:
        _write_text(sheet, r, c, "　" * slot.level + slot.text, look)


def _lines(slot: Slot) -> int:
    """Return how many lines a head takes in each of the rows that it reaches over."""
    room = slot.across * (_WIDTHS[MONEY] - 2)
    return -(-wrapping.display_width(slot.text) // room // slot.down) or 1
