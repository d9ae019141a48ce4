"""The command `juesuan`, in Chinese. Thin: every command is one function call away."""

from __future__ import annotations

import argparse
import os
import re
import signal
import sys
from contextlib import ExitStack
from pathlib import Path
from tempfile import TemporaryDirectory

from helpers.basics import paths, terminal
from helpers.basics.errors import Refusal, RequestError, told
from helpers.basics.model import SEVERITIES
from helpers.basics.paths import Folder
from helpers.batch import remote
from helpers.batch.shelf import Shelf
from helpers.batch.workers import Limits
from helpers.disclosure import folders

BUILT, FOUND, NOT_UNDERSTOOD, FAILED = 0, 1, 2, 3
_SAID = (
    (r"unrecognized arguments: (.*)", r"不认识的选项 \1"),
    (r"the following arguments are required: (.*)", r"缺少 \1"),
    (r"argument (.*): invalid choice: (\S+) \(choose from (.*)\)", r"\1 不能是 \2，可以是 \3"),
    (r"argument (.*): expected .*argument.*", r"\1 后面缺少内容"),
    (r"argument (.*): invalid .* value: (.*)", r"\1 不能是 \2"),
)


class _Chinese(argparse.HelpFormatter):
    def add_usage(self, usage, actions, groups, prefix=None):
        super().add_usage(usage, actions, groups, "用法：")


class _Parser(argparse.ArgumentParser):
    def __init__(self, *arguments, **options):
        super().__init__(*arguments, formatter_class=_Chinese, **options)
        self._positionals.title, self._optionals.title = "命令与参数", "选项"

    def error(self, message: str):
        for pattern, chinese in _SAID:
            message = re.sub(pattern, chinese, message)
        raise RequestError(f"{message}，用法见 {self.prog} --help")


def main(arguments: list[str] | None = None) -> int:
    """Run one command and return its exit status."""
    arguments = sys.argv[1:] if arguments is None else arguments
    debug = "--debug" in arguments
    terminal.settle()
    try:
        options = _parser().parse_args([a for a in arguments if a != "--debug"])
        status = options.do(options)
        sys.stdout.flush()
        return status
    except Refusal as error:
        if debug:
            raise
        terminal.warn(error)
        return NOT_UNDERSTOOD if isinstance(error, RequestError) else FAILED
    except BrokenPipeError:
        terminal.drop()
        return FAILED
    except OSError as error:
        if debug:
            raise
        terminal.warn(f"读写不了：{error}")
        terminal.drop()
        return FAILED
    except KeyboardInterrupt:
        terminal.warn("已中断；已完成的报告都在，再运行一次即可继续。")
        return 130


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(
        prog="juesuan",
        description="部门决算公开：由数生成表、说明、图和报告，并核对。",
        add_help=False,
    )
    _help(parser)
    commands = parser.add_subparsers(
        metavar="命令", required=True, prog="juesuan", parser_class=_Parser, dest="命令"
    )

    run = commands.add_parser(
        "run",
        help="生成报告",
        description="生成选中的部门和年度的报告，默认全部；已是最新的跳过。",
        add_help=False,
    )
    _select(run)
    run.add_argument(
        "--outputs",
        default=str(paths.OUTPUTS),
        metavar="文件夹",
        help="报告放在哪里，默认 outputs/",
    )
    _jobs(run)
    _limits(run)
    run.add_argument(
        "--dask", default="", metavar="地址", help="交给这个 Dask 调度器，如 tcp://127.0.0.1:8786"
    )
    run.add_argument("--quiet", action="store_true", help="只说失败和结果")
    run.add_argument("--force", action="store_true", help="已是最新的也重新生成")
    run.add_argument(
        "--fail-on",
        choices=("error", "warning", "never"),
        default="never",
        help="有这一级的疑点时退出状态为 1，默认 never",
    )
    run.set_defaults(do=_run)

    check = commands.add_parser(
        "check",
        help="只核对，不生成报告",
        description="列出选中的部门和年度的疑点，不运行笔记本。",
        add_help=False,
    )
    _select(check)
    _jobs(check)
    _limits(check)
    check.add_argument(
        "--format", choices=("text", "csv", "json"), default="text", help="输出格式，默认 text"
    )
    check.add_argument(
        "--fail-on",
        choices=("error", "warning", "never"),
        default="never",
        help="有这一级的疑点时退出状态为 1，默认 never",
    )
    check.set_defaults(do=_check)

    listing = commands.add_parser(
        "list", help="列出部门和年度", description="列出数据文件夹里的部门和年度。", add_help=False
    )
    _data(listing)
    _help(listing)
    listing.set_defaults(do=_list)

    new = commands.add_parser(
        "new",
        help="新建一个待填的文件夹",
        description="新建 departments/部门/年度/，放入待填的 figures.csv 和 profile.yaml。",
        add_help=False,
    )
    new.add_argument("department", metavar="部门", help="文件夹名，小写字母、数字和连字符")
    new.add_argument("year", type=int, metavar="年度")
    _data(new)
    _help(new)
    new.set_defaults(do=_new)

    sample = commands.add_parser(
        "sample",
        help="造一个虚构的区县",
        description="在数据文件夹里造一个虚构区县的许多部门，供练习、测试和度量；种子相同，文件相同。",
        add_help=False,
    )
    sample.add_argument(
        "--departments", type=int, required=True, metavar="个数", help="几个部门，1 个起"
    )
    sample.add_argument("--years", required=True, metavar="年度", help="2023，或 2019-2023")
    sample.add_argument("--seed", type=int, default=1, metavar="整数", help="种子，默认 1")
    sample.add_argument(
        "--data",
        required=True,
        metavar="文件夹",
        help="放进哪个数据文件夹；必写，免得与真实部门混在一起",
    )
    sample.add_argument(
        "--published", action="store_true", help="另写 published/：由数算出的文本和表"
    )
    _help(sample)
    sample.set_defaults(do=_sample)
    return parser


