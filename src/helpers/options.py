"""The command line's options, in Chinese: what each command takes, and what it says of itself."""

from __future__ import annotations

import argparse
import shlex
from collections.abc import Callable, Mapping
from pathlib import Path

from helpers import comparing, desk, publishing, rules
from helpers.basics import paths, processors
from helpers.basics.arguments import ChineseParser, Version, count, whole, years

Command = Callable[[argparse.Namespace], int]


def parser(commands: Mapping[str, Command]) -> argparse.ArgumentParser:
    """Return the parser of the command line; each subcommand carries what does it as `do`."""
    whole = ChineseParser(
        prog="juesuan",
        description="部门决算公开：由数生成表、说明、图和报告，并核对。",
        add_help=False,
    )
    whole.add_argument("--version", action=Version, help="显示版本")
    _help(whole)
    listed = whole.add_subparsers(
        metavar="命令", required=True, prog="juesuan", parser_class=ChineseParser, dest="命令"
    )

    _run(listed, commands["run"])
    _check(listed, commands["check"])
    _list(listed, commands["list"])
    _import(listed, commands["import"])
    many = {"select": _select, "jobs": _jobs, "limits": _limits, "outputs": _outputs}
    publishing.add(listed, commands, many)
    comparing.add(listed, commands["collect"], {"data": _data, "outputs": _outputs, "help": _help})
    _new(listed, commands["new"])
    _todo(listed, commands["todo"])
    desk.add(listed, commands, {**many, "data": _data, "help": _help})
    _sample(listed, commands["sample"])
    rules.add(listed, commands, _help)
    return whole


def naming(data: Path, department: str, year: int) -> str:
    """Return the options that name a department-year of a data folder, as one types them."""
    there = "" if data == Path(paths.DATA) else f" --data {shlex.quote(str(data))}"
    return f"-d {department} -y {year}{there}"


def _run(listed, do: Command) -> None:
    run = listed.add_parser(
        "run",
        help="生成报告",
        description="生成选中的部门和年度的报告，默认全部；已是最新的跳过。",
        add_help=False,
    )
    _select(run)
    _outputs(run)
    run.add_argument("--across", action="store_true", help="另写 across.html：把全部部门放在一起比")
    _jobs(run)
    _limits(run)
    run.add_argument(
        "--dask", default="", metavar="地址", help="交给这个 Dask 调度器，如 tcp://127.0.0.1:8786"
    )
    run.add_argument("--quiet", action="store_true", help="只说失败和结果")
    run.add_argument("--force", action="store_true", help="已是最新的也重新生成")
    run.add_argument("--dry-run", action="store_true", help="只说要生成哪些、为什么，什么都不做")
    run.add_argument("--watch", action="store_true", help="改了哪份，保存后就再生成哪份")
    _fail_on(run)
    run.set_defaults(do=do)


def _check(listed, do: Command) -> None:
    check = listed.add_parser(
        "check",
        help="只核对，不生成报告",
        description="列出选中的部门和年度的疑点，不运行笔记本。",
        add_help=False,
    )
    check.add_argument(
        "folders",
        nargs="*",
        default=[],
        metavar="文件夹",
        help="只核对这里的：一个部门一年的文件夹，一个部门的，或整个数据文件夹",
    )
    _select(check)
    _jobs(check)
    _limits(check)
    check.add_argument(
        "--format", choices=("text", "csv", "json"), default="text", help="输出格式，默认 text"
    )
    check.add_argument("--watch", action="store_true", help="改了哪份，保存后就再核对哪份")
    _fail_on(check)
    check.set_defaults(do=do)


def _list(listed, do: Command) -> None:
    listing = listed.add_parser(
        "list", help="列出部门和年度", description="列出数据文件夹里的部门和年度。", add_help=False
    )
    _data(listing)
    _help(listing)
    listing.set_defaults(do=do)


def _import(listed, do: Command) -> None:
    importing = listed.add_parser(
        "import",
        help="由公开过的文件导入",
        description="由公开过的表和文本写成 departments/部门/年度/；文件夹按里面的名字分成部门和年度。",
        add_help=False,
    )
    importing.add_argument(
        "files", nargs="+", metavar="文件", help="一个部门一年的文件，或装着许多部门的一个文件夹"
    )
    importing.add_argument(
        "-d", "--department", default="", metavar="部门", help="导入成这个部门，文件夹名"
    )
    importing.add_argument(
        "-y", "--year", type=whole, default=0, metavar="年度", help="是哪一年度的"
    )
    _data(importing)
    importing.add_argument(
        "--edition", default="", metavar="版本", help="样式的版本，不写就照表和标题认"
    )
    importing.add_argument("--force", action="store_true", help="已有的也重新导入，替换原来的数")
    importing.add_argument(
        "--format", choices=("text", "json"), default="text", help="说明的格式，默认 text"
    )
    _jobs(importing)
    _limits(importing)
    importing.add_argument("--quiet", action="store_true", help="只说失败和结果")
    importing.add_argument("--debug", action="store_true", help="出错时显示完整的调用栈")
    _help(importing)
    importing.set_defaults(do=do)


