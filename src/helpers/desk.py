"""The options of a reviewer's desk: decisions written back, and the letter to a department."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Mapping

Command = Callable[[argparse.Namespace], int]


def add(listed, commands: Mapping[str, Command], shared: Mapping[str, Callable]) -> None:
    """Add the commands to a parser's; `shared` gives the options that other commands have too."""
    decide = listed.add_parser(
        "decide",
        help="把疑点页里的决定写进去",
        description="把疑点页（findings.html）导出的决定写进各部门各年度的 corrections.yaml，原有的内容不动。",
        add_help=False,
    )
    decide.add_argument("file", metavar="文件", help="疑点页导出的 decisions.json")
    shared["data"](decide)
    decide.add_argument("--debug", action="store_true", help="出错时显示完整的调用栈")
    shared["help"](decide)
    decide.set_defaults(do=commands["decide"])
