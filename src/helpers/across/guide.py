"""What the store holds in words: every table and every column of it, for `help` in a notebook."""

from __future__ import annotations

from helpers.across import shape

TABLES = {
    "reports": "每份报告一行：谁的、哪一年度、怎样结束、疑点几项。",
    "cells": "每张表的每一格一行。",
    "figures": "figures.csv 的每一行。",
    "findings": "每个疑点一行，重的在前。",
    "statements": "报告的每一句一行，按阅读的顺序。",
    "indicators": "横着比的数，每个一行；parts=True 连同它的各部分。整体和部分不能一起加、一起平均。",
}
_EXACT = "，精确的十进制数，缺的是空；写 numbers=float 是浮点数，缺的是 NaN"
COLUMNS = {
    "department": "部门的文件夹",
    "name": "部门的全称",
    "sector": "部门类别（profile.yaml 里写的），没有写的是空",
    "year": "年度",
    "line": "在这份报告自己的文件里是第几行",
    "region": "地区",
    "kind": "部门或单位",
    "edition": "版本",
    "status": "ok 做成了；failed 失败，用的是上一份好的报告",
    "error": "错误几项",
    "warning": "警告几项",
    "hint": "提示几项",
    "missing": "缺数几项",
    "report": "报告在 outputs 里的位置",
    "table": "表的编号，同 cells.csv",
    "table_name": "表名",
    "row": "行：科目编码，或印出的名称",
    "row_name": "行的名称：有编码的是科目名称",
    "column": "栏：印出的名称，或科目编码",
    "column_name": "栏的名称",
    "cells.value": f"这一格的数，万元，两位小数{_EXACT}",
    "cells.state": "given 写明的；derived 加出来的；missing 缺",
    "item": "指标",
    "category": "类别",
    "fund": "资金",
    "function": "功能科目编码",
    "function_name": "功能科目名称",
    "nature": "支出性质",
    "economic": "经济科目编码",
    "economic_name": "经济科目名称",
    "project": "项目",
    "basis": "口径：决算、年初预算、全年预算、上年决算",
    "figures.value": f"金额，万元；数量按 unit 的单位{_EXACT}",
    "unit": "value 的单位：万元，数量是辆、人、个之类",
    "written": "原来写的样子（元还是万元、几位小数）",
    "rule": "规则的编号",
    "severity": "error 错误；warning 警告；hint 提示；missing 缺数",
    "place": "在哪里：哪一格、哪一句、哪一行",
    "message": "疑点，一句话",
    "expected": "应为，照写的文字，不是数",
    "found": "实为，照写的文字",
    "difference": "相差，照写的文字",
    "section": "哪张表、哪一节",
    "cause": "根因的号，同一份报告里同号的是一件事",
    "decision": "作了什么决定：属实、不予采纳、待核，没有定的是空",
    "id": "这一句的编号",
    "text": "句子",
    "numbers": "句子里的数，各有 text（印出的样子）、value、unit、kind、cells（来自哪些格）",
    "published": "公布的那一句",
    "verdict": "same 一致；differs 不同；absent 没有公布这一句；unpublished 没有可比的",
    "indicator": "比较数的名称，如 支出、三公经费（见版本的 indicators.yaml）",
    "key": "是它的哪一部分，如功能科目的类；空是整体",
    "label": "这一部分的名称；空是整体",
    "indicators.value": f"数，万元，数量按 unit 的单位{_EXACT}",
    "indicators.state": "given、derived、missing，同 cells",
}


def columns(table: str) -> str:
    """Return a table's columns, a line for each; one that is not told raises KeyError.

    >>> print(columns("indicators").splitlines()[5].strip())
    indicator：比较数的名称，如 支出、三公经费（见版本的 indicators.yaml）
    """
    said = ((name, COLUMNS.get(f"{table}.{name}")) for name in shape.TABLES[table])
    return "\n".join(f"    {name}：{words or COLUMNS[name]}" for name, words in said)


def whole() -> str:
    """Return every table with its columns."""
    return "\n\n".join(f"{table}：{said}\n{columns(table)}" for table, said in TABLES.items())


def told(function):
    """Return a function that gives a table of its own name, with the table's columns in its docstring."""
    name = function.__name__
    function.__doc__ = f"{function.__doc__}\n\n{TABLES[name]}\n\n{columns(name)}\n"
    return function
