"""A reviewer's desk on the command line: decisions written back, and the letters to departments."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Mapping
from pathlib import Path

from helpers.basics import terminal
from helpers.basics.errors import RequestError, shown
from helpers.basics.paths import Folder

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
    letter = listed.add_parser(
        "letter",
        help="写给部门的核查意见",
        description="给选中的部门和年度各写一份核查意见，OUTPUTS/部门/年度/letter.docx：属实的和还没有决定的，一个根因一行。",
        add_help=False,
    )
    shared["select"](letter)
    shared["outputs"](letter)
    letter.add_argument("--decided", action="store_true", help="只写决定为属实的")
    shared["jobs"](letter)
    shared["limits"](letter)
    letter.set_defaults(do=commands["letter"])


def decide(file: str, data: Path) -> None:
    """Write the decisions of a file into a data folder, and say how many."""
    from helpers.batch import deciding

    if not Path(file).exists():
        raise RequestError(f"没有 {shown(file, 200)} 这个文件，应为疑点页导出的 decisions.json")
    done = deciding.decide(Path(file), data)
    there = f"，另有 {done.there} 项早已写过" if done.there else ""
    print(
        f"已把 {done.written} 项决定写进 {done.folders} 份 corrections.yaml{there}；再运行 juesuan run 就按它"
    )


def write_letters(chosen: list[Folder], outputs: Path, options, within) -> bool:
    """Write a letter to each department that has something to answer, say where, and return whether none failed."""
    from helpers.across import overview
    from helpers.batch import letters

    good, nothing = True, 0
    for folder, one in letters.write(chosen, outputs, options.decided, options.jobs, within):
        if not isinstance(one, letters.Letter):
            terminal.warn(one.reason)
            good = False
            continue
        named = f"{folder.department} {folder.year}"
        ours = f"；另有 {one.ours} 个疑是录入 figures.csv 时的，没有写进去" if one.ours else ""
        if one.matters:
            print(f"{named}：{one.matters} 个问题，{one.place}{ours}")
        elif ours:
            print(f"{named}：没有要部门答复的问题{ours}")
        else:
            nothing += 1
    if nothing:
        print(f"没有要说的问题、没有写的：{nothing} 份")
    if (outputs / overview.FINDINGS).is_file():
        overview.write_index(outputs)
    return good