def _new(listed, do: Command) -> None:
    new = listed.add_parser(
        "new",
        help="新建一个待填的文件夹",
        description="新建 departments/部门/年度/，放入待填的 figures.csv 和 profile.yaml。",
        add_help=False,
    )
    new.add_argument("department", metavar="部门", help="文件夹名，小写字母、数字和连字符")
    new.add_argument("year", type=whole, metavar="年度")
    new.add_argument(
        "--from",
        dest="since",
        type=whole,
        default=0,
        metavar="年度",
        help="照这一年度的行和话新建，金额待填",
    )
    new.add_argument(
        "--xlsx",
        nargs="?",
        const="-",
        default="",
        metavar="文件",
        help="不建文件夹，写一个待填的工作簿，默认 部门-年度.xlsx；填好后用 import 导入",
    )
    _data(new)
    _help(new)
    new.set_defaults(do=do)


def _todo(listed, do: Command) -> None:
    todo = listed.add_parser(
        "todo",
        help="还要填什么",
        description="列出选中的部门和年度还要填什么，填了印在哪里。",
        add_help=False,
    )
    _select(todo)
    todo.set_defaults(do=do)


def _sample(listed, do: Command) -> None:
    sample = listed.add_parser(
        "sample",
        help="造一个虚构的区县",
        description="在数据文件夹里造一个虚构区县的许多部门，供练习、测试和度量；种子相同，文件相同。",
        add_help=False,
    )
    sample.add_argument(
        "--departments", type=whole, required=True, metavar="个数", help="几个部门，1 个起"
    )
    sample.add_argument("--years", required=True, metavar="年度", help="2023，或 2019-2023")
    sample.add_argument("--seed", type=whole, default=1, metavar="整数", help="种子，默认 1")
    sample.add_argument(
        "--data",
        required=True,
        metavar="文件夹",
        help="放进哪个数据文件夹；必写，免得与真实部门混在一起",
    )
    sample.add_argument(
        "--published", action="store_true", help="另写 published/：由数算出的文本和表"
    )
    sample.add_argument(
        "--edition", default="", metavar="版本", help="照哪个版本的样式造，默认是标着「默认」的那个"
    )
    _help(sample)
    sample.set_defaults(do=do)


def _jobs(parser) -> None:
    parser.add_argument(
        "--jobs",
        type=count,
        default=processors.usable(),
        metavar="份数",
        help="同时做几份，默认与处理器核数相同",
    )


def _fail_on(parser) -> None:
    parser.add_argument(
        "--fail-on",
        choices=("error", "warning", "never"),
        default="never",
        help="有这一级的疑点时退出状态为 1，默认 never",
    )


def _limits(parser) -> None:
    parser.add_argument(
        "--timeout", type=count, default=600, metavar="秒", help="一份最多用多久，默认 600"
    )
    parser.add_argument(
        "--memory", type=count, default=2048, metavar="MB", help="一份最多用多少内存，默认 2048"
    )


def _help(parser) -> None:
    parser.add_argument("-h", "--help", action="help", help="显示用法")


def _outputs(parser, told: str = "报告放在哪里，默认 outputs/") -> None:
    parser.add_argument("--outputs", default=str(paths.OUTPUTS), metavar="文件夹", help=told)


def _data(parser) -> None:
    parser.add_argument(
        "--data", default=str(paths.DATA), metavar="文件夹", help="数据文件夹，默认 data/"
    )


def _select(parser) -> None:
    parser.add_argument(
        "-d",
        "--department",
        action="append",
        default=[],
        metavar="部门",
        help="只选这个部门：文件夹名、中文名，或 *-bureau 这样的式样，可重复",
    )
    parser.add_argument(
        "-y",
        "--year",
        action="append",
        type=years,
        default=[],
        metavar="年度",
        help="只选这个年度，或 2019-2023 这几个年度，可重复",
    )
    _data(parser)
    parser.add_argument("--debug", action="store_true", help="出错时显示完整的调用栈")
    _help(parser)
