"""Liberties with stops, brackets and quotation marks."""

from __future__ import annotations

from random import Random

from liberties.liberty import in_body, liberty, replaced

replaced("标点：；写成，", ("；", "，"))
replaced("标点：；写成。", ("；", "。"))
replaced("标点：；写成、", ("；", "、"))
replaced("标点：其中：写成其中，", ("其中：", "其中，"))
replaced("标点：其中：不写冒号", ("其中：", "其中"))
replaced("标点：（项）后不写冒号", ("（项）：", "（项）"))
replaced("标点：（项）后写，", ("（项）：", "（项），"))
replaced("标点：主要包括：不写冒号", ("(主要包括|以下方面)：", r"\1"))
replaced("标点：，写成。", (r"万元，(?=完成预算|未安排预算)", "万元。"))
replaced("标点：，写成；", (r"万元，(?=完成预算|增长|下降)", "万元；"))
replaced("标点：。写成，", (r"万元。(?=与20)", "万元，"))
replaced("标点：、写成，", (r"(辆|万元)、", r"\1，"))
replaced("标点：年度后加，", (r"(?<=20\d\d年度)(?=[^，、、年末部单])", "，"))
replaced("标点：，半角", ("，", ","))
replaced("标点：：半角加空格", ("：", ": "))
replaced("标点：；半角", ("；", ";"))
replaced("标点：括号半角", ("（", "("), ("）", ")"))
replaced("标点：％全角", ("%", "％"))
replaced("标点：段末不写句号", ("。$", ""))


def _quoted(left: str, right: str):
    return lambda text, chance: text.replace("“", left).replace("”", right)


liberty("引号：直的")(_quoted('"', '"'))
liberty("引号：直角的")(_quoted("「", "」"))
liberty("引号：单的")(_quoted("‘", "’"))
liberty("引号：不写")(_quoted("", ""))


@liberty("标点：全用半角")
def half_width(text: str, chance: Random) -> str:
    table = str.maketrans("，；：（）％", ",;:()%")
    return in_body(text, lambda body: body.translate(table))
