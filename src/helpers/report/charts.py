"""The official charts: declared in charts.yaml, drawn as inline SVG, every number from a table cell."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from helpers.basics import money, paths
from helpers.basics.errors import DataError, nearest, shown
from helpers.basics.model import LAST_YEAR, Address
from helpers.basics.money import Amount
from helpers.basics.yamltext import Mapping, Sequence, Word, read, vet
from helpers.disclosure.tables import Tables
from helpers.edition import codes, formula
from helpers.edition.formula import Term
from helpers.report.sheet import BEFORE, COLUMN, HAIR, LEFT, MIDDLES, NOW, RIGHT, RULE, TALLEST, Sheet, inline, printable

GAP = "缺"
CHANGE, STRUCTURE, OF_THREE_PUBLIC = "变动", "结构", "三公"

_LENGTH = {name: length for length, name in codes.LEVELS.items()}
_CHART = {"编号": Word, "标题": Word, "形式": Word, "百分位": Word, "量": Mapping, "部分": Mapping, "无数": Word}
_PARTS = {"格": Word, "级": Word, "名单": (Word, Sequence, Mapping)}

@dataclass(frozen=True)
class Parts:
    """What a structure is made of: `cells` with a `*`, and the keys and names for it, or a level of codes."""

    cells: Address
    named: tuple[tuple[str, str], ...]
    level: str


@dataclass(frozen=True)
class Chart:
    """One declared chart: a structure where it has parts, else a change.

    `name` is what its amount is called, `sums` are cells that each state it, `percent` says whose
    decimals it takes (三公 or the usual), `empty` stands where there is no such money.
    """

    number: str
    title: str
    percent: str
    name: str
    sums: tuple[tuple[Term, ...], ...]
    parts: Parts | None
    empty: str
    place: str


@dataclass(frozen=True)
class Drawing:
    """A chart of one department-year: the picture, its words, and the cells that it shows."""

    number: str
    title: str
    svg: str
    alt: str
    cells: tuple[Address, ...]


@cache
def load(edition: str) -> dict[str, Chart]:
    """Return the charts of an edition by number."""
    file = f"rules/{edition}/charts.yaml"
    raw = read(paths.RULES / edition / "charts.yaml", file)
    if not isinstance(raw, Sequence):
        raise DataError(file, "不是一个列表", "每幅图以「- 编号:」开头")
    charts: dict[str, Chart] = {}
    for entry in raw:
        chart = _chart(vet(entry, file, _CHART, ("编号", "标题", "形式", "量", "无数")), file)
        if chart.number in charts:
            raise DataError(chart.place, f"编号「{shown(chart.number)}」重复", "每幅图一个编号")
        charts[chart.number] = chart
    return charts


def _chart(raw: Mapping, file: str) -> Chart:
    place = f"{file} 第 {raw.line} 行"
    number = raw["编号"]
    if not re.fullmatch(r"[^\W\d_][\w.-]*", number):
        raise DataError(place, f"编号「{shown(number)}」不对", "文字开头，不含空格和标点，如 图1")
    for key, known in (("形式", (CHANGE, STRUCTURE)), ("百分位", (OF_THREE_PUBLIC,))):
        if key in raw and raw[key] not in known:
            problem = f"不认识的{key}「{shown(raw[key])}」{nearest(raw[key], known)}"
            raise DataError(f"{file} 第 {raw[key].line} 行", problem, " 或 ".join(known))
    if (raw["形式"] == STRUCTURE) != ("部分" in raw):
        raise DataError(place, "「部分」只属于「形式: 结构」，而且必须有")
    if len(raw["量"]) != 1:
        raise DataError(place, f"「量」里有 {len(raw['量'])} 个数", "一个，写作 {名称: 表[行, 栏]}")
    (name, cells), = raw["量"].items()
    parts = _parts(vet(raw["部分"], file, _PARTS, ("格",)), file) if "部分" in raw else None
    sums = tuple(_sum(side, name, file) for side in str(cells).split("="))
    return Chart(str(number), str(raw["标题"]), str(raw.get("百分位", "")), str(name), sums, parts, str(raw["无数"]), place)


def _sum(text: str, at: Word, file: str) -> tuple[Term, ...]:
    try:
        terms = formula.signed_sum(text)
    except ValueError as error:
        raise DataError(f"{file} 第 {at.line} 行", str(error)) from None
    if not all(isinstance(t.of, Address) for t in terms):
        raise DataError(f"{file} 第 {at.line} 行", f"「{shown(text.strip())}」没有写明是哪一格", "「表[行, 栏]」")
    return terms


def _parts(raw: Mapping, file: str) -> Parts:
    at = f"{file} 第 {raw.line} 行"
    (term, *more) = _sum(raw["格"], raw["格"], file)
    if more or [term.of.row, term.of.column].count("*") != 1:
        raise DataError(at, f"「{shown(raw['格'])}」不能展开", "一格，行或栏写作 *")
    listed, level = raw.get("名单"), raw.get("级", "")
    if (listed is None) == (not level) or level and (level not in _LENGTH or term.of.row != "*"):
        raise DataError(at, "「部分」怎样展开没有说清", "「名单」，或「级: 类、款、项」之一（行写作 *）")
    pairs = listed.items() if isinstance(listed, Mapping) else [(n, n) for n in listed or ()]
    if isinstance(listed, Word) or not all(isinstance(word, Word) for pair in pairs for word in pair):
        raise DataError(at, "「名单」不是名称的列表", "名称，或「键: 图上的名称」")
    return Parts(term.of, tuple((str(k), str(n)) for k, n in pairs), str(level))


def draw(chart: Chart, tables: Tables, year: int, decimals: int = 1, trim: bool = True) -> Drawing:
    """Return a chart drawn from table cells; percentages have `decimals` places, as in the text."""
    sheet, words = Sheet(), _Words(decimals, trim)
    try:
        alt, cells = (_structure if chart.parts else _change)(chart, tables, year, sheet, words)
    except KeyError as error:
        raise DataError(chart.place, f"取不到格：{error.args[0]}") from None
    alt = printable(f"{chart.number} {chart.title}：{alt}")
    svg = inline(sheet.svg(), f"{chart.number}-", alt)
    return Drawing(chart.number, chart.title, svg, alt, tuple(dict.fromkeys(cells)))


@dataclass(frozen=True)
class _Words:
    """How numbers are printed: as the text prints them."""

    decimals: int
    trim: bool

    def money(self, amount: Amount | None) -> str:
        return GAP if amount is None else f"{money.printed(amount.value, 2, self.trim)}万元"

    def percent(self, share: Decimal) -> str:
        return f"{money.printed(share * 100, self.decimals, self.trim)}%"


def _known(tables: Tables, sums, cells: list[Address], basis: str = "") -> Amount | None:
    """Return the first sum of which every cell is known, and note every cell looked at."""
    best = None
    for terms in sums:
        addresses = [t.of._replace(basis=basis) if basis else t.of for t in terms]
        amounts = [tables.cell(a).amount for a in addresses]
        cells += addresses
        if best is None and None not in amounts:
            best = money.total(a if t.sign > 0 else -a for t, a in zip(terms, amounts))
    return best


# A change: last year's column in grey, this year's in colour, the difference in words


def _change(chart: Chart, tables: Tables, year: int, sheet: Sheet, words: _Words):
    cells: list[Address] = []
    now, before = _known(tables, chart.sums, cells), _known(tables, chart.sums, cells, LAST_YEAR)
    moved = _moved(now, before, words)
    alt = f"{year}年度{chart.name}{words.money(now)}，{year - 1}年度{words.money(before)}，{moved}。"
    if now and before and now.is_zero and before.is_zero:
        sheet.note(chart.empty)
        return f"{chart.empty}。{alt}", cells
    sheet.heading(chart.name)
    sheet.headline(moved)
    highest = max((a.value for a in (now, before) if a), default=money.ZERO)
    base = sheet.height + 32 + (TALLEST if highest > 0 else 0)
    for middle, amount, label, kind in ((MIDDLES[0], before, year - 1, BEFORE), (MIDDLES[1], now, year, NOW)):
        size = TALLEST * float(amount.value / highest) if amount and amount.value > 0 else 0.0
        sheet.box(kind, middle - COLUMN / 2, base - size, COLUMN, size)
        sheet.say(middle, base - size - 6, words.money(amount), "center")
        sheet.say(middle, base + 15, f"{label}年度", "center")
    sheet.box(RULE, LEFT, base, RIGHT - LEFT, HAIR)
    sheet.height = base + 21
    return alt, cells


def _moved(now: Amount | None, before: Amount | None, words: _Words) -> str:
    if now is None or before is None:
        missing = [word for word, amount in (("本年数", now), ("上年数", before)) if amount is None]
        return f"{'、'.join(missing)}{GAP}，不作比较"
    apart = now - before
    move = money.rounded(apart.value, 2)
    if move == 0:
        return "与上年持平"
    size = words.money(Amount(abs(apart.value)))
    if before.value <= 0:
        return f"比上年{'增加' if move > 0 else '减少'}{size}"
    rate = words.percent(abs(money.quotient(apart, before).value))
    return f"比上年增加{size}，增长{rate}" if move > 0 else f"比上年减少{size}，下降{rate}"


# A structure: one labelled bar for each part, as long as its share


def _structure(chart: Chart, tables: Tables, year: int, sheet: Sheet, words: _Words):
    cells: list[Address] = []
    whole = _known(tables, chart.sums, cells)
    parts = [(name, _known(tables, ((Term(1, at),),), cells)) for name, at in _members(chart.parts, tables)]
    rows = [_row(name, amount, whole, words) for name, amount in parts if amount is None or not amount.is_zero]
    zeros = [name for name, amount in parts if amount is not None and amount.is_zero]
    alt = f"{year}年度{chart.name}{words.money(whole)}，"
    if rows:
        sheet.heading(chart.name, words.money(whole))
        sheet.bars(rows)
        alt += "其中：" + "；".join(name + "，占".join(filter(None, texts)) for name, *texts, _ in rows)
    else:
        note = _why_empty(chart, whole, bool(parts))
        sheet.note(note)
        alt += note
    if zeros:
        alt += f"。{'、'.join(zeros)}{'均' if len(zeros) > 1 else ''}为{words.money(money.NOTHING)}"
    return f"{alt}。", cells


def _members(parts: Parts, tables: Tables) -> list[tuple[str, Address]]:
    """Return the name and the cell of each part, in the order of the table."""
    pairs = parts.named
    if parts.level:
        rows = (line for side in tables.table(parts.cells.table).sides for line in side.rows)
        pairs = [(r.key, r.label) for r in rows if r.key.isdecimal() and len(r.key) == _LENGTH[parts.level]]
    place = "row" if parts.cells.row == "*" else "column"
    return [(name, parts.cells._replace(**{place: key})) for key, name in pairs]


def _row(name: str, amount: Amount | None, whole: Amount | None, words: _Words) -> tuple[str, str, str, Decimal | None]:
    """Return a part as its bar shows it: name, amount, share in words and share as a number."""
    if amount is None or whole is None:
        return name, words.money(amount), GAP if amount else "", None
    share = money.quotient(amount, whole) if whole.value > 0 else None
    return name, words.money(amount), words.percent(share.value) if share else "", share.value if share else None


def _why_empty(chart: Chart, whole: Amount | None, listed: bool) -> str:
    if whole.is_zero if whole else listed:
        return chart.empty
    return "各组成部分均为零，与合计不符" if listed else f"{GAP}各组成部分的数"
