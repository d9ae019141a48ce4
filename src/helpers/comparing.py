"""All departments at once on the command line: the store, and the page that compares them."""

from __future__ import annotations

import argparse
import os
from collections.abc import Callable, Mapping
from pathlib import Path

from helpers.basics import paths, terminal
from helpers.basics.errors import Refusal, RequestError, shown, system, traced

Command = Callable[[argparse.Namespace], int]


def add(listed, do: Command, shared: Mapping[str, Callable]) -> None:
    """Add the command `collect` to a parser's; `shared` gives the options that other commands have too."""
    collect = listed.add_parser(
        "collect",
        help="汇集全部报告",
        description="把全部报告的格、数、疑点和句子汇集成 Parquet，放在报告文件夹的 store/，只读有变化的。",
        add_help=False,
    )
    shared["data"](collect)
    shared["outputs"](collect)
    collect.add_argument("--debug", action="store_true", help="出错时显示完整的调用栈")
    shared["help"](collect)
    collect.set_defaults(do=do)


def folder(outputs: str) -> str:
    """Return an outputs folder of this machine, or refuse it: an address, or one that is not there."""
    if paths.is_address(outputs) or not os.path.isdir(outputs):
        raise RequestError(
            f"--outputs 在这个命令里不能是「{shown(outputs)}」，应为本机放着报告的文件夹"
        )
    return outputs


def collect(outputs: Path, data: Path) -> bool:
    """Bring the store of an outputs folder up to date, say what it holds, and return whether everything could be read."""
    from helpers.across import store

    done = store.collect(outputs, data)
    for said in done.unread:
        terminal.warn(said)
    print(
        f"汇集 {done.held} 份，这次读了 {done.read} 份，去掉 {done.gone} 份，在 {outputs / store.FOLDER}"
    )
    return not done.unread


def gather(outputs: Path, data: Path, across: bool) -> bool:
    """Bring the store up to date after a run and, where asked for, compare; return whether that could be done."""
    from helpers.across import store

    try:
        for said in store.collect(outputs, data).unread:
            terminal.warn(said)
    except (OSError, Refusal) as error:
        terminal.warn(traced(f"汇集不了（{_why(error)}）", error))
        return not across
    return not across or _compared(outputs)


def _compared(outputs: Path) -> bool:
    """Write the page that compares, say where, and return whether that could be done."""
    from helpers.batch import comparison

    try:
        print(f"比较：{comparison.compare(outputs)}")
    except (OSError, Refusal) as error:
        terminal.warn(traced(f"比较不了（{_why(error)}）", error))
        return False
    return True


def _why(error: OSError | Refusal) -> str:
    return str(error) if isinstance(error, Refusal) else system(error)
