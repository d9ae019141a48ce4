"""The index as a page: a single file without a request, searched, filtered and sorted by its one script.

The first `SHOWN` rows stand in its table: without script that is what there is to read, and the page says that the
others are in `index.csv`. All rows stand, short, in a block of JSON, a list
for each column, from which the script draws what is searched, filtered, sorted or turned to: `make desk` measures it.
"""

from __future__ import annotations

from operator import attrgetter

from helpers.across.row import Row
from helpers.across.shell import shell
from helpers.basics.model import SEVERITY
from helpers.report.elements import tag, text

TITLE = "部门决算核对总览"
SHOWN = 100  # rows that the page shows at once, with or without script
MATTERS = {"causes": "根因", "open": "未定"}  # counted in 件, and findings in 项
COUNTS = MATTERS | SEVERITY
BRIEF = 100  # characters of a reason that stand in its row; the others unfold
_PAGES = '<div class="pages" hidden><button type="button">上一页</button><span></span><button type="button">下一页</button></div>'


def page(rows: list[Row]) -> str:
    """Return the page without its typeface. It runs the one script whose hash its policy names."""
    counts = _counted(rows)
    body = (
        f"<main>\n<h1>{TITLE}</h1>\n"
        '<p class="intro">失败的在最前，其余有错误的根因多的在前：一件事常牵连几项疑点，后四栏数的是项。未定的是还没有看的和待核的。点部门打开报告；小字是上年的，或没有公开、因此没有比的。'
        '<a href="findings.html">全部疑点</a>，按根因看、逐件作决定；<a href="index.csv">总览的表（csv）</a></p>\n'
        f"{_totals(rows, counts)}\n{_filters(rows)}\n{_table(rows)}\n</main>"
    )
    return shell(TITLE, body, _data(rows, counts), look="index")


def _counted(rows: list[Row]) -> dict[str, list[int]]:
    """Return a column for each of the counts, with 0 for a report that failed."""
    of = attrgetter(*COUNTS)
    nothing = (0,) * len(COUNTS)
    counts = [of(row) if row.good else nothing for row in rows]
    return {key: [count[place] for count in counts] for place, key in enumerate(COUNTS)}


def _totals(rows: list[Row], counts: dict[str, list[int]]) -> str:
    sums = {"reports": ("报告", len(rows)), "failed": ("失败", sum(not r.good for r in rows))}
    sums |= {s: (name, sum(counts[s])) for s, name in COUNTS.items()}
    unit = dict.fromkeys(MATTERS, "（件）") | dict.fromkeys(SEVERITY, "（项）")
    pairs = (
        tag(
            "div",
            f"<dt>{name}{unit.get(key, '')}</dt><dd>{total}</dd>",
            class_=key if total else "none",
            id=f"total-{key}",
        )
        for key, (name, total) in sums.items()
    )
    return f'<div role="status"><dl class="totals">{"".join(pairs)}</dl></div>'


def _filters(rows: list[Row]) -> str:
    """Return the search and the filters; they show when the script does."""
    years = "".join(
        f"<option>{year}</option>" for year in sorted({r.year for r in rows}, reverse=True)
    )
    kinds = {
        "failed": "失败",
        "open": "有未定的",
        **{s: f"有{name}" for s, name in SEVERITY.items()},
        "clean": "没有疑点",
        "lacking": "没有公开的可比",
    }
    return (
        '<form role="search" class="filters" hidden><label>部门 <input type="search" name="search" placeholder="名称或文件夹" autocomplete="off" spellcheck="false"></label>'
        f'<label>年度 <select name="year"><option value="">全部</option>{years}</select></label>'
        f'<label>状态 <select name="status"><option value="">全部</option>{"".join(tag("option", v, value=k) for k, v in kinds.items())}</select></label>'
        f'<button type="reset">清除</button>{_PAGES}</form>'
    )


def _table(rows: list[Row]) -> str:
    heads = {"name": "部门", "year": "年度", **COUNTS}
    kinds = {"causes": "tally beside"} | dict.fromkeys(("open", *SEVERITY), "tally")
    head = "".join(
        tag("th", f"<span>{name}</span>", scope="col", data_key=key, class_=kinds.get(key, ""))
        for key, name in heads.items()
    )
    there, names = {(r.department, r.year): r for r in rows}, _names(rows)
    body = (
        "\n".join(_line(r, names, there.get((r.department, r.year - 1))) for r in rows[:SHOWN])
        or '<tr><td colspan="8">还没有报告'
    )
    rest = (
        f"<noscript><p>这里是最前的 {SHOWN} 份，共 {len(rows)} 份，全部见 index.csv。</p></noscript>"
        if len(rows) > SHOWN
        else ""
    )
    return f'{rest}\n<table tabindex="-1" aria-label="报告">\n<thead><tr>{head}</tr></thead>\n<tbody>\n{body}\n</tbody>\n</table>\n{_PAGES}'


def _line(row: Row, names: dict[str, str], last: Row | None) -> str:
    """Return a row of the table; the script's `line` draws the same."""
    name = text(row.name or names.get(row.department, row.department))
    before = (
        f" <small>上年 {tag('a', str(last.year), href=last.report)}</small>"
        if last and last.report
        else ""
    )
    year = tag("td", f"{row.year}{before}")
    if not row.good:
        kept = f" {tag('a', '上一份报告', href=row.report)}" if row.report else ""
        return tag(
            "tr",
            f"{tag('th', name, scope='row')}{year}{tag('td', f'<b>失败</b> {_reason(row.reason)}{kept}', colspan='6')}",
            class_="failed",
        )
    before = f"<small> 上年 {last.causes}</small>" if last and last.good else ""
    counts = "".join(
        tag(
            "td",
            f"<b>{now}</b>{before if s == 'causes' else ''}",
            class_=f"n {s if now else 'none'}",
        )
        for s, now in ((s, getattr(row, s)) for s in COUNTS)
    )
    lacking = f" {tag('small', row.lacking)}" if row.lacking else ""
    head = tag(
        "th", (tag("a", name, href=row.report) if row.report else name) + lacking, scope="row"
    )
    return tag("tr", head + year + counts)


def _reason(reason: str) -> str:
    """Return a reason; what is too long for its row unfolds."""
    start, rest = text(reason[:BRIEF]), text(reason[BRIEF:])
    return tag("details", f"<summary>{start}</summary>{rest}") if rest else start


def _names(rows: list[Row]) -> dict[str, str]:
    """Return the departments' names: one whose profile could not be read is called as in another year."""
    return {r.department: r.name for r in reversed(rows) if r.name}


def _data(rows: list[Row], counts: dict[str, list[int]]) -> dict:
    """Return the rows for the script, a list for each column; a department is written once, a reason by its row's place."""
    names = _names(rows)
    departments: dict[tuple[str, str], int] = {}
    called = ((r.department, r.name or names.get(r.department, r.department)) for r in rows)
    lackings = {"": 0}
    columns = {
        "of": [departments.setdefault(each, len(departments)) for each in called],
        "lacking": [lackings.setdefault(r.lacking, len(lackings)) for r in rows],
        "year": [r.year for r in rows],
        "report": [int(bool(r.report)) for r in rows],
        **counts,
    }
    failures = {n: [r.reason[:BRIEF], r.reason[BRIEF:]] for n, r in enumerate(rows) if not r.good}
    return {
        "shown": SHOWN,
        "departments": list(departments),
        "lackings": list(lackings),
        "failures": failures,
        "columns": columns,
    }
