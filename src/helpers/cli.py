"""The command `juesuan`, in Chinese. Thin: every command is one function call away."""

from __future__ import annotations

import argparse
import gc
import os
import shlex
import signal
import sys
from contextlib import ExitStack, suppress
from functools import partial

from helpers import asked, comparing, desk, publishing, rules
from helpers import options as command_line
from helpers.basics import paths, terminal
from helpers.basics.errors import (
    BeginAnew,
    Refusal,
    RequestError,
    failure,
    shown,
    system,
    trace,
    traced,
    visible,
)
from helpers.disclosure import folders

BUILT, FOUND, NOT_UNDERSTOOD, FAILED = 0, 1, 2, 3
# New objects before old ones are looked through: what is loaded stays, and looking through it is up to a tenth of a start.
COLLECTED_AFTER = 20_000


def main(arguments: list[str] | None = None) -> int:
    """Run one command and return its exit status."""
    arguments = sys.argv[1:] if arguments is None else arguments
    trace("--debug" in arguments)
    gc.set_threshold(COLLECTED_AFTER)
    terminal.settle()
    try:
        terminal.stand()
        options = _parser().parse_args([a for a in arguments if a != "--debug"])
        status = options.do(options)
        sys.stdout.flush()
        return status
    except Refusal as error:
        terminal.warn(traced(str(error), error))
        return NOT_UNDERSTOOD if isinstance(error, RequestError) else FAILED
    except BrokenPipeError:
        terminal.drop()
        return FAILED
    except OSError as error:
        place = f"{shown(str(error.filename), 200)} " if error.filename else ""
        terminal.warn(traced(f"{place}读写不了：{system(error)}", error))
        terminal.drop()
        return FAILED
    except (MemoryError, SystemError) as error:  # the latter where Python had no memory to say so
        terminal.warn(traced("内存不够", error))
        return FAILED
    except BeginAnew:
        return os.execv(sys.executable, [sys.executable, *sys.orig_argv[1:]])
    except KeyboardInterrupt:
        terminal.warn("已中断；已完成的报告都在，再运行一次即可继续。")
        return 130
    except Exception as error:
        terminal.warn(failure(error))
        return FAILED


def _parser() -> argparse.ArgumentParser:
    return command_line.parser(
        {"run": _run, "check": _check, "list": _list, "new": _new, "sample": _sample}
        | {"import": _import, "export": _export, "todo": _todo, "collect": _collect}
        | {"decide": _decide, "letter": _letter}
        | {"rules check": rules.check, "rules new": rules.create}
    )


def _within(options):
    from helpers.batch.workers import Limits

    return Limits(options.timeout, options.memory << 20)


def _run(options) -> int:
    from helpers.batch import batch

    signal.signal(signal.SIGTERM, signal.default_int_handler)
    asked.keep_apart(options.data, options.outputs)
    asked.refuse_contradictions(options)
    with ExitStack() as scratch:
        chosen, unread = asked.chosen(options, scratch)
        shelf, named = asked.shelf(options.outputs, scratch)
        folders.keep_apart(shelf.outputs, chosen)
        if options.dry_run:
            return _planned(batch.planned(chosen, shelf, options.force))
        make = partial(_made, shelf=shelf, named=named, options=options)
        status = _made_at_each_saving(chosen, make, options) if options.watch else make(chosen)
    return FAILED if unread else status


def _made_at_each_saving(chosen, make, options) -> int:
    from helpers.batch import watching

    status = watching.make_at_each_saving(chosen, asked.now(options), make)
    return FAILED if status is None else status


def _made(chosen, shelf, named: str, options) -> int:
    """Make what is not up to date, say what there is, and return the status."""
    from helpers.batch import batch

    plan = batch.Plan(options.jobs, _within(options), options.force, options.quiet, options.dask)
    try:
        tally = batch.run(chosen, shelf, plan)
    except OSError as error:
        words = f"{named} 写不了（{system(error)}），腾出空间或改好权限后再运行一次即可继续。"
        terminal.warn(traced(words, error))
        return FAILED
    is_here = named == str(shelf.outputs)
    compared = not is_here or comparing.gather(shelf.outputs, chosen[0].data, options.across)
    print(
        f"生成 {tally.built} 份，跳过 {tally.skipped} 份，失败 {tally.failed} 份。总览：{named}/index.html"
    )
    if found := sum(tally.findings.values()):
        print(f"疑点 {found} 项，归为 {tally.causes} 个根因：{named}/findings.html")
    if len(chosen) == 1 and not tally.failed:
        print(f"报告：{named}/{chosen[0].department}/{chosen[0].year}/report.html")
    failed = tally.failed or not compared
    return FAILED if failed else _judged(tally.findings, options.fail_on)


def _planned(reports) -> int:
    """Say which reports are to be made, and why; nothing is made."""
    made = skipped = 0
    for folder, why in reports:
        if why:
            print(f"{folder.department} {folder.year}：{why}")
        made, skipped = made + bool(why), skipped + (not why)
    print(f"要生成 {made} 份，跳过 {skipped} 份；只是看看，什么都没有做")
    return BUILT


