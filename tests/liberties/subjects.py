"""Liberties with the names of subjects: 类、款、项 written otherwise, 支出 at their end, 其它."""

from __future__ import annotations

import re
from random import Random

from liberties.liberty import in_section, liberty, replaced
from liberties.order import CLASSES, ITEMS

_NAMED = r"(?<=\.)([^.\n]*?)（类）([^\n]*?)（款）([^\n]*?)（项）："

replaced("科目：类名末尾不写支出", ("支出（类）", "（类）"))
replaced("科目：款、项末尾不写支出", ("支出（([款项])）", r"（\1）"))
replaced("科目：类名末尾多写支出", (r"(?<!支出)（类）", "支出（类）"))
replaced("科目：其他写成其它", (r"其他(?=[^\n]*（项）)", "其它"), told="其它是科目名写错了字")
replaced("科目：只写款、项", (_NAMED, r"\2（款）\3（项）："))
replaced("科目：类款项用括号半角", (r"（([类款项])）", r"(\1)"))
replaced("科目：不写（类）（款）（项）", (_NAMED, r"\1—\2—\3："))
replaced("科目：以支出功能分类科目为头", (_NAMED, r"\1（类）\2（款）\3（项）科目："))


@liberty("科目：项里写明年份")
def dated(text: str, chance: Random) -> str:
    year = re.search(r"20\d\d", text)[0]
    return text.replace("（项）：支出决算为", f"（项）{year}年度支出决算数为")


@liberty("科目：类的各项不写支出")
def classes_without(text: str, chance: Random) -> str:
    return in_section(text, CLASSES, lambda body: re.sub(r"支出(?=[\d.]+万元，占)", "", body))


@liberty("科目：类的各项写（类）")
def classes_marked(text: str, chance: Random) -> str:
    return in_section(
        text, CLASSES, lambda body: re.sub(r"(?<=[^\d.）])(?=[\d.]+万元，占)", "（类）", body)
    )


@liberty("科目：各项连成一段")
def run_on(text: str, chance: Random) -> str:
    return in_section(text, ITEMS, lambda body: re.sub(r"\n(?=\d+\.)", "", body))


@liberty("科目：各项用；隔开")
def one_sentence(text: str, chance: Random) -> str:
    return in_section(text, ITEMS, lambda body: re.sub(r"。\n(?=\d+\.)", "；\n", body))


@liberty("科目：类名只在每类的第一条")
def class_once(text: str, chance: Random) -> str:
    def change(body: str) -> str:
        said = ""
        lines = []
        for line in body.split("\n"):
            match = re.match(r"(\d+\.)([^（]*（类）)(.*)", line)
            if match and match[2] == said:
                line = match[1] + match[3]
            said = match[2] if match else said
            lines.append(line)
        return "\n".join(lines)

    return in_section(text, ITEMS, change)
