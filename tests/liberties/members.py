"""Liberties with members that are zero, and with brackets round shares, changes and completion."""

from __future__ import annotations

import re
from random import Random

from liberties.liberty import in_section, liberty, replaced
from liberties.order import INCOME, SPENT

_ZERO, _DIGITS = r"0(?:\.0+)?(?![\d.])", r"[\d.]+"


def _without_zeros(body: str) -> str:
    def kept(match: re.Match) -> str:
        items = [i for i in match[0].split("；") if not re.search(rf"\D{_ZERO}万元", i)]
        return "；".join(items or match[0].split("；")[:1])

    return re.sub(r"(?<=其中：)[^。]*(?=。)", kept, body)


@liberty("零项：收入里不写")
def income(text: str, chance: Random) -> str:
    return in_section(text, INCOME, _without_zeros)


@liberty("零项：支出里不写")
def spent(text: str, chance: Random) -> str:
    return in_section(text, SPENT, _without_zeros)


@liberty("零项：收入、支出里都不写")
def both(text: str, chance: Random) -> str:
    return spent(income(text, chance), chance)


replaced(
    "零项：没有购置就不分车型",
    (rf"(购置公务用车{_ZERO}辆)，其中：[^。]*。", r"\1。"),
)
replaced(
    "零项：没有采购的种类不写",
    (rf"、政府采购(货物|工程|服务)支出{_ZERO}万元", ""),
    (rf"其中：政府采购货物支出{_ZERO}万元、", "其中："),
)
replaced(
    "零项：没有的用车不写",
    (rf"、(机要通信|应急保障|其他)用车{_ZERO}辆", ""),
    (rf"其中：主要领导干部用车{_ZERO}辆、", "其中："),
)
replaced(
    "零项：一笔带过",
    (rf"；(经营收入|经营支出){_ZERO}万元，占{_ZERO}%", ""),
    (rf"；(上级补助收入|上缴上级支出){_ZERO}万元，占{_ZERO}%", ""),
)
replaced(
    "零项：基金写成没有支出",
    (
        rf"(年度)(政府性基金|国有资本经营)预算财政拨款支出{_ZERO}万元。",
        r"\1没有\2预算财政拨款支出。",
    ),
    told="没有写出 0，那一句要人看",
)

replaced("括号：（占92.7%）", (rf"万元，占({_DIGITS}%)", r"万元（占\1）"))
replaced("括号：（占比92.7%）", (rf"万元，占({_DIGITS}%)", r"万元（占比\1）"))
replaced("括号：半角 (占92.7%)", (rf"万元，占({_DIGITS}%)", r"万元(占\1)"))
replaced("括号：，占比92.7%", (rf"万元，占({_DIGITS}%)", r"万元，占比\1"))
replaced("括号：，占比为92.7%", (rf"万元，占({_DIGITS}%)", r"万元，占比为\1"))
replaced("括号：，占总数的92.7%", (rf"万元，占({_DIGITS}%)", r"万元，占总数的\1"))
replaced("括号：（增长25.8%）", (rf"万元，((?:增长|下降){_DIGITS}%)", r"万元（\1）"))
replaced("括号：（完成预算99%）", (rf"万元，(完成预算{_DIGITS}%)", r"万元（\1）"))
replaced("括号：金额在括号里", (rf"(支出|收入)({_DIGITS}万元)，占({_DIGITS}%)", r"\1（\2）占\3"))
