"""The page of all root causes: a row each, searched, told apart by facets, decided in place, by its one script.

Without script the first `SHOWN` rows stand in its table. Decisions live in the reader's browser until they are
exported; `juesuan decide` writes the exported file into the data.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from helpers.across.matter import MEMBER, PENDING, Matter
from helpers.across.row import Row
from helpers.across.shell import shell
from helpers.basics.model import SEVERITIES, SEVERITY
from helpers.basics.money import is_number
from helpers.report.elements import tag, text

TITLE = "部门决算疑点"
SHOWN = 50  # rows that the page shows at once, with or without script
NEW, LASTING, GONE, UNKNOWN = STANDS = ("新增", "延续", "已改", "无上年")
_LINE = re.compile(r"figures\.csv:(\d+)")
_HEADS = ("选", "程度", "部门", "年度", "疑点", "表或节", "相差", "项数", "决定")


def page(rows: list[Row]) -> str:
    """Return the page without its typeface, of the rows of the index that are good."""
    good = [row for row in rows if row.good]
    every = sorted(
        ((row, one) for row in good for one in row.matters),
        key=lambda pair: (SEVERITIES.index(pair[1].severity), -_size(pair[1])),
    )
    body = (
        f"<main>\n<h1>{TITLE}</h1>\n"
        '<p class="intro">一行是一个根因，点开看它牵连的每一项。先按规则分组，重的组在前，组里差得多的在前。决定记在这个浏览器里，导出后用 juesuan decide 写进各部门的 corrections.yaml。'
        '<a href="index.html">总览：全部报告</a></p>\n'
        f'<div role="status"><dl class="totals">{_totals(every)}</dl></div>\n{_tools()}\n'
        f'<div class="desk"><details hidden><summary>按分类看</summary><aside aria-label="分类"></aside></details>\n<div class="list">{_table(every)}</div></div>\n</main>'
    )
    return shell(TITLE, body, _data(good, every), look="findings")


def _size(one: Matter) -> Decimal:
    return abs(Decimal(one.difference)) if is_number(one.difference) else Decimal(0)


def _totals(every: list[tuple[Row, Matter]]) -> str:
    years = sorted({row.year for row, _ in every})
    this = years[-1] if years else 0
    sums = {
        "causes": ("根因", len(every)),
        "touched": ("涉及部门", len({row.department for row, _ in every})),
        "settled": ("已处理", sum(one.decision not in ("", PENDING) for _, one in every)),
        "pending": ("待核", sum(one.decision == PENDING for _, one in every)),
        "unseen": ("未看", sum(not one.decision for _, one in every)),
        "now": (
            f"{this} 年度的根因" if this else "本年的根因",
            sum(row.year == this for row, _ in every),
        ),
        "before": (
            f"{this - 1} 年度的根因" if this else "上年的根因",
            sum(row.year == this - 1 for row, _ in every),
        ),
    }
    return "".join(
        tag("div", f"<dt>{name}</dt><dd>{total}</dd>", class_=key, id=f"total-{key}")
        for key, (name, total) in sums.items()
    )


def _tools() -> str:
    """Return the search and what is done with what is chosen; they show when the script does."""
    return (
        '<form role="search" class="filters" hidden>'
        '<label>查找 <input type="search" name="search" placeholder="部门、疑点里的话、数" autocomplete="off" spellcheck="false"></label>'
        '<label>排列 <select name="group"><option value="rule">按规则</option><option value="department">按部门</option></select></label>'
        '<button type="reset">清除</button>'
        '<button type="button" name="decisions">导出决定 decisions.json</button>'
        '<button type="button" name="csv">导出所见 csv</button>'
        "</form>\n"
        '<p class="keys" hidden>键：j k 下一行、上一行，o 打开，x 选中，a 属实，d 不予采纳，p 待核，然后 Enter 存</p>\n'
        '<p class="unkept" role="alert"></p>'
    )


def _table(every: list[tuple[Row, Matter]]) -> str:
    head = "".join(tag("th", name, scope="col") for name in _HEADS[1:])
    body = "\n".join(_line(row, one) for row, one in every[:SHOWN])
    nothing = tag("tr", tag("td", "没有疑点", colspan=str(len(_HEADS) - 1)))
    rest = (
        f"<noscript><p>这里是最前的 {SHOWN} 个，共 {len(every)} 个；各份的全部疑点在它的 findings.csv。</p></noscript>"
        if len(every) > SHOWN
        else ""
    )
    return (
        f'{rest}<table class="causes" tabindex="-1" aria-label="根因">\n<thead><tr>{head}</tr></thead>\n'
        f'<tbody>\n{body or nothing}\n</tbody>\n</table>\n<div class="pages" hidden>'
        '<button type="button">上一页</button><span></span><button type="button">下一页</button></div>\n'
        '<form class="several" hidden></form>'
    )


def _line(row: Row, one: Matter) -> str:
    name = tag("a", text(row.name or row.department), href=row.report) if row.report else ""
    letter = tag("a", "核查意见", href=row.letter, class_="letter") if row.letter else ""
    cells = (
        tag("td", tag("b", SEVERITY[one.severity]), class_=one.severity),
        tag("th", (name or text(row.name or row.department)) + letter, scope="row"),
        tag("td", str(row.year), class_="year"),
        tag("td", text(one.sentence), class_="said"),
        tag("td", text(_where(one))),
        tag("td", text(one.difference), class_="n", data_label="相差" if one.difference else ""),
        tag("td", str(len(one.members)), class_="n", data_label="项数"),
        tag("td", text(one.decision)),
    )
    return tag("tr", "".join(cells))


def _data(good: list[Row], every: list[tuple[Row, Matter]]) -> dict:
    """Return the causes for the script: departments, rules and sections are written once and named by their number."""
    departments, rules, sections = _Numbered(), _Numbered(), _Numbered()
    stands, firsts = dict(_stands(good)), dict(_firsts(good))
    lines = [
        [
            departments.at((row.department, row.name or row.department)),
            row.year,
            int(bool(row.report)),
            SEVERITIES.index(one.severity),
            rules.at((one.rule, one.title)),
            sections.at(_where(one)),
            one.place,
            one.difference,
            one.sentence,
            one.decision,
            stands[id(one)],
            [list(member) for member in one.members],
            int(bool(row.letter)),
            firsts[id(one)],
        ]
        for row, one in every
    ]
    return {
        "shown": SHOWN,
        "severities": list(SEVERITY.items()),
        "stands": STANDS,
        "member": MEMBER,
        "departments": list(departments),
        "rules": list(rules),
        "sections": list(sections),
        "rows": lines,
    }


def _where(one: Matter) -> str:
    """Return where a cause is: the line of figures.csv that is wrong, else the printed section or table.

    A cause of several lines names the first.
    """
    line = _LINE.match(one.place)
    return f"figures.csv 第 {line[1]} 行" if line else one.section


def _firsts(good: list[Row]) -> Iterator[tuple[int, int]]:
    """Yield, of each cause, the number of its first finding in its report, all findings numbered through."""
    for row in good:
        number = 1
        for one in row.matters:
            yield id(one), number
            number += len(one.members)


class _Numbered(dict):
    def at(self, value: object) -> int:
        return self.setdefault(value, len(self))


def _stands(good: list[Row]) -> Iterator[tuple[int, int]]:
    """Yield, of each cause, whether it is new this year, was there last year, or is gone in the next."""
    matters = {(row.department, row.year): row.matters for row in good}
    for row in (row for row in good if row.matters):
        beside = (matters.get((row.department, row.year + step)) for step in (-1, 1))
        before, after = (some if some is None else {one.like for one in some} for some in beside)
        for one in row.matters:
            if after is not None and one.like not in after:
                stand = GONE
            elif before is not None:
                stand = LASTING if one.like in before else NEW
            else:
                stand = UNKNOWN
            yield id(one), STANDS.index(stand)
