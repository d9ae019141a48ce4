"""The first tables of the page: what there is, what it adds up to, and every department on a line."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from decimal import Decimal

from helpers.across.numbers import Numbers, middle, quotient
from helpers.across.words import GAP, amount, link, number, percent
from helpers.edition.indicators import BUDGET, PLANNED, SPENDING, STAFF, THREE_PUBLIC
from helpers.report.elements import tag, text
from helpers.report.shown import Shown

MANY = 40  # departments up to which each has its name beside its row
DOUBT = "※"
DOUBTED = f"{DOUBT} 算它的报告（比上年的，连同上年的报告）里还有错误，这个数可能不对。"
_SIGN = tag("span", "表宽图宽，左右滚动看其余的", class_="sign", aria_hidden="true")


def table(heads: Iterable[str], rows: Iterable[str], label: str, kind: str = "") -> str:
    """Return a table of rows that are markup, in a frame that scrolls."""
    head = "".join(tag("th", text(h), scope="col") for h in heads)
    body = "\n".join(rows)
    made = f'<table class="across {kind}" aria-label="{text(label)}"><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>'
    return tag("div", _SIGN + made, class_="frame", tabindex="0", role="region", aria_label=label)


def drawing(svg: str, label: str) -> str:
    """Return a drawing in a frame that scrolls."""
    drawn = _SIGN + svg
    return tag("figure", drawn, class_="wide", tabindex="0", role="group", aria_label=label)


# What is here, what is missing, and what it adds up to


def here(of: Numbers) -> Shown:
    """Return how many reports there are of each year, which are missing or failed, and what their spending adds up to."""
    rows = [_year(of, year) for year in of.years]
    heads = (
        "年度",
        "报告",
        "缺",
        "失败",
        "本年支出（万元）",
        "各类部门之和",
        "各类支出之和",
        "差额",
    )
    absent = [
        f"{of.name(d)} {year}"
        for year in of.years
        for d in of.departments
        if (d, year) not in of.reports
    ]
    failed = [r for r in of.reports.values() if r.status != "ok"]
    kept, lost = (
        [f"{r.name} {r.year}" for r in failed if bool(r.link) == is_kept]
        for is_kept in (True, False)
    )
    said = "".join(
        tag(
            "details",
            f"<summary>{word} {len(names)} 份</summary>{tag('p', text('、'.join(names)))}",
        )
        for word, names in (
            ("没有报告的", absent),
            ("失败的，用的是上一份好的报告", kept),
            ("失败的，从来没有过报告", lost),
        )
        if names
    )
    plain = f"{len(of.departments)} 个部门，{len(of.years)} 个年度，{len(of.reports)} 份报告"
    return Shown(tag("p", plain + "。") + table(heads, rows, "有哪些报告") + said, plain)


def _year(of: Numbers, year: int) -> str:
    reports = [r for (_, y), r in of.reports.items() if y == year]
    spent = {d: of.amount(d, year, SPENDING) for d in of.departments}
    whole = _sum(spent.values())
    by_sector = _sum(_sum(spent[d] for d in some) for some in of.sectors.values())
    classes = of.keys(SPENDING)
    by_class = _sum(of.amount(d, year, SPENDING, key) for d in spent for key in classes)
    apart = max(abs(whole - by_sector), abs(whole - by_class))
    unknown = sum(amount is None for d, amount in spent.items() if (d, year) in of.reports)
    note = f"（{unknown} 个部门缺）" if unknown else ""
    cells = (
        str(len(reports)),
        str(len(of.departments) - len(reports)),
        str(sum(r.status != "ok" for r in reports)),
        amount(whole) + note,
        amount(by_sector),
        amount(by_class),
        amount(apart),
    )
    return tag("tr", tag("th", str(year), scope="row") + "".join(map(number, cells)))


def _sum(amounts: Iterable[Decimal | None]) -> Decimal:
    return sum((a for a in amounts if a is not None), Decimal(0))


# Every department on a line


# What each column says of a department, and how that is written
_SAID: dict[str, Callable[[Numbers, str], Decimal | None]] = {
    "支出": lambda of, d: of.amount(d, of.year, SPENDING),
    "比上年": lambda of, d: of.growth(d, of.year),
    "完成": lambda of, d: of.ratio(d, of.year, PLANNED, BUDGET),
    "三公": lambda of, d: of.amount(d, of.year, THREE_PUBLIC),
    "三公占比": lambda of, d: of.ratio(d, of.year, THREE_PUBLIC, SPENDING),
    "人均": lambda of, d: of.ratio(d, of.year, SPENDING, STAFF),
}
_WRITTEN: dict[str, Callable[[Decimal | None], str]] = dict.fromkeys(_SAID, amount) | {
    "比上年": lambda value: percent(value, signed=True),
    "完成": percent,
    "三公占比": lambda value: percent(value, 2),
}


def league(of: Numbers) -> Shown:
    """Return every department of the year that is looked at, the largest first, with the district's median at the end."""
    if not of.departments:
        return Shown(tag("p", "还没有报告。", class_="calm"), "还没有报告。")
    spent = {d: of.amount(d, of.year, SPENDING) for d in of.departments}
    ranked = sorted(of.departments, key=lambda d: (-(spent[d] or -1), d))
    first, *others = _SAID
    over = f"{of.years[0]}—{of.years[-1]}"
    heads = ("部门", "类别", first, over, *others, "错误", "警告")
    rows = [*(_row(of, d) for d in ranked), _median(of, ranked)]
    made = table(heads, rows, f"{of.year} 年度排行", "league")
    note = tag("p", DOUBTED, class_="note") if DOUBT in made else ""
    return Shown(made + note, "\n".join(f"{of.name(d)} {amount(spent[d])}" for d in ranked))