def _count(text: str) -> int:
    if not text.isdecimal() or int(text) < 1:
        raise ValueError(text)
    return int(text)


def _cores() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _jobs(parser) -> None:
    parser.add_argument(
        "--jobs",
        type=_count,
        default=_cores(),
        metavar="份数",
        help="同时做几份，默认与处理器核数相同",
    )


def _limits(parser) -> None:
    parser.add_argument(
        "--timeout", type=_count, default=600, metavar="秒", help="一份最多用多久，默认 600"
    )
    parser.add_argument(
        "--memory", type=_count, default=2048, metavar="MB", help="一份最多用多少内存，默认 2048"
    )


def _within(options) -> Limits:
    return Limits(options.timeout, options.memory << 20)


def _help(parser) -> None:
    parser.add_argument("-h", "--help", action="help", help="显示用法")


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
        help="只选这个部门，可重复",
    )
    parser.add_argument(
        "-y",
        "--year",
        action="append",
        type=int,
        default=[],
        metavar="年度",
        help="只选这个年度，可重复",
    )
    _data(parser)
    parser.add_argument("--debug", action="store_true", help="出错时显示完整的调用栈")
    _help(parser)


def _run(options) -> int:
    from helpers.batch import batch

    plan = batch.Plan(options.jobs, _within(options), options.force, options.quiet, options.dask)
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    _keep_apart(options.data, options.outputs)
    with ExitStack() as scratch:
        chosen, unread = _chosen(options, scratch)
        shelf, named = _shelf(options.outputs, scratch)
        folders.keep_apart(shelf.outputs, chosen)
        try:
            tally = batch.run(chosen, shelf, plan)
        except OSError as error:
            terminal.warn(
                f"{named} 写不了（{error.strerror or error}），腾出空间或改好权限后再运行一次即可继续。"
            )
            return FAILED
    print(
        f"生成 {tally.built} 份，跳过 {tally.skipped} 份，失败 {tally.failed} 份。总览：{named}/index.html"
    )
    if len(chosen) == 1 and not tally.failed:
        print(f"报告：{named}/{chosen[0].department}/{chosen[0].year}/report.html")
    return FAILED if tally.failed or unread else _judged(tally.findings, options.fail_on)


