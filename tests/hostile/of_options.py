"""Commands with hostile options."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from hostile.commands import CHECK, RUN, Command
from hostile.inputs import BIDI, ESC, YEAR


def options() -> Iterator[Command]:
    """Yield the commands with odd options."""
    for name, data in {
        "empty": "",
        "dev-null": "/dev/null",
        "long": "a" * 5000,
        "unseen": f"a{ESC}{BIDI}",
        "newline": "a\nb",
        "scheme": "://",
        "zip": "zip://nothing.zip",
        "no-scheme": "nonsense://x",
        "memory": "memory://nothing",
        "a-pipe": "{here}/pipe",
        "not-there": "{here}/nothing",
        "dots": "../../../../..",
        "itself": "{here}/itself",
    }.items():
        for verb in ("run", "check", "list"):
            more = ("--outputs", "{outputs}") if verb == "run" else ()
            address = ":/" in data
            yield Command(
                f"{verb}-data-{name}",
                (verb, "--data", data, *more),
                (0, 2, 3) if address else (2,),
                prepare=_odd_places,
            )
    for name, outputs in {
        "is-the-data": "{data}",
        "in-the-data": "{data}/reports",
        "is-the-departments": "{data}/departments",
        "is-a-department": "{data}/departments/good",
        "is-a-year": f"{{data}}/departments/good/{YEAR}",
        "holds-the-data": "{data}/..",
        "links-to-the-data": "{here}/to-data",
        "is-the-data-by-a-detour": "{data}/departments/..",
    }.items():
        yield Command(
            f"outputs-{name}",
            ("run", "--data", "{data}", "--outputs", outputs),
            (2,),
            "--outputs",
            prepare=_link_to_data,
            own=True,
        )
    for name, outputs in {
        "dev-null": "/dev/null",
        "empty": "",
        "a-pipe": "{here}/pipe",
        "proc": "/proc/nothing",
        "long": "a" * 5000,
        "itself": "{here}/itself",
        "in-a-file": "/etc/passwd/x",
        "scheme": "nonsense://x",
        "unseen-in-a-file": f"/etc/passwd/{ESC}{BIDI}",
    }.items():
        yield Command(
            f"outputs-{name}",
            ("run", "--data", "{data}", "--outputs", outputs, "-y", str(YEAR)),
            (2, 3),
            "",
            prepare=_odd_places,
        )
    for name, words in {
        "jobs-0": ("--jobs", "0"),
        "jobs-minus": ("--jobs", "-1"),
        "jobs-word": ("--jobs", "two"),
        "jobs-superscript": ("--jobs", "²"),
        "jobs-5000-digits": ("--jobs", "9" * 5000),
        "year-huge": ("-y", "9" * 30),
        "year-5000-digits": ("-y", "9" * 5000),
        "year-minus": ("-y", "-1"),
        "year-unseen": ("-y", ESC),
        "department-empty": ("-d", ""),
        "department-unseen": ("-d", f"{ESC}{BIDI}"),
        "department-long": ("-d", "a" * 100_000),
        "department-path": ("-d", "../good"),
        "department-bytes": ("-d", "\udcff\udc80"),
        "department-newline": ("-d", "good\n"),
        "option-unseen": (f"--{ESC}",),
        "fail-on-unseen": ("--fail-on", BIDI),
        "word-too-many": ("good",),
    }.items():
        for verb, usual in (("run", RUN[:5]), ("check", CHECK[:3])):
            yield Command(f"{verb}-{name}", (*usual, *words), (2,))
    for name, words in {
        "timeout-0": ("--timeout", "0"),
        "timeout-word": ("--timeout", "1s"),
        "memory-minus": ("--memory", "-1"),
        "format-of-run": ("--format", "xml"),
        "dask-nowhere": ("--dask", "nonsense"),
        "dask-scheme": ("--dask", "x://y"),
    }.items():
        yield Command(f"run-{name}", (*RUN, *words), (2, 3))
    yield Command("check-format-unknown", (*CHECK, "--format", "xml"), (2,))
    yield Command("no-verb", (), (2,))
    yield Command("verb-unseen", (f"{ESC}{BIDI}",), (2,))
    yield Command("verb-bytes", ("\udcff",), (2,))
    yield Command("dask-closed-port", (*RUN, "--dask", "tcp://127.0.0.1:1"), (2, 3))
    for name, words in {
        "jobs-1000": ("--jobs", "1000"),
        "jobs-huge": ("--jobs", "9" * 30),
        "timeout-huge": ("--timeout", "9" * 30),
        "timeout-large": ("--timeout", "9" * 10),
        "memory-huge": ("--memory", "9" * 30),
        "memory-large": ("--memory", "9" * 9),
    }.items():
        yield Command(f"run-{name}", (*RUN, *words), (0, 2), same=name == "jobs-1000")
    yield Command("run-memory-1", (*RUN, "--memory", "1"), (3,), f"good/{YEAR}")
    yield Command("run-memory-100", (*RUN, "--memory", "100"), (0, 3))
    yield Command("run-timeout-1", (*RUN, "--timeout", "1"), (0, 3))
    yield Command("check-jobs-1000", (*CHECK, "--jobs", "1000"))
    yield Command("check-jobs-huge", (*CHECK, "--jobs", "9" * 30), (0, 2))
    for verb in ("new", "sample"):
        for name, data in {
            "empty": "",
            "dev-null": "/dev/null/x",
            "unseen": f"/dev/null/{ESC}",
            "proc": "/proc/x",
        }.items():
            words = (
                ("new", "office", "2024")
                if verb == "new"
                else ("sample", "--departments", "1", "--years", "2023")
            )
            yield Command(f"{verb}-data-{name}", (*words, "--data", data), (2, 3))
    for name, words in {
        "new-unseen": ("new", ESC, "2024"),
        "new-path": ("new", "../x", "2024"),
        "new-bytes": ("new", "\udcff", "2024"),
        "new-year-huge": ("new", "x", "9" * 5000),
        "sample-years-huge": ("sample", "--departments", "1", "--years", "1-9999"),
        "sample-many": ("sample", "--departments", "9" * 30, "--years", "2023"),
        "sample-years-unseen": ("sample", "--departments", "1", "--years", ESC),
    }.items():
        yield Command(name, (*words, "--data", "{here}/made"), (2,))


def _odd_places(here: Path) -> None:
    os.mkfifo(here / "pipe")
    (here / "itself").symlink_to("itself")
    (here / "departments" / "here" / str(YEAR)).mkdir(parents=True)


def _link_to_data(here: Path) -> None:
    (here / "to-data").symlink_to(here.parent / "data")
