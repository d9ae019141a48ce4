"""Liberties with the order of items, sentences, paragraphs and sections."""

from __future__ import annotations

import re
from collections.abc import Callable
from random import Random

from liberties.liberty import in_section, liberty, section_span, shuffled, swapped

INCOME, SPENT = "二、收入决算情况说明", "三、支出决算情况说明"
CLASSES = "一般公共预算财政拨款支出决算结构情况"
ITEMS = "一般公共预算财政拨款支出决算具体情况"
PUBLIC = "经费财政拨款支出决算具体情况说明"
TOTALS = ("一、收入支出决算总体情况说明", "四、财政拨款收入支出决算总体情况说明")


def _listed(after: str, joint: str, end: str = "。"):
    """Return a change that shuffles the items after some words, up to a stop."""
    pattern = re.compile(rf"(?<={after})[^{end}]*(?=[{end}])")

    def change(body: str, chance: Random) -> str:
        return pattern.sub(lambda m: joint.join(shuffled(m[0].split(joint), chance)), body, count=1)

    return change


def _in(title: str, change: Callable[[str, Random], str]):
    return lambda text, chance: in_section(text, title, lambda body: change(body, chance))


def _income(text: str, chance: Random) -> str:
    return _in(INCOME, _listed("其中：", "；"))(text, chance)


def _spent(text: str, chance: Random) -> str:
    return _in(SPENT, _listed("其中：", "；"))(text, chance)


def _classes(text: str, chance: Random) -> str:
    return _in(CLASSES, _listed("以下方面：", "；"))(text, chance)


def _items(body: str, chance: Random) -> str:
    lines = body.split("\n")
    places = [n for n, line in enumerate(lines) if re.match(r"\d+\..*（项）", line)]
    bare = [lines[n].partition(".")[2] for n in places]
    for order, (n, line) in enumerate(zip(places, shuffled(bare, chance)), 1):
        lines[n] = f"{order}.{line}"
    return "\n".join(lines)


liberty("次序：收入各项")(_income)
liberty("次序：支出各项")(_spent)
liberty("次序：各类")(_classes)
liberty("次序：类款项各条")(_in(ITEMS, _items))
liberty("次序：三公三项")(_in(PUBLIC, _listed("决算中，", "；")))
liberty("次序：采购三项")(_in("政府采购支出情况", _listed("其中：", "、", "。")))
liberty("次序：用车各种")(_in("国有资产占有使用情况", _listed("其中：", "、", "，。")))
liberty("次序：款名")(
    _in("一般公共预算财政拨款基本支出决算情况说明", _listed("主要包括：", "、", "等"))
)


@liberty("次序：处处")
def everywhere(text: str, chance: Random) -> str:
    for change in (_income, _spent, _classes, _in(ITEMS, _items)):
        text = change(text, chance)
    return text


@liberty("次序：先说变动后说总计")
def change_first(text: str, chance: Random) -> str:
    def change(body: str) -> str:
        return re.sub(r"^(20[^。]*。)(与20[^。]*。)", r"\2\1", body)

    for title in TOTALS:
        text = in_section(text, title, change)
    return text


@liberty("次序：先说完成后说决算")
def completion_first(text: str, chance: Random) -> str:
    return re.sub(r"(（项）：)(支出决算为[\d.]+万元)，(完成预算[\d.]+%)", r"\1\3，\2", text)


@liberty("次序：公用经费在人员经费前")
def paragraphs_swapped(text: str, chance: Random) -> str:
    return re.sub(r"^(人员经费.*)\n(公用经费.*)$", r"\2\n\1", text, flags=re.M)


@liberty("次序：公务接待在因公出国前")
def guests_first(text: str, chance: Random) -> str:
    def change(body: str) -> str:
        parts = re.split(r"^(?=\d\.)", body, flags=re.M)
        if len(parts) != 4:
            return body
        head, abroad, cars, guests = parts
        return head + "1" + guests[1:] + cars + "3" + abroad[1:]

    return in_section(text, PUBLIC, change)


def _sections_swapped(a: str, b: str):
    def rewrite(text: str, chance: Random) -> str:
        return swapped(text, section_span(text, a), section_span(text, b))

    return rewrite


liberty("次序：八、九两节")(
    _sections_swapped("政府性基金预算支出决算情况说明", "国有资本经营预算支出决算情况说明")
)
liberty("次序：二、三两节")(_sections_swapped(INCOME, SPENT))
liberty("次序：机关运行、政府采购两节")(
    _sections_swapped("机关运行经费支出情况", "政府采购支出情况")
)
liberty("次序：结构、总体两节")(_sections_swapped("一般公共预算财政拨款支出决算总体情况", CLASSES))


@liberty("次序：附件在名词解释前")
def annex_first(text: str, chance: Random) -> str:
    third, fourth, fifth = (text.index(f"\n第{n}部分") for n in "三四五")
    return text[:third] + text[fourth:fifth] + text[third:fourth] + text[fifth:]
