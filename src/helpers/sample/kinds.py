"""The kinds of department that an invented district has, read from data/sample/kinds.yaml."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from helpers.basics import paths
from helpers.basics.errors import DataError, shown
from helpers.basics.yamltext import Mapping, Sequence, Word, read, vet

FILE = "sample/kinds.yaml"
GENERAL, OTHER = "一般公共预算", "非财政拨款"
OTHER_FISCAL = "政府性基金预算", "国有资本经营预算"
BASIC, PROJECT = "基本支出", "项目支出"


@dataclass(frozen=True)
class Task:
    """A declared project, or a declared use of other money. `size` is in 万元."""

    name: str
    fund: str
    function: str
    nature: str
    economic: tuple[str, ...]
    source: str
    size: tuple[int, int]
    optional: bool
    once: bool
    early: bool


@dataclass(frozen=True)
class Kind:
    """A kind of department as it is declared. Ranges are from-to: people, cars, 万元."""

    name: str
    slug: str
    type: str
    duties: str
    staff: tuple[tuple[str, str, tuple[int, int]], ...]  # 行政 or 事业, function, people
    cars: tuple[int, int]
    guests: tuple[int, int]
    abroad: tuple[int, int]
    tasks: tuple[Task, ...]


@cache
def _declared() -> Mapping:
    return vet(
        read(paths.SAMPLE / "kinds.yaml", FILE),
        FILE,
        {"每人每年": Mapping, "部门": Sequence},
        ("每人每年", "部门"),
    )


@cache
def costs() -> Mapping:
    """Return what a person costs in 元, by 行政 and 事业."""
    return _declared()["每人每年"]


@cache
def kinds() -> tuple[Kind, ...]:
    """Return the declared kinds of department, in the order in which a district has them."""
    return tuple(map(_kind, _declared()["部门"]))


def _kind(raw: Mapping) -> Kind:
    words = dict.fromkeys(("名称", "文件夹", "类型", "职责"), Word)
    lists = dict.fromkeys(("车辆", "接待", "出国", "项目", "其他资金"), Sequence)
    vet(raw, FILE, {**words, **lists, "行政": Mapping, "事业": Mapping}, ("名称", "文件夹", "职责"))
    teams = [
        (scale, vet(raw[scale], FILE, {"科目": Sequence, "人数": Sequence}, ("科目", "人数")))
        for scale in ("行政", "事业")
        if scale in raw
    ]
    staff = tuple(
        (scale, str(function), _range(team["人数"]))
        for scale, team in teams
        for function in team["科目"]
    )
    if not staff:
        raise DataError(f"{FILE} 第 {raw.line} 行", "没有人", "「行政」「事业」至少写一个")
    cars, guests, abroad = (
        _range(raw[k]) if k in raw else (0, 0) for k in ("车辆", "接待", "出国")
    )
    tasks = tuple(map(_task, (*raw.get("项目", ()), *raw.get("其他资金", ()))))
    return Kind(
        name=str(raw["名称"]),
        slug=str(raw["文件夹"]),
        type=str(raw.get("类型", "部门")),
        duties=str(raw["职责"]),
        staff=staff,
        cars=cars,
        guests=guests,
        abroad=abroad,
        tasks=tasks,
    )


def _task(raw: Mapping) -> Task:
    words = dict.fromkeys(("名称", "资金", "收入", "科目", "性质", "可无", "一次性", "提前"), Word)
    vet(raw, FILE, {**words, "经济": Sequence, "万元": Sequence}, ("科目", "经济", "万元"))
    fund = OTHER if "收入" in raw else str(raw.get("资金", GENERAL))
    source = str(raw.get("收入", f"{fund}财政拨款收入"))
    name = f"{raw['名称']}（虚构）" if "名称" in raw else ""
    return Task(
        name=name,
        fund=fund,
        function=str(raw["科目"]),
        nature=str(raw.get("性质", PROJECT)),
        economic=tuple(map(str, raw["经济"])),
        source=source,
        size=_range(raw["万元"]),
        optional=raw.get("可无") == "是",
        once=raw.get("一次性") == "是",
        early=raw.get("提前") == "是",
    )


def _range(raw: Sequence) -> tuple[int, int]:
    if (
        len(raw) != 2
        or not all(re.fullmatch(r"\d{1,7}", str(end), re.ASCII) for end in raw)
        or int(raw[0]) > int(raw[1])
    ):
        raise DataError(
            f"{FILE} 第 {raw.line} 行",
            f"「{shown('、'.join(map(str, raw)))}」不是从几到几",
            "[少, 多] 两个整数，如 [3, 20]",
        )
    return int(raw[0]), int(raw[1])
