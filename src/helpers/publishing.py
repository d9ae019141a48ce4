"""The command `juesuan export`: its options, and what it says."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Mapping
from pathlib import Path

from helpers.basics import paths, terminal
from helpers.basics.errors import RequestError, shown, visible
from helpers.basics.paths import Folder

Command = Callable[[argparse.Namespace], int]


def add(listed, commands: Mapping[str, Command], shared: Mapping[str, Callable]) -> None:
    """Add the command to a parser's; `shared` gives the options that other commands have too."""
    export = listed.add_parser(
        "export",
        help="导出要公开的文档",
        description="把选中的部门和年度的决算公开写成文档，不含核对；有错误或缺数的不写，除非是草稿。",
        add_help=False,
    )
    export.add_argument(
        "form",
        choices=("docx", "xlsx", "pdf", "html"),
        metavar="形式",
        help="docx、xlsx、pdf 或 html",
    )
    shared["select"](export)
    shared["outputs"](export, "写到这里的 部门/年度/disclosure.形式，默认 outputs/")
    export.add_argument("--to", default="", metavar="文件", help="只选一份时，写成这个文件")
    export.add_argument(
        "--template",
        default="",
        metavar="文件",
        help="单位自己的 docx，里面写着【说明 一】【表 01】【图1】",
    )
    export.add_argument("--draft", action="store_true", help="有错误或缺数也写，每页印草稿")
    export.add_argument(
        "--fragment", action="store_true", help="html 只写一段，供贴进网站的内容管理系统"
    )
    shared["jobs"](export)
    shared["limits"](export)
    export.set_defaults(do=commands["export"])


def order(options):
    """Return what is asked for; what cannot be carried out is refused before anything is read."""
    from helpers.batch import exports

    if not options.outputs or paths.is_address(options.outputs):
        raise RequestError(
            f"--outputs 在这个命令里不能是「{shown(options.outputs)}」，应为本机的文件夹"
        )
    return exports.order(options.form, options.template, options.draft, options.fragment)


def write(options, what, chosen: list[Folder], outputs: Path, within):
    """Write what is asked for, say where it stands and what was not written, and return what became of it."""
    from helpers.batch import exports

    if outputs.exists() and not outputs.is_dir():
        raise RequestError(f"--outputs 不能是「{shown(options.outputs)}」，应为放文件的文件夹")
    wanted = exports.places(chosen, chosen[0].data, outputs, options.to, options.form)
    done = exports.run(wanted, what, options.jobs, within)
    for place in done.written:
        print(f"已写 {visible(str(place))}")
    for reason in done.failed:
        terminal.warn(reason)
    for folder, lines in done.unready:
        told = f"{folder.called}：还不能公开，没有写；要看草稿，加 --draft"
        terminal.warn("\n  ".join((told, *lines)))
    return done
