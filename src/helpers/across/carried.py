"""What one year leaves against what the next begins with."""

from __future__ import annotations

from helpers.across.league import table
from helpers.across.numbers import Numbers
from helpers.across.words import amount, link, number
from helpers.basics import money
from helpers.edition.indicators import CLOSING, OPENING
from helpers.report.elements import tag
from helpers.report.shown import Shown


def carried(of: Numbers) -> Shown:
    """Return every department-year that does not begin with what the year before left; how many do is told."""
    rows, plain, same, unknown = [], [], 0, 0
    for d in of.departments:
        for year in of.years[1:]:
            opening, closing = of.amount(d, year, OPENING), of.amount(d, year - 1, CLOSING)
            if opening is None or closing is None:
                unknown += 1
            elif money.rounded(opening - closing, 2) == 0:
                same += 1
            else:
                plain.append(f"{of.name(d)} {year}：{amount(closing)} → {amount(opening)}")
                cells = (amount(closing), amount(opening), amount(opening - closing))
                head = tag("th", link(of.name(d), of.link(d, year)), scope="row")
                rows.append(tag("tr", head + tag("td", str(year)) + "".join(map(number, cells))))
    said = f"{same} 处相等，{len(rows)} 处不等，{unknown} 处缺一个年度的数，不能比较。"
    heads = ("部门", "年度", f"上年{CLOSING}", f"本年{OPENING}", "差额")
    shown = table(heads, rows, "年末与下年年初") if rows else ""
    return Shown(tag("p", said) + shown, "\n".join((said, *plain)))
