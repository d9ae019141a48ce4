"""Liberties with ordinals: of items, of headings, lost ones."""

from __future__ import annotations

import re
from random import Random

from liberties.liberty import in_body, in_section, liberty, replaced

_CHINESE = "一二三四五六七八九十"
_ITEM = r"^(\d+)\.(?=\D)"

replaced("序号：1. 写成 1、", (_ITEM, r"\1、"))
replaced("序号：1. 写成 （1）", (_ITEM, r"（\1）"))
replaced("序号：1. 写成全角的 1．", (_ITEM, r"\1．"))
replaced("序号：1. 写成 (1)、", (_ITEM, r"(\1)、"))
replaced("序号：各项不写序号", (_ITEM, ""))


@liberty("序号：1. 写成 ①")
def circled(text: str, chance: Random) -> str:
    def one(match: re.Match) -> str:
        number = int(match[1])
        return chr(0x2460 + number - 1) if number <= 20 else match[0]

    return in_body(text, lambda body: re.sub(_ITEM, one, body, flags=re.M))


@liberty("序号：中文数字")
def in_chinese(text: str, chance: Random) -> str:
    def one(match: re.Match) -> str:
        number = int(match[1])
        return f"{_CHINESE[number - 1]}是" if number <= len(_CHINESE) else match[0]

    title = "一般公共预算财政拨款支出决算具体情况"
    return in_section(text, title, lambda body: re.sub(_ITEM, one, body, flags=re.M))


_LARGE, _SMALL = r"^([一二三四五六七八九十]+)、", r"^（([一二三四五六七八九十])）"


def _counted(pattern: str, after: str):
    def change(body: str) -> str:
        return re.sub(pattern, lambda m: f"{_CHINESE.index(m[1]) + 1}{after}", body, flags=re.M)

    return change


@liberty("标题：一、写成 1.")
def large_in_digits(text: str, chance: Random) -> str:
    return in_body(text, _counted(_LARGE, "."))


@liberty("标题：（一）写成 1.")
def small_in_digits(text: str, chance: Random) -> str:
    return in_body(text, _counted(_SMALL, "."))


replaced("标题：（一）写成 (一)", (_SMALL, r"(\1)"))
replaced("标题：（一）写成 （一）、", (_SMALL, r"（\1）、"))
replaced("标题：一、写成 一．", (_LARGE, r"\1．"))
replaced("标题：没有一、二、", (_LARGE, ""))
replaced("标题：没有（一）（二）", (_SMALL, ""))
replaced("标题：都不编号", (_LARGE, ""), (_SMALL, ""))
replaced("标题：后加句号", (r"^(（[一二三四五六七八九十]）.*[^。])$", r"\1。"))
replaced("标题：后加冒号", (r"^(（[一二三四五六七八九十]）.*[^。])$", r"\1："))
replaced("标题：与正文在一段", (r"^(（[一二三四五六七八九十]）.*[^。])\n(?=20)", r"\1。"))
replaced("标题：前加部门", (r"^([一二三四]、)(?=收入|支出)", r"\1部门"))
