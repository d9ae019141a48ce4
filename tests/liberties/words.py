"""Liberties with the words of a sentence: synonyms, years, forms of the same phrase."""

from __future__ import annotations

import re
from random import Random

from liberties.liberty import in_body, liberty, replaced

_YEAR = r"20\d\d"
_COMPARED = rf"与{_YEAR}年度相比，"

replaced("措辞：增加写成增长", (r"增加(?=[\d.]+万元)", "增长"))
replaced("措辞：增加写成上升", (r"增加(?=[\d.]+万元)", "上升"), (r"增长(?=[\d.]+%)", "上升"))
replaced("措辞：增长写成增加", (r"增长(?=[\d.]+%)", "增加"))
replaced("措辞：增长写成增幅", (r"增长(?=[\d.]+%)", "增幅"), (r"下降(?=[\d.]+%)", "降幅"))
replaced("措辞：增加了", (r"(增加|减少)(?=[\d.]+万元)", r"\1了"))
replaced("措辞：减少写成下降", (r"减少(?=[\d.]+万元)", "下降"))
replaced("措辞：下降写成降低", (r"下降(?=[\d.]+%)", "降低"), (r"减少(?=[\d.]+万元)", "降低"))
replaced("措辞：下降写成减少", (r"下降(?=[\d.]+%)", "减少"))
for _word in ("各为", "均是", "分别为", "都是", "为"):
    replaced(f"措辞：均为写成{_word}", ("均为", _word))
for _word in ("主要原因是", "主要原因为", "主要变动原因为", "主要变动原因系", "变动的主要原因是"):
    replaced(f"措辞：主要变动原因是写成{_word}", ("主要变动原因是", _word))
replaced("措辞：主要原因是写成主要是", ("(?<!预算数的)主要(变动)?原因是", "主要是"))
replaced("措辞：主要原因是写成原因：", ("(?<!预算数的)主要(变动)?原因是", "原因："))
for _word in ("较上年", "比上年", "与上年相比，", "同比", "较上年度", "较去年"):
    replaced(f"措辞：与上年度相比写成{_word}", (_COMPARED, _word))
