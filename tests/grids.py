"""Grids as they are read of a published file, made by hand: pages of the table of what was spent."""

from helpers.edition import forms
from helpers.published.grid import Grid

FORMS = [form for form in forms.load("sichuan-2022").values() if form.published]
HEAD = ["科目编码", "科目名称", "本年支出合计", "基本支出", "项目支出"]
EDGES = (50.0, 100.0, 250.0, 350.0, 450.0, 550.0)
FIRST = [
    HEAD,
    ["201", "一般公共服务支出", "1,234.50", "1,000.00", "234.50"],
    ["20103", "政府办公厅（室）及相关机构事务", "1,234.50", "1,000.00", "234.50"],
]
LAST = ["2010301", "行政运行", "1,234.50", "1,000.00", "234.50"]


def grid(page, rows, **more):
    own = tuple(map(tuple, rows))
    return Grid(
        rows=own,
        merged=own,
        places=tuple((f"第 {page} 页", n) for n in range(1, len(rows) + 1)),
        **({"edges": EDGES} | more),
    )


def spent(table):
    return {row: cell.text for (row, column), cell in table.cells.items() if "合计" in column}