def _row(of: Numbers, d: str) -> str:
    report = of.reports.get((d, of.year))
    found = report.findings if report else {}
    first, *others = (
        number(_marked(_WRITTEN[head](said(of, d)), _doubted(of, d, head == "比上年")))
        for head, said in _SAID.items()
    )
    return tag(
        "tr",
        tag("th", link(of.name(d), of.link(d, of.year)), scope="row")
        + tag("td", text(of.sector(d)))
        + first
        + tag("td", spark([of.amount(d, y, SPENDING) for y in of.years], of.years))
        + "".join(others)
        + "".join(
            number(str(found.get(s, "")), data_found=s if found.get(s) else "")
            for s in ("error", "warning")
        ),
    )


def _median(of: Numbers, departments: list[str]) -> str:
    first, *others = (
        number(_WRITTEN[head](middle(said(of, d) for d in departments)))
        for head, said in _SAID.items()
    )
    name = tag("th", "全部部门的中位数", scope="row")
    cells = tag("td") + first + tag("td") + "".join(others) + tag("td") * 2
    return tag("tr", name + cells, class_="total")


def _doubted(of: Numbers, department: str, moved: bool) -> bool:
    """Return whether a report that a number is of has errors that stand; a growth is of two years' reports."""
    reports = (of.reports.get((department, y)) for y in (of.year, of.year - moved))
    return any(report.findings["error"] for report in reports if report)


def _marked(written: str, doubted: bool) -> str:
    return written + tag("sup", DOUBT) if doubted and written != GAP else written


WIDE, HIGH = 76, 18


def spark(amounts: list[Decimal | None], years: list[int]) -> str:
    """Return the years of an amount as a small line, from zero; a year that is missing breaks it."""
    highest = max((a for a in amounts if a is not None), default=None)
    if not highest or highest < 0:
        return ""
    step = Decimal(WIDE - 6) / max(len(amounts) - 1, 1)
    pieces: list[list[str]] = [[]]
    for n, value in enumerate(amounts):
        up = quotient(value, highest)
        if up is None:
            pieces.append([])
        else:
            pieces[-1].append(
                f"{3 + n * step:.0f} {HIGH - 3 - max(up, Decimal(0)) * (HIGH - 6):.1f}"
            )
    lines = "".join(f"M{'L'.join(piece)}" for piece in pieces if len(piece) > 1)
    dots = "".join(f"M{piece[-1]}h0" for piece in pieces if piece)
    said = "，".join(f"{y} 年 {amount(a)}" for y, a in zip(years, amounts))
    return (
        f'<svg class="spark" viewBox="0 0 {WIDE} {HIGH}" width="{WIDE}" height="{HIGH}" role="img" aria-label="{text(said)}">'
        f'<title>{text(said)}</title><path d="{lines}"/><path class="dot" d="{dots}"/></svg>'
    )