def _keep_apart(data: str, outputs: str) -> None:
    """Refuse outputs that are, hold or lie in the data folder: a report would take the place of what it is made from."""
    if data and outputs and remote.overlap(data, outputs):
        raise RequestError(
            f"--outputs {outputs} 与 --data {data} 是同一处，或一个在另一个里面，报告会与数混在一起；什么都没有做，请换一个 --outputs"
        )


def _chosen(options, scratch: ExitStack) -> tuple[list[Folder], bool]:
    """Return the department-years asked for, and whether some could not be looked at; what is left out is told."""
    data = _there(options.data, options.department, scratch)
    for said in (unreadable := folders.unreadable(data)):
        terminal.warn(said)
    chosen = folders.select(data, options.department, options.year)
    for said in folders.passed_over(data):
        terminal.warn(said)
    return remote.called(chosen, options.data) if remote.is_address(options.data) else chosen, bool(
        unreadable
    )


def _there(data: str, departments: list[str], scratch: ExitStack) -> Path:
    """Return the data folder; one at an address is copied to this machine first."""
    if not data:
        raise RequestError("--data 不能是「」，应为数据文件夹")
    if not remote.is_address(data):
        return Path(data).resolve()
    copy = Path(scratch.enter_context(TemporaryDirectory(prefix="juesuan-data-")))
    return remote.fetched(data, copy, departments)


def _here(data: str) -> Path:
    """Return a data folder of this machine, for the commands that write into it."""
    if not data or remote.is_address(data) or ":/" in data:
        raise RequestError(f"--data 在这个命令里不能是「{data}」，应为本机的文件夹")
    return Path(data).resolve()


def _shelf(outputs: str, scratch: ExitStack) -> tuple[Shelf, str]:
    """Return where the reports stand, and what that is called."""

    if not outputs or (not remote.is_address(outputs) and Path(outputs).is_file()):
        raise RequestError(f"--outputs 不能是「{outputs}」，应为放报告的文件夹")
    if not remote.is_address(outputs):
        return Shelf(Path(outputs).resolve()), str(Path(outputs).resolve())
    mirror = Path(scratch.enter_context(TemporaryDirectory(prefix="juesuan-outputs-")))
    return remote.RemoteShelf(outputs, mirror), told(outputs.rstrip("/"))


def _judged(findings: dict[str, int], fail_on: str) -> int:
    levels = () if fail_on == "never" else SEVERITIES[: SEVERITIES.index(fail_on) + 1]
    return FOUND if any(findings.get(level) for level in levels) else BUILT


def _check(options) -> int:
    from helpers.batch import inspection

    with ExitStack() as scratch:
        chosen, unread = _chosen(options, scratch)
        seen = inspection.inspect(chosen, options.jobs, _within(options))
    sys.stdout.write(inspection.FORMATS[options.format](seen))
    for failure in seen.failures:
        terminal.warn(failure.reason)
    return FAILED if seen.failures or unread else _judged(seen.counts(), options.fail_on)


def _list(options) -> int:
    with ExitStack() as scratch:
        every = folders.there(_there(options.data, [], scratch))
    for folder in every:
        print(f"{folder.department}\t{folder.year}")
    return BUILT


def _new(options) -> int:
    from helpers.sample import blank

    place = blank.create(_here(options.data), options.department, options.year)
    print(
        f"已建 {place}，请填 figures.csv 和 profile.yaml，再运行 juesuan run -d {options.department} -y {options.year}"
    )
    return BUILT


def _sample(options) -> int:
    from helpers.sample import sample

    data = _here(options.data)
    if data == paths.DATA:
        raise RequestError(f"{data} 里是真实的部门，虚构的不能放在一起，换一个 --data")
    made = sample.create(
        data, options.departments, sample.years_of(options.years), options.seed, options.published
    )
    print(f"已造 {options.departments} 个虚构部门，共 {len(made)} 份，在 {data / 'departments'}")
    return BUILT