replaced("措辞：与上年度相比写成与某年相比", (rf"与({_YEAR})年度相比，", r"与\1年相比，"))
replaced("措辞：与上年度相比写成相较于", (rf"与({_YEAR})年度相比，", r"相较于\1年度，"))
replaced("措辞：较上年度写成比上年", ("较上年度", "比上年"))
replaced("措辞：比某年度写成较上年", (rf"比{_YEAR}年度", "较上年"))
replaced("措辞：比某年度写成同比", (rf"比{_YEAR}年度", "同比"))
replaced("措辞：完成预算的", (r"完成预算(?=\d)", "完成预算的"))
replaced("措辞：完成年度预算", (r"完成预算(?=\d)", "完成年度预算"))
replaced("措辞：完成年度预算的", (r"完成预算(?=\d)", "完成年度预算的"))
replaced("措辞：为预算的", (r"完成预算(?=\d)", "为预算的"))
replaced("措辞：完成预算率", (r"完成预算(?=\d)", "预算完成率"))
replaced("措辞：占总额的", ("占(本年支出合计|政府采购支出总额)的", "占总额的"))
replaced("措辞：占合计写成占总额", ("占本年支出合计的", "占本年支出总额的"))
replaced("措辞：占合计的不写的", (r"占(本年支出合计|政府采购支出总额)的", r"占\1"))
replaced("措辞：合计写成总额", (r"本年(收入|支出)合计(?=[\d.]+万元)", r"本年\1总额"))
replaced("措辞：合计写成共计", (r"本年(收入|支出)合计(?=[\d.]+万元)", r"本年\1共计"))
replaced("措辞：合计写成合计为", (r"本年(收入|支出)合计(?=[\d.]+万元)", r"本年\1合计为"))
replaced("措辞：支出决算为写成支出", ("（项）：支出决算为", "（项）：支出"))
replaced("措辞：支出决算为写成决算数为", ("（项）：支出决算为", "（项）：决算数为"))
replaced("措辞：支出决算为写成决算支出", ("（项）：支出决算为", "（项）：决算支出"))
replaced("措辞：支出决算为写成支出决算数为", ("支出决算为", "支出决算数为"))
replaced("措辞：经费支出写成支出决算", (r"(经费|费)支出(?=[\d.]+万元)", r"\1支出决算"))
replaced("措辞：支出写成支出为", (r"支出(?=[\d.]+万元)", "支出为"))
replaced("措辞：以下方面", ("主要用于以下方面：", "具体情况如下："))
replaced("措辞：主要用于", ("主要用于以下方面：", "主要用于："))
replaced("措辞：主要包括写成包括", ("主要包括：", "包括："))
replaced("措辞：主要包括写成主要用于", ("主要包括：", "主要用于："))
replaced("措辞：其中写成包括", (r"万元，其中：", "万元，包括："))
replaced("措辞：共计支出写成支出", ("共计支出", "支出"))
replaced("措辞：共有写成现有", (r"单位共有公务用车", "现有公务用车"))
replaced("措辞：未安排预算写成年初未安排预算", ("未安排预算", "年初未安排预算"))
replaced("措辞：持平写成一致", (rf"与({_YEAR}年度|上年度)持平", r"与\1一致"))
replaced("措辞：持平写成无增减", (rf"与({_YEAR}年度|上年度)持平", r"较上年无增减变化"))
replaced("年份：2023年度写成2023年", (rf"({_YEAR})年度(?!部门|单位)", r"\1年"))
replaced("年份：2022年度写成上年", (rf"(与|比){_YEAR}年度(相比|持平|)", r"\1上年\2"))
replaced("年份：2022年度写成去年", (rf"(与|比){_YEAR}年度(相比|持平|)", r"\1去年\2"))
replaced("年份：2023年度写成本年度", (rf"^{_YEAR}年度(?!部门|单位)", "本年度"))
replaced("年份：句首不写年度", (rf"^{_YEAR}年度(?=本年|一般|财政|“|政府|国有)", ""))


@liberty("年份：数字间有空格")
def spaced_year(text: str, chance: Random) -> str:
    return in_body(text, lambda body: re.sub(rf"({_YEAR})年", r"\1 年", body))


@liberty("名称：简称写成本部门")
def ourselves(text: str, chance: Random) -> str:
    name = re.search(r"^20\d\d年度，(.+)机关运行经费支出", text, re.M)
    return in_body(text, lambda body: body.replace(name[1], "本部门")) if name else text


@liberty("名称：简称写成我局")
def we(text: str, chance: Random) -> str:
    name = re.search(r"^20\d\d年度，(.+)机关运行经费支出", text, re.M)
    return in_body(text, lambda body: body.replace(name[1], "我单位")) if name else text


@liberty("措辞：处处换一个说法")
def mixed(text: str, chance: Random) -> str:
    choices = {
        r"增加(?=[\d.]+万元)": ("增加", "增长", "上升"),
        r"减少(?=[\d.]+万元)": ("减少", "下降", "降低"),
        r"增长(?=[\d.]+%)": ("增长", "增加", "上升"),
        r"下降(?=[\d.]+%)": ("下降", "减少", "降低"),
        "均为": ("均为", "各为", "均是"),
        r"完成预算(?=\d)": ("完成预算", "完成预算的", "完成年度预算的"),
        "(?<!预算数的)主要(变动)?原因是": ("主要原因是", "主要原因为", "主要变动原因为"),
        _COMPARED: ("较上年", "比上年", "与上年相比，", "同比"),
    }

    def change(body: str) -> str:
        for pattern, options in choices.items():
            body = re.sub(pattern, lambda m, o=options: chance.choice(o), body)
        return body

    return in_body(text, change)
