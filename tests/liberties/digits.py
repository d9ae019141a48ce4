"""Liberties with how a number is written: decimals, thousands, width, spaces."""

from __future__ import annotations

import re
from random import Random

from liberties.liberty import in_body, liberty, replaced

_MONEY, _PERCENT = r"\d+(?:\.\d+)?(?=万元)", r"\d+(?:\.\d+)?(?=%)"
_WIDE = str.maketrans("0123456789.", "０１２３４５６７８９．")


def _padded(number: str) -> str:
    whole, _, part = number.partition(".")
    return f"{whole}.{part:0<2}"


def _grouped(comma: str):
    def change(match: re.Match) -> str:
        whole, dot, part = match[0].partition(".")
        return re.sub(r"(?<=\d)(?=(\d{3})+$)", comma, whole) + dot + part

    return lambda text, chance: in_body(text, lambda body: re.sub(_MONEY, change, body))


def _each(pattern: str, change):
    return lambda text, chance: in_body(
        text, lambda body: re.sub(pattern, lambda m: change(m[0]), body)
    )


liberty("数字：金额补足两位小数")(_each(_MONEY, _padded))
liberty("数字：百分数补足两位小数")(_each(_PERCENT, _padded))
liberty("数字：零写成 0.00")(_each(r"(?<![\d.])0(?=万元|%)", lambda zero: "0.00"))
liberty("数字：金额分节 1,127.13")(_grouped(","))
liberty("数字：金额全角分节 1，127.13")(_grouped("，"))
liberty("数字：全角")(_each(r"\d+(?:\.\d+)?(?=万元|%|辆|个|批次|人)", lambda n: n.translate(_WIDE)))
replaced("数字：前后有空格", (r"(\d+(?:\.\d+)?)(?=万元|%|辆|个|批次|人)", r" \1 "))
replaced("数字：前后有不换行空格", (r"(\d+(?:\.\d+)?)(?=万元|%)", "\u00a0\\1\u00a0"))
replaced("数字：前后有全角空格", (r"(\d+(?:\.\d+)?)(?=万元|%)", "\u3000\\1\u3000"))
replaced("数字：小数点全角", (r"(?<=\d)\.(?=\d+(?:万元|%))", "．"))


@liberty("数字：补足小数、分节、空格")
def all_at_once(text: str, chance: Random) -> str:
    for name in ("数字：金额补足两位小数", "数字：百分数补足两位小数"):
        text = _TABLE[name](text, chance)
    return _grouped(",")(in_body(text, lambda b: re.sub(rf"({_PERCENT})", r" \1 ", b)), chance)


_TABLE = {
    "数字：金额补足两位小数": _each(_MONEY, _padded),
    "数字：百分数补足两位小数": _each(_PERCENT, _padded),
}
