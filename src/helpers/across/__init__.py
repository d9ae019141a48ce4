"""Many department-years at a glance: `from helpers import across`, then `across.cells()`, `across.district()`."""

from __future__ import annotations

from importlib import import_module

from helpers.across import guide

# What a notebook asks for, and the room that has it; loaded then, since most commands need none of it.
_ROOMS = dict.fromkeys(
    ("cells", "figures", "findings", "indicators", "reports", "sql", "statements"), "frames"
) | {"district": "view", "desk": "pickers"}
__all__ = [*_ROOMS]
__doc__ = f"""许多部门、许多年度放在一起。

from helpers import across
across.cells("outputs")      每个函数给一张表，普通的 DataFrame；不写文件夹是本仓库的 outputs/
across.sql("SELECT …")       用 DuckDB 的 SQL 查，表名同函数名；table、row、column 要写在双引号里
across.district("outputs")   横着比的那一页，每个方法看一样
across.desk()                笔记本里的选择框

{guide.whole()}
"""


def __dir__() -> list[str]:
    return __all__


def __getattr__(name: str):
    if name not in _ROOMS:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"helpers.across.{_ROOMS[name]}"), name)