def _collect(options) -> int:
    asked.keep_apart(options.data, options.outputs)
    outputs = asked.real(comparing.folder(options.outputs), "--outputs")
    return BUILT if comparing.collect(outputs, asked.here(options.data)) else FAILED


def _judged(findings: dict[str, int], fail_on: str) -> int:
    from helpers.basics.model import SEVERITIES

    levels = () if fail_on == "never" else SEVERITIES[: SEVERITIES.index(fail_on) + 1]
    return FOUND if any(findings.get(level) for level in levels) else BUILT


def _check(options) -> int:
    from helpers.batch import inspection, watching

    if options.watch and (options.format != "text" or paths.is_address(options.data)):
        raise RequestError("--watch 只看本机的文件夹，只用 text 格式；请去掉 --format 或 --watch")
    with ExitStack() as scratch:
        chosen, unread = asked.chosen(options, scratch)
        watch = watching.Watch(chosen, asked.now(options)) if options.watch else None
        seen = inspection.inspect(chosen, options.jobs, _within(options))
        sys.stdout.write(inspection.FORMATS[options.format](seen))
        for failed in seen.failures:
            terminal.warn(failed.reason)
        if watch:
            watch.told_first(seen)
            with suppress(KeyboardInterrupt):
                watch.go_on(_within(options))
    return FAILED if seen.failures or unread else _judged(seen.counts(), options.fail_on)


def _decide(options) -> int:
    desk.decide(options.file, asked.here(options.data))
    return BUILT


def _letter(options) -> int:
    if not options.outputs or paths.is_address(options.outputs):
        told = shown(options.outputs)
        raise RequestError(f"--outputs 在这个命令里不能是「{told}」，应为本机的文件夹")
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    asked.keep_apart(options.data, options.outputs)
    with ExitStack() as scratch:
        chosen, unread = asked.chosen(options, scratch)
        outputs = asked.shelf(options.outputs, scratch)[0].outputs
        folders.keep_apart(outputs, chosen)
        written = desk.write_letters(chosen, outputs, options, _within(options))
    return BUILT if written and not unread else FAILED


def _list(options) -> int:
    with ExitStack() as scratch:
        every = folders.there(asked.there(options.data, [], scratch))
    for folder in every:
        print(f"{folder.department}\t{folder.year}")
    return BUILT


def _import(options) -> int:
    from helpers.batch import imports
    from helpers.intake import account

    data = asked.here(options.data)
    requests, passed_over = imports.asked(
        options.files, data, options.department, options.year, options.edition, options.force
    )
    for said in passed_over:
        terminal.warn(f"略过 {said}")
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    quiet = options.quiet or options.format == "json" or len(requests) == 1
    plan = imports.Plan(options.jobs, _within(options), options.force, quiet)
    done = imports.run(requests, data, plan)
    if options.format == "json" or len(requests) == 1:
        sys.stdout.write(account.FORMATS[options.format](done.accounts))
    if options.format == "text":
        print(
            f"导入 {len(done.accounts)} 份，已有而没有改动 {len(done.skipped)} 份，失败 {len(done.failed)} 份，在 {data / 'departments'}"
        )
    return FAILED if done.failed else BUILT


def _export(options) -> int:
    what = publishing.order(options)
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    asked.keep_apart(options.data, options.outputs)
    with ExitStack() as scratch:
        chosen, unread = asked.chosen(options, scratch)
        outputs = asked.real(options.outputs, "--outputs")
        folders.keep_apart(outputs, chosen)
        done = publishing.write(options, what, chosen, outputs, _within(options))
    if done.failed or unread:
        return FAILED
    return FOUND if done.unready else BUILT


def _new(options) -> int:
    from helpers.sample import blank, paper

    data, department, year = asked.here(options.data), options.department, options.year
    again = command_line.naming(data, department, year)
    if options.xlsx:
        place = paper.create(data, department, year, options.since, options.xlsx)
        print(f"已写 {place}，填好后运行 juesuan import {shlex.quote(str(place))} {again}")
        return BUILT
    place = blank.create(data, department, year, options.since)
    print(
        f"已建 {place}，请填 figures.csv 和 profile.yaml（还要填什么：juesuan todo {again}），再运行 juesuan run {again}"
    )
    return BUILT


def _todo(options) -> int:
    from helpers.intake.todo import todo

    failed = False
    with ExitStack() as scratch:
        chosen, unread = asked.chosen(options, scratch)
        for folder in chosen:
            try:
                lines = todo(folder).lines
            except Refusal as error:
                terminal.warn(traced(str(error), error))
                failed = True
                continue
            said = f"还要填 {len(lines)} 处" if lines else "没有要填的"
            print(visible("\n  ".join((f"{folder.department} {folder.year}：{said}", *lines))))
    return FAILED if failed or unread else BUILT


def _sample(options) -> int:
    from helpers.sample import sample

    data = asked.here(options.data)
    if data == paths.DATA:
        raise RequestError(f"{data} 里是真实的部门，虚构的不能放在一起，换一个 --data")
    made = sample.create(
        data,
        options.departments,
        sample.years_of(options.years),
        options.seed,
        options.published,
        options.edition,
    )
    print(f"已造 {options.departments} 个虚构部门，共 {len(made)} 份，在 {data / 'departments'}")
    return BUILT
