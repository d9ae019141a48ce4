"""Liberties with whole clauses and sentences: put in, left out, merged, split; notes left in."""

from __future__ import annotations

import re
from random import Random

from liberties.liberty import in_body, in_section, liberty, replaced
from liberties.order import INCOME, ITEMS

_DIGITS = r"[\d.]+"
_ASKED = "起草的人的话留在文里，要人看"

replaced("分句：金额与占比之间不写，", (rf"万元，占(?={_DIGITS}%)", "万元占"))
replaced("分句：金额与完成之间不写，", (rf"万元，完成(?=预算{_DIGITS}%)", "万元完成"))
replaced("分句：增减与幅度之间不写，", (rf"万元，(?=(?:增长|下降){_DIGITS}%)", "万元"))
replaced("分句：增减与幅度之间写、", (rf"万元，(?=(?:增长|下降){_DIGITS}%)", "万元、"))
replaced("分句：名与金额之间写为", (rf"(收入|支出)(?={_DIGITS}万元，占)", r"\1为"))
replaced("分句：名与金额之间写，", (rf"本年(收入|支出)合计(?={_DIGITS}万元)", r"本年\1合计，"))
replaced(
    "分句：两个总计分开写", (rf"收、支总计均为({_DIGITS})万元", r"收入总计\1万元，支出总计\1万元")
)
replaced("分句：各是 A,B 万元", (r"收、支总计均为(\d+\.\d+)万元", r"收、支总计各是\1,\1万元"))
replaced(
    "分句：分别为 A万元、B万元",
    (rf"收、支总计均为({_DIGITS})万元", r"收、支总计分别为\1万元、\1万元"),
)
replaced(
    "分句：收入总计、支出总计各…",
    (rf"收、支总计各(增加|减少)({_DIGITS}万元)", r"收入总计和支出总计各\1\2"),
)
replaced("分句：前加按口径统计", (r"^20\d\d年度(?!部门|单位)", "按决算口径统计，\\g<0>"))
replaced("分句：经审核", (rf"(?<=年度)(?=本年(?:收入|支出)合计{_DIGITS}万元)", "经审核汇总，"))
replaced(
    "分句：项后加用途",
    (
        rf"(（项）：支出决算为{_DIGITS}万元，完成预算{_DIGITS}%)。",
        r"\1，主要用于保障机构正常运转和开展日常工作。",
    ),
)
replaced(
    "分句：项后加决算数与预算数持平", (r"(完成预算100(?:\.0+)?%)。", r"\1，决算数与预算数持平。")
)
replaced(
    "分句：原因另起一句",
    (r"，决算数(大于|小于)预算数的主要原因是", r"。决算数\1预算数的主要原因："),
)
replaced("分句：原因在括号里", (r"，(决算数[大小]于预算数的主要原因是[^。\n]*)。", r"（\1）。"))


@liberty("句：项后加自己的原因")
def own_reason(text: str, chance: Random) -> str:
    said = ("该项支出由办公室归口管理。", "按进度拨付，手续齐全。", "较好地保障了工作需要。")

    def change(body: str) -> str:
        return re.sub(r"(?<=。)$", lambda m: chance.choice(said), body, flags=re.M)

    return in_section(text, ITEMS, change)


@liberty("句：每段后加自己的话")
def own_sentence(text: str, chance: Random) -> str:
    said = "以上情况已经本部门负责人审定，与账簿核对一致。"
    return in_body(text, lambda body: re.sub(r"(?<=万元。)$", said, body, flags=re.M))


@liberty("句：插入有数的自己的话")
def own_numbers(text: str, chance: Random) -> str:
    said = "全年召开专题会议6次，走访企业15家，办理建议提案38件，满意率97.5%。"
    return in_body(text, lambda body: re.sub(r"(?<=。)$", said, body, count=3, flags=re.M))


@liberty("句：插入有钱的自己的话")
def own_money(text: str, chance: Random) -> str:
    said = "\n其中争取社会捐赠物资折合16.66万元，未纳入决算。"
    return in_section(text, INCOME, lambda body: body.rstrip("\n") + said + "\n")


@liberty("句：附注")
def footnote(text: str, chance: Random) -> str:
    said = "注：本表以万元为单位，保留两位小数，部分数据因四舍五入略有差异。"
    return in_body(text, lambda body: re.sub(r"(?<=。)$", f"\n{said}", body, count=2, flags=re.M))


@liberty("句：详见附表")
def see_table(text: str, chance: Random) -> str:
    return in_body(text, lambda body: re.sub(r"(?<=合计)(?=[\d.]+万元)", "（详见附表2）", body))


@liberty("句：漏一句", told="样式里的一句没有了")
def dropped(text: str, chance: Random) -> str:
    def change(body: str) -> str:
        whole = re.findall(r"(?<=。)(?:与20|主要|全年|截至|公务)[^。\n]*\d[^。\n]*。", body)
        return body.replace(chance.choice(whole), "", 1) if whole else body

    return in_body(text, change)


@liberty("句：漏一节", told="样式里的一节没有了")
def section_dropped(text: str, chance: Random) -> str:
    return in_section(text, "政府采购支出情况", lambda body: "")


@liberty("句：不写主要原因", told="变动没有说明原因")
def without_reasons(text: str, chance: Random) -> str:
    return in_body(text, lambda body: re.sub(r"主要(变动)?原因是[^。\n]*。", "", body))


@liberty("注：（增长/下降）留在文里", told=_ASKED)
def direction_note(text: str, chance: Random) -> str:
    return in_body(
        text, lambda body: re.sub(r"(增长|下降)(?=[\d.]+%)", r"\1（增长/下降）", body, count=1)
    )


@liberty("注：增加（减少）留在文里", told=_ASKED)
def either_note(text: str, chance: Random) -> str:
    return in_body(
        text,
        lambda body: body.replace("增加", "增加（减少）", 1).replace("各减少", "各减少（增加）", 1),
    )


@liberty("注：或与预算数持平留在文里", told=_ASKED)
def equal_note(text: str, chance: Random) -> str:
    return in_body(
        text,
        lambda body: re.sub(
            r"(?<=完成预算100%)。", "，决算数小于（或与预算数持平）预算数。", body, count=1
        ),
    )


@liberty("注：填写说明留在文里", told=_ASKED)
def filling_note(text: str, chance: Random) -> str:
    note = "（注：数据来源于财决01-1表，罗列全部功能分类科目至项级）"
    return in_body(text, lambda body: re.sub(r"(?<=。)$", note, body, count=1, flags=re.M))
