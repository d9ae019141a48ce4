"""Hostile inputs as data, and the one batch and the one check that have to stand them.

An input is a department whose year was good and is then spoilt: by a broken figure, a published text made to be slow,
a workbook that swells, a file that is no file. What is promised of every one of them is in `broken_by`:
the command ends by itself with a status of its own, says so in plain words, names the file that it refuses, changes no
input, and builds the good neighbours as if nothing were there. A second group, `COMMANDS`, are whole commands with odd
options, surroundings or outputs. `make faults` runs all of them, tests/batch/test_hostile.py the quick ones.

    python tests/hostile.py            all of them
    python tests/hostile.py NAME …     these alone, and what came of them
"""

from __future__ import annotations

import argparse
import csv
import hashlib
import io
import json
import os
import random
import re
import resource
import shutil
import signal
import socket
import stat
import struct
import subprocess
import sys
import tempfile
import time
import unicodedata
import zipfile
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

from helpers.batch import engine
from helpers.sample import sample

YEAR, LAST = 2023, 2022
FIGURES, PROFILE, CORRECTIONS = "figures.csv", "profile.yaml", "corrections.yaml"
TEXT, BOOK, OLD_BOOK = "published/narrative.txt", "published/tables.xlsx", "published/tables.xls"
FINE, REFUSED, EITHER = "fine", "refused", "either"
SECONDS, MEGABYTES = 60, 2048  # what one input may take
MOST = 6_000_000_000  # bytes of address space that no command here may exceed, so that the machine is safe
GOOD = ("a-good", "n-good", "zz-good")  # neighbours: the first, one in the middle, the last
ESC, BIDI, BELL, EMOJI = "\x1b[31m", "\u202e", "\x07", "\U0001f47b"
STOPPED = (
    "超过",
    "用完了",
    "进程",
    "起不了",
)  # how the ends begin that a report came to without saying anything itself

Spoil = Callable[[Path], None]


@dataclass(frozen=True)
class Input:
    """A department that is spoilt: its name, what is done to its year, what is expected, which file a refusal names."""

    name: str
    spoil: Spoil
    expected: str = EITHER
    file: str = ""
    year: int = YEAR
    not_as_root: bool = False


# How a file is spoilt


def put(file: str, content) -> Spoil:
    """Put this content, or what this function makes, in place of a file."""

    def spoil(place: Path) -> None:
        made = content() if callable(content) else content
        target = _cleared(place / file)
        target.write_bytes(made.encode("utf-8", "surrogatepass") if isinstance(made, str) else made)

    return spoil


def swap(file: str, old: str, new: str) -> Spoil:
    """Replace what stands once or more in the good file, a regular expression, the first time."""

    def spoil(place: Path) -> None:
        text = (place / file).read_text(encoding="utf-8")
        changed, times = re.subn(old, lambda _: new, text, count=1, flags=re.M)
        if not times:
            raise AssertionError(f"{old} is not in {file}")
        (place / file).write_bytes(changed.encode("utf-8", "surrogatepass"))

    return spoil


def added(file: str, content) -> Spoil:
    """Write something after the end of the good file."""

    def spoil(place: Path) -> None:
        made = content() if callable(content) else content
        with (place / file).open("ab") as end:
            end.write(made.encode("utf-8", "surrogatepass") if isinstance(made, str) else made)

    return spoil


def recoded(file: str, coding: str, start: bytes = b"") -> Spoil:
    """Write the good file in another coding."""
    return lambda place: _rewrite(place / file, lambda text: start + text.encode(coding))


def _rewrite(file: Path, change) -> None:
    file.write_bytes(change(file.read_bytes().decode("utf-8")))


def _cleared(target: Path) -> Path:
    """Return a path at which nothing stands any more."""
    if target.is_dir() and not target.is_symlink():
        shutil.rmtree(target)
    else:
        target.unlink(missing_ok=True)
    target.parent.mkdir(exist_ok=True)
    return target


def gone(file: str) -> Spoil:
    """Take the file away."""
    return lambda place: _cleared(place / file) and None


def folder(file: str) -> Spoil:
    """Put a folder in place of a file."""
    return lambda place: _cleared(place / file).mkdir()


def pipe(file: str) -> Spoil:
    """Put a named pipe in place of a file: whoever opens it waits."""
    return lambda place: os.mkfifo(_cleared(place / file))


def link(file: str, target: str) -> Spoil:
    """Put a symbolic link in place of a file."""
    return lambda place: _cleared(place / file).symlink_to(target)


def plug(file: str) -> Spoil:
    """Put a socket in place of a file."""

    def spoil(place: Path) -> None:
        target, here = _cleared(place / file), os.open(".", os.O_RDONLY)
        try:
            os.chdir(target.parent)  # the path of a socket may have only 107 bytes
            with socket.socket(socket.AF_UNIX) as made:
                made.bind(target.name)
        finally:
            os.fchdir(here)
            os.close(here)

    return spoil


def sparse(file: str, size: int = 30 << 30) -> Spoil:
    """Put a file in place that is huge and takes no room."""

    def spoil(place: Path) -> None:
        with _cleared(place / file).open("wb") as empty:
            empty.truncate(size)

    return spoil


def locked(file: str) -> Spoil:
    """Let nobody read a file."""
    return lambda place: (place / file).chmod(0)


NO_FILES = {
    "is-a-folder": folder,
    "is-a-pipe": pipe,
    "is-a-socket": plug,
    "is-sparse": sparse,
    "is-its-own-link": lambda file: link(file, Path(file).name),
    "is-a-dangling-link": lambda file: link(file, "nowhere"),
    "is-dev-zero": lambda file: link(file, "/dev/zero"),
    "is-dev-urandom": lambda file: link(file, "/dev/urandom"),
    "is-dev-full": lambda file: link(file, "/dev/full"),
    "is-dev-stdin": lambda file: link(file, "/dev/stdin"),
    "is-passwd": lambda file: link(file, "/etc/passwd"),
    "is-a-memory": lambda file: link(file, "/proc/self/mem"),
    "is-gone": gone,
}


def no_files(kind: str, file: str, which, fine=()) -> Iterator[Input]:
    """Yield the inputs in which something stands for a file that is none."""
    for name in which:
        yield Input(
            f"{kind}-{name}", NO_FILES[name](file), EITHER if name in fine else REFUSED, file
        )
    yield Input(f"{kind}-is-locked", locked(file), REFUSED, file, not_as_root=True)


# figures.csv

COLUMNS = (
    "item",
    "category",
    "fund",
    "function",
    "nature",
    "economic",
    "project",
    "basis",
    "amount",
    "unit",
    "note",
)
HEADER = ",".join(COLUMNS) + "\n"


def written(*fields: str) -> str:
    """Return one line of a CSV."""
    line = io.StringIO()
    csv.writer(line, lineterminator="\n").writerow(fields)
    return line.getvalue()


def row(**fields: str) -> str:
    """Return a line of figures.csv: a project's money, but for the given fields."""
    usual = {
        "item": "绩效项目",
        "category": "常年",
        "project": "防灾（虚构）",
        "amount": "1.00",
        "unit": "元",
    }
    return written(*({**usual, **fields}.get(column, "") for column in COLUMNS))


def first(column: str, value: str) -> Spoil:
    """Write something else in one column of the first figure."""

    def change(text: str) -> bytes:
        lines = text.splitlines(keepends=True)
        fields = next(csv.reader([lines[1]]))
        fields[COLUMNS.index(column)] = value
        return "".join([lines[0], written(*fields), *lines[2:]]).encode("utf-8", "surrogatepass")

    return lambda place: _rewrite(place / FIGURES, change)


AMOUNTS = {
    "1e400": "1e400",
    "1e-400": "1e-400",
    "1e999999999": "1e999999999",
    "ten-to-the-30": "1" + "0" * 30,
    "4000-digits": "9" * 4000,
    "4000-decimals": "1." + "3" * 4000,
    "100000-digits": "7" * 100_000,
    "nan": "NaN",
    "snan": "sNaN123",
    "infinite": "inf",
    "minus-infinite": "-Infinity",
    "full-width": "１２３．４５",
    "arabic": "١٢٣",
    "thousands": "3,598,041.39",
    "underscores": "1_000",
    "hexadecimal": "0x10",
    "minus-minus": "--1",
    "a-point": ".",
    "negative": "-5.00",
    "formula": "=1+1",
    "words": "一百",
    "superscript": "1²",
    "blank": "",
    "ideographic-space": "\u30001\u3000",
    "bidi": f"1{BIDI}2",
    "minus-sign": "−1",
    "plus": "+1",
    "minus-zero": "-0",
}
HUGE = {
    "ten-to-the-30",
    "4000-digits",
    "4000-decimals",
    "100000-digits",
    "ideographic-space",
    "minus-zero",
    "plus",
    "full-width",
    "1e400",
    "1e-400",
    "1e999999999",
}
CODES = {
    "3000-digits": "2" * 3000,
    "full-width": "２０１０３０１",
    "unknown": "9999999",
    "letters": "abc",
    "formula": "@SUM(A1)",
    "two-digits": "20",
    "newline": "2010301\n",
    "of-no-name": "2019999",
}
SAID = {
    "formula": "=1+1",
    "command": "@SUM(1,2)",
    "link-formula": '=HYPERLINK("http://x.invalid","a")',
    "markup": "<script>alert(1)</script>",
    "image": '<img src=x onerror="alert(1)">',
    "path": "../../etc/passwd",
    "template": "{{7*7}} {% x %} ${7}",
    "emoji": EMOJI * 20,
    "quotes": "'\"`\\",
    "100000-characters": "长" * 100_000,
    "zero-width": "\u200b\u200d\ufeff名",
    "combining": "a" + "\u0301" * 5000,
    "line-separator": "甲\u2028乙",
    "next-line": "甲\u0085乙",
    "slash": "甲/乙[丙, 丁]@上年",
    "notebook": "```\n%%bash\ntouch x\n```",
}
UNSEEN = {
    "escape": ESC,
    "bidi": f"甲{BIDI}乙",
    "bell": BELL,
    "isolate": "甲\u2066乙\u2069",
    "c1": "甲\x9b31m乙",
    "null": "甲\x00乙",
    "delete": "\x7f",
}


def figures() -> Iterator[Input]:
    """Yield the inputs with a hostile figures.csv."""
    whole = {
        "empty": b"",
        "only-bom": b"\xef\xbb\xbf",
        "only-spaces": b" " * 1000,
        "only-newlines": b"\n" * 1000,
        "only-header": HEADER,
        "random": lambda: random.Random(1).randbytes(500_000),
        "a-picture": b"\x89PNG\r\n\x1a\n" + bytes(1000),
        "null-bytes": bytes(1_000_000),
        "a-workbook": lambda: book(),
        "broken-utf8": HEADER.encode() + b"\xe6\x94",
        "surrogates": HEADER + "\ud800" * 10,
        "overlong": HEADER.encode() + b"\xc0\x80",
        "unclosed-quote": HEADER + '"支出,,,\n' + row(),
        "one-quote": '"',
        "a-field-of-10-mb": lambda: HEADER + row(project="长" * 3_300_000),
        "a-bare-field-of-10-mb": lambda: HEADER + "a" * 10_000_000,
        "a-header-of-10-mb": lambda: "a" * 10_000_000,
        "19-mb-of-newlines": lambda: HEADER + "\n" * 19_000_000,
        "19-mb-of-returns": lambda: HEADER + "\r" * 19_000_000,
        "19-mb-of-commas": lambda: HEADER + "," * 19_000_000,
        "19-mb-of-blank-rows": lambda: HEADER + (",,,,,,,,,,\n" * 1_700_000),
        "19-mb-of-spaces": lambda: HEADER + " " * 19_000_000,
        "19-mb-of-quotes": lambda: HEADER + '"' * 19_000_000,
        "19-mb-of-short-rows": lambda: HEADER + "a\n" * 9_500_000,
        "21-mb": lambda: HEADER + row() + "\n" * 21_000_000,
        "2000-columns": ",".join(f"c{n}" for n in range(2000)) + "\n",
        "header-twice-in-a-line": HEADER.strip() + ",item\n",
        "no-header": row(),
        "header-of-100000": lambda: ",".join(COLUMNS * 9000) + "\n",
        "only-semicolons": HEADER.replace(",", ";") + row().replace(",", ";"),
        "tabs": HEADER.replace(",", "\t") + row().replace(",", "\t"),
        "header-unseen": HEADER.replace("item", f"item{BIDI}{ESC}"),
        "header-null": HEADER.replace("item", "item\x00"),
        "same-row-300000-times": lambda: HEADER + row() * 300_000,
        "no-amount-300000-times": lambda: HEADER + row(amount="") * 300_000,
        "one-row-too-short": HEADER + row() + "支出\n",
        "one-row-too-long": HEADER + row().strip() + "," * 5000 + "\n",
        "last-line-unseen": HEADER + row(item=ESC),
        "markup-in-header": HEADER.replace("item", "<script>"),
    }
    for name, content in whole.items():
        yield Input(f"figures-{name}", put(FIGURES, content), REFUSED, FIGURES)
    yield Input(
        "figures-300000-rows",
        put(FIGURES, lambda: HEADER + "".join(row(project=f"项{n}") for n in range(300_000))),
        EITHER,
        FIGURES,
    )
    yield Input(
        "figures-5000-projects",
        added(FIGURES, lambda: "".join(row(project=f"项{n}") for n in range(5000))),
        EITHER,
        FIGURES,
    )
    yield Input(
        "figures-20000-projects",
        added(
            FIGURES,
            lambda: "".join(
                row(
                    item="支出",
                    category="",
                    fund="一般公共预算",
                    function="2010302",
                    nature="项目支出",
                    project=f"项{n}",
                )
                for n in range(20_000)
            ),
        ),
        EITHER,
        FIGURES,
    )
    yield Input(
        "figures-every-code",
        added(
            FIGURES,
            lambda: "".join(
                row(
                    item="支出",
                    category="",
                    fund="一般公共预算",
                    function=f"201{n:04d}",
                    nature="项目支出",
                    project="",
                )
                for n in range(10_000)
            ),
        ),
        EITHER,
        FIGURES,
    )
    for coding, start in (
        ("gbk", b""),
        ("utf-16-le", b"\xff\xfe"),
        ("utf-16-be", b""),
        ("utf-32", b""),
    ):
        yield Input(f"figures-in-{coding}", recoded(FIGURES, coding, start), REFUSED, FIGURES)
    for name, amount in AMOUNTS.items():
        yield Input(
            f"amount-{name}", first("amount", amount), EITHER if name in HUGE else REFUSED, FIGURES
        )
    for name, code in CODES.items():
        yield Input(
            f"code-{name}",
            first("function", code),
            EITHER if name in ("newline", "of-no-name") else REFUSED,
            FIGURES,
        )
    for name, said in SAID.items():
        yield Input(f"project-{name}", added(FIGURES, row(project=said)), EITHER, FIGURES)
    for name, said in UNSEEN.items():
        yield Input(f"unseen-{name}-in-item", first("item", said), REFUSED, FIGURES)
        yield Input(f"unseen-{name}-in-project", added(FIGURES, row(project=said)), EITHER, FIGURES)
        yield Input(f"unseen-{name}-in-note", first("note", said), EITHER, FIGURES)
    for column in ("category", "fund", "nature", "economic", "basis", "unit"):
        yield Input(f"column-{column}-of-100000", first(column, "长" * 100_000), REFUSED, FIGURES)
    yield Input(
        "figures-mixed-line-ends",
        lambda place: _rewrite(place / FIGURES, lambda t: t.replace("\n", "\r\n", 9).encode()),
        FINE,
        FIGURES,
    )
    yield Input(
        "figures-carriage-returns",
        lambda place: _rewrite(place / FIGURES, lambda t: t.replace("\n", "\r").encode()),
        EITHER,
        FIGURES,
    )
    yield Input("figures-bom", recoded(FIGURES, "utf-8-sig"), FINE, FIGURES)
    yield Input("figures-bom-in-the-middle", added(FIGURES, "\ufeff" + row()), EITHER, FIGURES)
    yield Input("figures-nulls-at-the-end", added(FIGURES, bytes(5000)), REFUSED, FIGURES)
    yield Input(
        "figures-garbage-at-the-end",
        added(FIGURES, lambda: random.Random(2).randbytes(5000)),
        REFUSED,
        FIGURES,
    )
    yield Input(
        "figures-negative-carried-over",
        added(FIGURES, row(item="结转结余", category="结余分配", project="", amount="-1")),
        EITHER,
        FIGURES,
    )
    yield from no_files("figures", FIGURES, NO_FILES)


# profile.yaml


def key(name: str, value: str) -> Spoil:
    """Write something else behind one key of the good profile."""
    return swap(PROFILE, rf"^{name}:(.*\n( .*\n|- .*\n)*)", f"{name}: {value}\n")


def spelled(text: str) -> str:
    """Return a text as YAML writes it between quotes: what cannot be printed by its number."""
    return (
        '"'
        + "".join(
            f"\\u{ord(c):04x}" if not c.isprintable() else f"\\{c}" if c in '"\\' else c
            for c in text
        )
        + '"'
    )


def laughs(levels: int) -> str:
    """Return a profile in which every line stands for ten of the line before."""
    return "a0: &a0 [ha]\n" + "".join(
        f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]\n" for n in range(1, levels)
    )


def profile() -> Iterator[Input]:
    """Yield the inputs with a hostile profile.yaml."""
    whole = {
        "empty": b"",
        "only-comment": "# nothing\n",
        "a-list": "- a\n- b\n",
        "a-word": "word",
        "billion-laughs": laughs(10),
        "an-anchor": "department: &a x\nregion: *a\n",
        "merge-keys": "a: &a {b: c}\nd:\n  <<: *a\n",
        "nested-1000": "a: " + "[" * 1000 + "]" * 1000,
        "nested-100000": "[" * 100_000,
        "nested-900000": lambda: "[" * 900_000,
        "braces-900000": lambda: "{" * 900_000,
        "nested-blocks": "".join(" " * n + "a:\n" for n in range(900)),
        "a-dash-line": "- " * 900_000,
        "a-list-of-400000": lambda: "units:\n" + "- a\n" * 400_000,
        "a-flow-list-of-400000": lambda: "units: [" + "a, " * 400_000 + "a]",
        "a-scalar-of-2-mb": lambda: "a" * 1_900_000,
        "a-key-of-2-mb": lambda: "a" * 1_900_000 + ": b\n",
        "400000-keys": lambda: "".join(f"k{n}: a\n" for n in range(150_000)),
        "question-keys": "? [a, b]\n: c\n",
        "two-documents": "---\na: b\n---\nc: d\n",
        "3-mb": lambda: "#" * 3_000_000,
        "null-bytes": bytes(1000),
        "unseen": f"department: {ESC}\n",
        "random": lambda: random.Random(3).randbytes(100_000),
        "tag-python": "department: !!python/object/apply:os.system ['touch owned']\n",
        "tag-binary": "department: !!binary aGVsbG8=\n",
        "directive": "%YAML 9.9\n---\na: b\n",
        "percent": "%" * 100_000,
        "colons": ": " * 100_000,
        "tabs": "a:\n\tb: c\n",
        "quote-open": 'department: "' + "a" * 100_000,
        "pipes": "a: |\n" * 10,
        "exclamations": "!" * 100_000,
        "ampersands": "&" * 10_000,
    }
    for name, content in whole.items():
        yield Input(f"profile-{name}", put(PROFILE, content), REFUSED, PROFILE)
    for coding, start in (("gbk", b""), ("utf-16-le", b"\xff\xfe")):
        yield Input(
            f"profile-in-{coding}",
            recoded(PROFILE, coding, start),
            EITHER if coding.startswith("utf") else REFUSED,
            PROFILE,
        )
    for name, year in {
        "0000": "0000",
        "99999": "99999",
        "minus": "-1",
        "chinese": "二〇二三",
        "float": "2023.0",
        "full-width": "２０２３",
        "a-list": "[2023]",
        "a-mapping": "{a: b}",
        "nothing": "",
        "3000-digits": "2" * 3000,
        "unseen": spelled(f"2023{BIDI}"),
    }.items():
        yield Input(f"year-{name}", key("year", year), REFUSED, PROFILE)
    for name, edition in {
        "5000-letters": "a" * 5000,
        "parent": "../..",
        "here": ".",
        "dots": "..",
        "nothing": "''",
        "null": '"a\\0b"',
        "slash": "sichuan-2022/../sichuan-2022",
        "absolute": "/etc",
        "unseen": spelled(ESC),
        "surrogate": '"\\ud800"',
        "unknown": "sichuan-9999",
        "a-list": "[a]",
        "backslash": "'..\\..'",
    }.items():
        yield Input(f"edition-{name}", key("edition", edition), REFUSED, PROFILE)
    names = {
        "formula": "=1+1",
        "10000-letters": "长" * 10_000,
        "escape": f"局{ESC}",
        "bidi": f"局{BIDI}长",
        "bell": f"局{BELL}",
        "emoji": EMOJI * 3,
        "newline": "局\n局",
        "markup": "<script>alert(1)</script>",
        "closing-tag": "</title></style></script><b>",
        "spaces": "   ",
        "zero-width": "\u200b",
        "path": "../../局",
        "braces": "{年}{{",
        "null": "局\x00",
        "one-letter": "局",
        "brackets": "局[",
        "backslashes": "\\1\\g<0>\\",
        "pattern": "(a+)+$",
        "isolate": "\u2066局",
        "line-separator": "局\u2028局",
    }
    for name, said in names.items():
        yield Input(f"department-{name}", key("department", spelled(said)), EITHER, PROFILE)
        yield Input(f"short-name-{name}", key("short_name", spelled(said)), EITHER, PROFILE)
    for name, said in {
        "surrogate": '"\\ud800"',
        "surrogates": '"\\udbff\\udfff"',
        "a-list": "[局]",
        "a-mapping": "{局: 局}",
        "tag": "!!int 局",
        "null-tag": "!!null",
    }.items():
        yield Input(f"department-{name}", key("department", said), EITHER, PROFILE)
    for name in (
        "region",
        "kind",
        "duties",
        "organisation",
        "units",
        "staff",
        "reasons",
        "three_public_details",
        "assets_use",
        "performance",
        "glossary",
        "style",
    ):
        for kind, value in {
            "number": "1",
            "list": "[[a], {b: c}]",
            "mapping": "{a: {b: {c: d}}}",
            "unseen": spelled(f"{ESC}{BIDI}\x00"),
        }.items():
            yield Input(
                f"wrong-{kind}-for-{name.replace('_', '-')}", key(name, value), EITHER, PROFILE
            )
    slots = {
        "open": "{{{",
        "half": "{收支总计/",
        "unknown": "{没有的}",
        "empty": "{}",
        "10000": "{总计}" * 10_000,
        "100000-braces": "{{" * 100_000 + "}}" * 100_000,
        "nested": "{" * 1000 + "总计" + "}" * 1000,
        "cell": "{01[收入总计, 没有栏]}",
        "cell-of-nothing": "{99[, ]}",
        "cell-deep": "{01[" + "[" * 1000,
        "words-inside": "{文字 原因/收支总计}",
        "attribute": "{总计.__class__}",
        "format": "{0!r:>1000000000}",
        "division-by-zero": "{占 总计/国有资本经营收入}",
        "unseen": f"{{{ESC}{BIDI}}}",
        "2-mb": None,
    }
    for name, said in slots.items():
        value = (
            (lambda place: key("duties", spelled("长" * 600_000))(place))
            if said is None
            else key("duties", spelled(said))
        )
        yield Input(f"slot-{name}", value, EITHER, PROFILE)
    yield Input(
        "glossary-of-100000", key("glossary", "\n" + "- 甲：乙\n" * 100_000), EITHER, PROFILE
    )
    yield Input(
        "glossary-of-a-long-line", key("glossary", lambda_text("长", 600_000)), EITHER, PROFILE
    )
    yield Input("units-of-20000", key("units", "\n" + "- 甲站\n" * 20_000), EITHER, PROFILE)
    yield Input(
        "reasons-of-10000",
        key("reasons", "\n" + "".join(f"  k{n}: a\n" for n in range(10_000))),
        EITHER,
        PROFILE,
    )
    yield Input("style-of-9", key("style", "{percent_decimals: 9}"), REFUSED, PROFILE)
    yield Input("profile-key-twice", added(PROFILE, "year: 2023\n"), REFUSED, PROFILE)
    yield Input("profile-key-in-both-languages", added(PROFILE, "年度: 2023\n"), REFUSED, PROFILE)
    yield Input(
        "profile-unknown-key", added(PROFILE, spelled(f"{ESC}{BIDI}") + ": a\n"), REFUSED, PROFILE
    )
    yield Input(
        "profile-key-of-100000", added(PROFILE, "? " + "a" * 100_000 + "\n: a\n"), REFUSED, PROFILE
    )
    yield from no_files("profile", PROFILE, NO_FILES)


def lambda_text(character: str, times: int) -> str:
    """Return a flow list with one long text."""
    return f"[{spelled(character * times)}]"


# corrections.yaml

ENTRY = "- match: {rule: 校-网址, contains: '%s'}\n  reason: 甲\n  decision: 乙\n  decided_by: 丙\n"


def corrections() -> Iterator[Input]:
    """Yield the inputs with a hostile corrections.yaml."""
    whole = {
        "a-word": "word",
        "a-mapping": "a: b\n",
        "a-list-of-words": "- a\n- b\n",
        "a-list-of-lists": "- [a]\n",
        "an-empty-match": ENTRY.replace("{rule: 校-网址, contains: '%s'}", "{}"),
        "blank-match": ENTRY.replace("校-网址", "''") % "",
        "a-match-that-is-a-list": ENTRY.replace("{rule: 校-网址, contains: '%s'}", "[a]"),
        "empty": b"",
        "null-bytes": bytes(100),
        "gbk": (ENTRY % "甲").encode("gbk"),
        "laughs": laughs(10),
        "nested": "[" * 100_000,
        "unseen-key": f"- {spelled(ESC + BIDI)}: a\n",
        "no-reason": "- match: {rule: a}\n",
        "3-mb": lambda: "#" * 3_000_000,
        "random": lambda: random.Random(4).randbytes(10_000),
        "key-twice": ENTRY % "甲" + "  reason: 丁\n",
    }
    for name, content in whole.items():
        yield Input(f"corrections-{name}", put(CORRECTIONS, content), REFUSED, CORRECTIONS)
    fine = {
        "10000": lambda: "".join(ENTRY % n for n in range(10_000)),
        "unseen": ENTRY.replace("'%s'", spelled(ESC + BIDI)),
        "markup": ENTRY % "<script>",
        "100000-letters": ENTRY % ("长" * 100_000),
        "place": ENTRY.replace("rule: 校-网址", spelled("place") + ": '=1+1'") % "甲",
    }
    for name, content in fine.items():
        yield Input(f"corrections-{name}", put(CORRECTIONS, content), EITHER, CORRECTIONS)
    yield from no_files("corrections", CORRECTIONS, [n for n in NO_FILES if n != "is-gone"])


# published/narrative.txt

_NAME = "示例甲县人民政府办公室（虚构）"
RUNS = {
    "commas": "，",
    "listing": "、",
    "digits": "7",
    "wide-brackets": "（",
    "brackets": "(",
    "pictures": "[image",
    "stops": "。",
    "shares": "占",
    "one-letter": "人",
    "spaces": " ",
    "newlines": "\n",
    "wide-spaces": "\u3000",
    "nulls": "\x00",
    "numbers": "1,234,567.89万元",
    "percents": "占5%，",
    "bracket-pairs": "（）",
    "quotes": "“",
    "numbered": "一、",
    "years": "2023年度",
    "names": _NAME,
    "half-names": "示例甲县人民政府",
    "same-words": "支出支出",
    "web": "http://www.",
    "colons": "：",
    "points": "1.",
    "ligatures": "\ufdfa",
    "emoji": EMOJI,
    "combining": "a\u0301",
    "increase": "增加1万元，减少1万元，",
    "headings": "一、收入支出决算总体情况说明\n",
    "carriage-returns": "\r",
    "escape": ESC,
    "codes": "一般公共服务支出（类）",
    "tables": "\t",
    "sentence": "2023年度收、支总计均为2302.93万元。",
    "opened": "「（“",
    "dashes": "—",
    "equal-lines": "收入合计" * 10 + "\n",
}
SIZES = {"31k": 31_000, "125k": 125_000, "500k": 500_000, "2m": 1_900_000}


def narrative() -> Iterator[Input]:
    """Yield the inputs with a hostile narrative.txt: most are slow to whoever looks too far."""
    clause = "收入1万元，"
    for name, size in SIZES.items():
        yield Input(
            f"text-income-{name}",
            put(TEXT, lambda size=size: clause * (size // len(clause.encode()))),
            EITHER,
            TEXT,
        )
    for name, run in RUNS.items():
        for size in ("125k", "2m"):
            times = SIZES[size] // len(run.encode())
            yield Input(
                f"text-{name}-{size}",
                put(TEXT, lambda run=run, times=times: run * times),
                EITHER,
                TEXT,
            )
    for name, run in {
        "digits": "7",
        "commas": "，",
        "brackets": "（",
        "listing": "、收入",
        "pictures": "[image",
    }.items():
        yield Input(
            f"text-{name}-inside",
            swap(TEXT, "^二、", run * (300_000 // len(run.encode())) + "\n二、"),
            EITHER,
            TEXT,
        )
    more = {
        "one-line": lambda: "收入" * 310_000,
        "100000-lines": lambda: "收入\n" * 100_000,
        "lines-of-numbers": lambda: "".join(f"{n}\n" for n in range(200_000)),
        "lines-that-differ": lambda: "".join(f"收入{n}万元。\n" for n in range(60_000)),
        "no-section": "收入合计5万元。",
        "only-sections": "第一部分\n第二部分\n第三部分\n" * 5000,
        "one-character": "a",
        "unseen": f"2023年度{ESC}收入{BIDI}合计5万元{BELL}。\n\u2066",
        "random": lambda: random.Random(5).randbytes(100_000),
        "random-characters": lambda: "".join(
            map(chr, random.Random(6).choices(range(0x4E00, 0x9FA5), k=300_000))
        ),
        "random-numbers": lambda: "，".join(
            f"收入{random.Random(n).random()}万元" for n in range(20_000)
        ),
        "3-mb": lambda: "长" * 1_000_000,
        "markup": "<script>alert(1)</script><img src=x onerror=alert(1)>收入1万元。\n" * 50,
        "formulas": "=1+1\n@SUM(A1)\n+1\n-1\n" * 50,
        "empty": b"",
        "only-bom": b"\xef\xbb\xbf",
        "surrogates": "\ud800" * 100,
        "a-picture": b"\x89PNG\r\n\x1a\n" + bytes(1000),
        "a-number-of-a-million": lambda: "收入" + "9" * 1_000_000 + "万元。",
        "decimals": lambda: "收入" + "9.9" * 100_000 + "万元。",
        "percent-of-digits": lambda: "占" + "9" * 5000 + "%。",
        "a-number-of-5000": "收入合计" + "9" * 5000 + "万元。\n",
    }
    refused = {"random", "empty", "only-bom", "surrogates", "a-picture", "3-mb"}
    for name, content in more.items():
        yield Input(
            f"text-{name}", put(TEXT, content), REFUSED if name in refused else EITHER, TEXT
        )
    for coding, start in (("gbk", b""), ("utf-16-le", b"\xff\xfe"), ("utf-16-be", b"\xfe\xff")):
        yield Input(f"text-in-{coding}", recoded(TEXT, coding, start), REFUSED, TEXT)
    for times in (10, 50, 120):
        yield Input(
            f"text-{times}-times",
            lambda place, n=times: _rewrite(place / TEXT, lambda t: t.encode() * n),
            EITHER,
            TEXT,
        )
    yield Input(
        "text-without-stops",
        lambda place: _rewrite(
            place / TEXT, lambda t: t.replace("。", "").replace("\n", "").encode()
        ),
        EITHER,
        TEXT,
    )
    yield Input(
        "text-without-line-ends",
        lambda place: _rewrite(place / TEXT, lambda t: t.replace("\n", "").encode()),
        EITHER,
        TEXT,
    )
    yield Input(
        "text-backwards",
        lambda place: _rewrite(place / TEXT, lambda t: t[::-1].encode()),
        EITHER,
        TEXT,
    )
    yield Input(
        "text-lines-shuffled",
        lambda place: _rewrite(place / TEXT, lambda t: "\n".join(sorted(t.splitlines())).encode()),
        EITHER,
        TEXT,
    )
    yield Input(
        "text-unseen-between",
        lambda place: _rewrite(place / TEXT, lambda t: BIDI.join(t).encode()),
        EITHER,
        TEXT,
    )
    yield Input(
        "text-without-digits",
        lambda place: _rewrite(place / TEXT, lambda t: re.sub(r"\d", "", t).encode()),
        EITHER,
        TEXT,
    )
    yield from no_files("text", TEXT, [n for n in NO_FILES if n != "is-gone"], fine=("is-passwd",))


# published/tables.xlsx and tables.xls

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_RELATIONS = f"{_PACKAGE}/relationships"
_TYPE = "application/vnd.openxmlformats"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_TITLE = '<row r="1"><c r="A1" t="inlineStr"><is><t>收入支出决算总表</t></is></c></row>'
BOMB = (
    "<!DOCTYPE x [<!ENTITY a0 'ha'>"
    + "".join(f"<!ENTITY a{n} '{f'&a{n - 1};' * 10}'>" for n in range(1, 10))
    + "]>"
)
OUTSIDE = "<!DOCTYPE x [<!ENTITY a SYSTEM 'file:///etc/passwd'>]>"


def sheet(
    rows: str = _TITLE, dimension: str = "", before: str = "", after: str = "", doctype: str = ""
) -> str:
    """Return the XML of one sheet."""
    said = f'<dimension ref="{dimension}"/>' if dimension else ""
    return f'{_HEAD}{doctype}<worksheet xmlns="{_MAIN}">{said}{before}<sheetData>{rows}</sheetData>{after}</worksheet>'


def cell(place: str, value: str, kind: str = "") -> str:
    """Return the XML of one cell."""
    typed = f' t="{kind}"' if kind else ""
    return f'<c r="{place}"{typed}><v>{value}</v></c>'


def _override(part: str, kind: str) -> str:
    """Return the line of the list of parts that says what a part is."""
    return f'<Override PartName="/xl/{part}.xml" ContentType="{_TYPE}-officedocument.spreadsheetml.{kind}+xml"/>'


def _related(target: str, more: str = "") -> dict[str, str]:
    """Return the part that says where the first sheet is."""
    said = f'<Relationship Id="rId1" Type="{_OFFICE}/worksheet" Target="{target}"{more}/>'
    return {
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{_RELATIONS}">{said}</Relationships>'
    }


def book(
    sheets: dict[str, str] | None = None,
    strings: str = "",
    workbook: str = "",
    more: dict | None = None,
    doctype: str = "",
    state: str = "",
) -> bytes:
    """Return an xlsx file of the fewest parts; what is in `more` is put in as it is, or in its place."""
    sheets = {"01": sheet()} if sheets is None else sheets
    listed = "".join(
        f'<sheet name="{name}" sheetId="{n}" r:id="rId{n}"{state}/>'
        for n, name in enumerate(sheets, 1)
    )
    related = "".join(
        f'<Relationship Id="rId{n}" Type="{_OFFICE}/worksheet" Target="worksheets/sheet{n}.xml"/>'
        for n in range(1, len(sheets) + 1)
    )
    if strings:
        related += (
            f'<Relationship Id="rId{len(sheets) + 1}" Type="{_OFFICE}/sharedStrings" '
            'Target="sharedStrings.xml"/>'
        )
    overrides = "".join(
        _override(f"worksheets/sheet{n}", "worksheet") for n in range(1, len(sheets) + 1)
    )
    parts: dict = {
        "[Content_Types].xml": f'{_HEAD}<Types xmlns="{_PACKAGE}/content-types">'
        f'<Default Extension="rels" ContentType="{_TYPE}-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f"{_override('workbook', 'sheet.main')}{overrides}</Types>",
        "_rels/.rels": f'{_HEAD}<Relationships xmlns="{_RELATIONS}"><Relationship Id="rId1" '
        f'Type="{_OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": workbook
        or f'{_HEAD}{doctype}<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><sheets>{listed}</sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'{_HEAD}<Relationships xmlns="{_RELATIONS}">{related}</Relationships>',
        **{f"xl/worksheets/sheet{n}.xml": content for n, content in enumerate(sheets.values(), 1)},
        **({"xl/sharedStrings.xml": strings} if strings else {}),
        **(more or {}),
    }
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            with archive.open(name, "w", force_zip64=False) as part:
                for piece in [content] if isinstance(content, (str, bytes)) else content:
                    part.write(
                        piece.encode("utf-8", "surrogatepass") if isinstance(piece, str) else piece
                    )
    return made.getvalue()


def swollen(before: str, piece: str, times: int, after: str) -> Iterator[str]:
    """Yield the pieces of a part that is small only while it is packed."""
    many = piece * (1_000_000 // len(piece))
    yield before
    for _ in range(times * len(piece) // len(many)):
        yield many
    yield after


def flagged(raw: bytes) -> bytes:
    """Return a zip whose entries all say that they are encrypted."""
    changed = bytearray(raw)
    for mark, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        for found in re.finditer(re.escape(mark), raw):
            changed[found.start() + at] |= 1
    return bytes(changed)


def archive(names) -> bytes:
    """Return a zip of empty entries."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as packed:
        for name in names:
            packed.writestr(name, b"")
    return made.getvalue()


def sized(raw: bytes, size: int) -> bytes:
    """Return a zip whose directory says that every entry unpacks to so many bytes."""
    changed = bytearray(raw)
    for mark, at in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        for found in re.finditer(re.escape(mark), raw):
            changed[found.start() + at : found.start() + at + 4] = struct.pack("<I", size)
    return bytes(changed)


def ole(stream: bytes, name: str = "Workbook") -> bytes:
    """Return a compound file, as old office programs wrote them, with one stream."""
    stream += bytes(-len(stream) % 512)
    stream += bytes(max(0, 4096 - len(stream)))
    count = len(stream) // 512
    table = [0xFFFFFFFD, 0xFFFFFFFE, *range(3, count + 2), 0xFFFFFFFE]
    table += [0xFFFFFFFF] * (128 - len(table))

    def entry(called: str, kind: int, child: int, start: int, size: int) -> bytes:
        letters = called.encode("utf-16-le") + b"\0\0"
        return (
            letters.ljust(64, b"\0")
            + struct.pack("<HBBIII", len(letters), kind, 1, 0xFFFFFFFF, 0xFFFFFFFF, child)
            + bytes(36)
            + struct.pack("<IQ", start, size)
        )

    head = (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
        + bytes(16)
        + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6)
        + bytes(6)
        + struct.pack("<IIIIIIIII", 0, 1, 1, 0, 4096, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0)
        + struct.pack("<I", 0)
        + b"\xff" * 432
    )
    entries = (
        entry("Root Entry", 5, 1, 0xFFFFFFFE, 0)
        + entry(name, 2, 0xFFFFFFFF, 2, len(stream))
        + bytes(256)
    )
    return head + struct.pack("<128I", *table) + entries + stream


def record(kind: int, content: bytes = b"", length: int | None = None) -> bytes:
    """Return one record of an old workbook; `length` is what it says of itself."""
    return struct.pack("<HH", kind, len(content) if length is None else length) + content


def old_book(
    *records: bytes, name: str = "01", start: int | None = None, end: bool = True
) -> bytes:
    """Return an xls file with one sheet of these records."""
    opened = struct.pack("<HHHHII", 0x600, 5, 0, 0x7CC, 0, 6)
    said = bytes([len(name), 0]) + name.encode("latin-1")
    globals_ = record(0x809, opened)
    at = len(globals_) + 4 + 6 + len(said) + 4
    globals_ += record(0x85, struct.pack("<IH", at if start is None else start, 0) + said) + record(
        0x0A
    )
    body = (
        record(0x809, struct.pack("<HHHHII", 0x600, 0x10, 0, 0x7CC, 0, 6))
        + b"".join(records)
        + (record(0x0A) if end else b"")
    )
    return ole(globals_ + body)


def number(r: int, c: int, value: float = 1.0) -> bytes:
    """Return the record of a cell with a number."""
    return record(0x203, struct.pack("<HHHd", r, c, 0, value))


CORNER, FAR = _TITLE, '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
STRINGS = f'{_HEAD}<sst xmlns="{_MAIN}" count="1" uniqueCount="1"><si><t>'
ROW = '<row><c t="str"><v>1</v></c></row>'


def _sheets() -> dict[str, Callable[[], bytes]]:
    """Return workbooks of one sheet by their names."""
    made = {
        "two-corners": sheet(CORNER + FAR),
        "two-corners-and-dimension": sheet(CORNER + FAR, "A1:XFD1048576"),
        "dimension-alone": sheet(dimension="A1:XFD1048576"),
        "dimension-wrong": sheet(dimension="ZZZZZ99999999999:A0"),
        "dimension-empty": sheet(dimension=" "),
        "far-row": sheet(CORNER + '<row r="1048576">' + cell("A1048576", "1") + "</row>"),
        "far-column": sheet('<row r="1">' + cell("A1", "1") + cell("XFD1", "1") + "</row>"),
        "far-square": sheet(CORNER + '<row r="60000">' + cell("BZZ60000", "1") + "</row>"),
        "row-5000": sheet(CORNER + '<row r="5000">' + cell("XFD5000", "1") + "</row>"),
        "row-zero": sheet('<row r="0">' + cell("A0", "1") + "</row>"),
        "row-beyond": sheet('<row r="4294967297">' + cell("A4294967297", "1") + "</row>"),
        "row-minus": sheet('<row r="-1">' + cell("A-1", "1") + "</row>"),
        "row-of-300-digits": sheet('<row r="1">' + cell("A" + "9" * 300, "1") + "</row>"),
        "column-beyond": sheet('<row r="1">' + cell("ZZZZZ1", "1") + "</row>"),
        "column-of-300": sheet('<row r="1">' + cell("Z" * 300 + "1", "1") + "</row>"),
        "place-empty": sheet('<row r="1">' + cell("", "1") + "</row>"),
        "place-unseen": sheet('<row r="1">' + cell("甲1", "1") + "</row>"),
        "rows-backwards": sheet(
            '<row r="9">' + cell("A9", "1") + '</row><row r="1">' + cell("A1", "2") + "</row>"
        ),
        "same-place-twice": sheet('<row r="1">' + cell("A1", "1") + cell("A1", "2") + "</row>"),
        "number-of-400-digits": sheet(CORNER + '<row r="2">' + cell("A2", "9" * 400) + "</row>"),
        "not-a-number": sheet(
            CORNER
            + '<row r="2">'
            + cell("A2", "NaN")
            + cell("B2", "inf")
            + cell("C2", "-inf")
            + "</row>"
        ),
        "exponents": sheet(
            CORNER
            + '<row r="2">'
            + cell("A2", "1e308")
            + cell("B2", "1e-308")
            + cell("C2", "1e999")
            + "</row>"
        ),
        "date-beyond": sheet(CORNER + '<row r="2">' + cell("A2", "99999999-99-99", "d") + "</row>"),
        "string-beyond": sheet(CORNER + '<row r="2">' + cell("A2", "4294967295", "s") + "</row>"),
        "string-minus": sheet('<row r="1">' + cell("A1", "-1", "s") + "</row>"),
        "kind-unknown": sheet('<row r="1">' + cell("A1", "1", "zz") + "</row>"),
        "error-cell": sheet(
            CORNER + '<row r="2">' + cell("A2", "#REF!", "e") + cell("B2", "#WAT?", "e") + "</row>"
        ),
        "bool-cell": sheet('<row r="1">' + cell("A1", "7", "b") + "</row>"),
        "merged-all": sheet(
            after='<mergeCells count="1"><mergeCell ref="A1:XFD1048576"/></mergeCells>'
        ),
        "merged-100000": sheet(
            after="<mergeCells>" + '<mergeCell ref="A1:XFD1048576"/>' * 100_000 + "</mergeCells>"
        ),
        "entity-bomb": sheet("<row><c t='str'><v>&a9;</v></c></row>", doctype=BOMB),
        "entity-outside": sheet("<row><c t='str'><v>&a;</v></c></row>", doctype=OUTSIDE),
        "not-closed": f'{_HEAD}<worksheet xmlns="{_MAIN}"><sheetData><row r="1"><c r="A1">',
        "empty-part": "",
        "deep": f'{_HEAD}<worksheet xmlns="{_MAIN}"><sheetData>' + "<row>" * 100_000,
        "not-xml": "hello",
        "utf-16": sheet().encode("utf-16"),
        "random-part": random.Random(7).randbytes(10_000),
        "unseen": sheet(
            f'<row r="1"><c r="A1" t="inlineStr"><is><t>收入支出决算总表{BIDI}\x9b</t></is></c></row>'
        ),
        "formula": sheet(CORNER + '<row r="2"><c r="A2"><f>1+1</f><v>2</v></c></row>'),
        "markup": sheet(_TITLE.replace("</t>", "&lt;script&gt;alert(1)&lt;/script&gt;</t>")),
        "shared-formulas": sheet(
            '<row r="1">'
            + '<c r="A1"><f t="shared" si="0" ref="A1:XFD1048576">A1</f><v>1</v></c>'
            + "</row>"
        ),
    }
    return {name: lambda xml=xml: book({"01": xml}) for name, xml in made.items()}


def _titled(rows: int, columns: int) -> str:
    """Return the rows of the first form's title and then so many figures."""
    line = "".join(
        '<c t="str"><v>一般公共预算财政拨款收入</v></c>' if not n % 2 else "<c><v>1.5</v></c>"
        for n in range(columns)
    )
    return _TITLE + f"<row>{line}</row>" * rows


def workbooks() -> Iterator[Input]:
    """Yield the inputs with a hostile published workbook."""
    whole: dict = {
        **_sheets(),
        "empty": b"",
        "not-a-zip": b"hello",
        "random": lambda: random.Random(8).randbytes(100_000),
        "an-empty-zip": archive([]),
        "evil-names": archive(["../evil", "/etc/evil", "a\\..\\b"]),
        "10000-entries": lambda: archive(f"xl/worksheets/sheet{n}.xml" for n in range(10_000)),
        "evil-target": lambda: book(more={"../../evil": b"x"}),
        "encrypted": lambda: flagged(book()),
        "said-sizes": lambda: sized(book(), 0xFFFFFFF0),
        "said-nothing": lambda: sized(book(), 0),
        "a-document": lambda: archive(["word/document.xml", "[Content_Types].xml"]),
        "an-old-one": lambda: old_book(number(0, 0)),
        "no-workbook-part": lambda: book(more={"xl/workbook.xml": b""}),
        "no-sheets": lambda: book({}),
        "entity-bomb-in-strings": lambda: book(
            {"01": sheet('<row r="1">' + cell("A1", "0", "s") + "</row>")},
            strings=STRINGS.replace("<sst", BOMB + "<sst") + "&a9;</t></si></sst>",
        ),
        "entity-bomb-in-workbook": lambda: book({"&a9;": sheet()}, doctype=BOMB),
        "hidden": lambda: book(state=' state="veryHidden"'),
        "markup-name": lambda: book({"&lt;script&gt;": sheet()}),
        "unseen-name": lambda: book(
            {f"01{BIDI}&#x9b;31m": sheet("<row><c t='str'><v>1</v></c></row>")}
        ),
        "long-name": lambda: book({"01" + "长" * 100_000: sheet()}),
        "3000-sheets": lambda: book({f"s{n}": sheet() for n in range(3000)}),
        "same-sheet-names": lambda: book(
            workbook=_HEAD
            + f'<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><sheets>'
            + '<sheet name="01" sheetId="1" r:id="rId1"/>' * 70
            + "</sheets></workbook>"
        ),
        "relation-outside": lambda: book(
            more=_related("file:///etc/passwd", ' TargetMode="External"')
        ),
        "relation-up": lambda: book(more=_related("../../../../etc/passwd")),
        "external-links": lambda: book(
            more={"xl/externalLinks/externalLink1.xml": f'<externalLink xmlns="{_MAIN}"/>'}
        ),
        "a-million-rows": lambda: book(
            {
                "01": swollen(
                    sheet().partition("</sheetData>")[0], ROW, 1_000_000, "</sheetData></worksheet>"
                )
            }
        ),
        "ten-million-rows": lambda: book(
            {
                "01": swollen(
                    sheet().partition("</sheetData>")[0],
                    ROW,
                    10_000_000,
                    "</sheetData></worksheet>",
                )
            }
        ),
        "spaces-of-a-gigabyte": lambda: book(
            {
                "01": swollen(
                    sheet().partition("</sheetData>")[0],
                    " ",
                    1_000_000_000,
                    "</sheetData></worksheet>",
                )
            }
        ),
        "comment-of-400-mb": lambda: book(
            {"01": swollen(f"{_HEAD}<!--", "a", 400_000_000, "-->" + sheet().removeprefix(_HEAD))}
        ),
        "a-string-of-400-mb": lambda: book(
            {"01": sheet('<row r="1">' + cell("A1", "0", "s") + "</row>")},
            strings=" ",
            more={"xl/sharedStrings.xml": swollen(STRINGS, "a", 400_000_000, "</t></si></sst>")},
        ),
        "a-string-of-900-mb": lambda: book(
            {"01": sheet('<row r="1">' + cell("A1", "0", "s") * 9 + "</row>")},
            strings=" ",
            more={"xl/sharedStrings.xml": swollen(STRINGS, "a", 900_000_000, "</t></si></sst>")},
        ),
        "a-string-of-4-mb-400-times": lambda: book(
            {
                "01": sheet(
                    "".join(f'<row r="{n}">{cell(f"A{n}", "0", "s")}</row>' for n in range(1, 400))
                )
            },
            strings=" ",
            more={"xl/sharedStrings.xml": swollen(STRINGS, "a", 4_000_000, "</t></si></sst>")},
        ),
        "ten-million-strings": lambda: book(
            strings=" ",
            more={
                "xl/sharedStrings.xml": swollen(
                    STRINGS + "a</t></si>", "<si><t>a</t></si>", 10_000_000, "</sst>"
                )
            },
        ),
        "inline-of-200-mb": lambda: book(
            {
                "01": swollen(
                    sheet("").partition("</sheetData>")[0] + '<row><c t="str"><v>',
                    "a",
                    200_000_000,
                    "</v></c></row></sheetData></worksheet>",
                )
            }
        ),
        "5000-rows-of-400": lambda: book({"01": sheet(_titled(4990, 400))}),
        "60-sheets-of-5000-rows": lambda: book(
            {f"s{n}": sheet(_titled(4990, 10)) for n in range(60)}
        ),
        "labels-of-60000": lambda: book(
            {
                "01": sheet(
                    _TITLE
                    + "".join(
                        f'<row><c t="str"><v>{"长" * 60_000}</v></c><c><v>1</v></c></row>'
                        for _ in range(100)
                    )
                )
            }
        ),
    }
    for name, content in whole.items():
        yield Input(f"book-{name}", put(BOOK, content), EITHER, BOOK)
    yield Input(
        "book-truncated",
        lambda place: (place / BOOK).write_bytes((place / BOOK).read_bytes()[:20_000]) and None,
        REFUSED,
        BOOK,
    )
    yield Input(
        "book-bits-flipped",
        lambda place: (place / BOOK).write_bytes(_flipped((place / BOOK).read_bytes())) and None,
        EITHER,
        BOOK,
    )
    yield Input(
        "book-garbage-before",
        lambda place: (
            (place / BOOK).write_bytes(bytes(5000) + (place / BOOK).read_bytes()) and None
        ),
        EITHER,
        BOOK,
    )
    yield Input("book-garbage-after", added(BOOK, bytes(100_000)), EITHER, BOOK)
    yield Input("book-of-25-mb", added(BOOK, lambda: bytes(25_000_000)), REFUSED, BOOK)
    yield from no_files("book", BOOK, [n for n in NO_FILES if n != "is-gone"])
    old: dict = {
        "random": lambda: random.Random(9).randbytes(50_000),
        "empty": b"",
        "header-alone": ole(b"")[:512],
        "header-and-garbage": lambda: ole(b"")[:512] + random.Random(10).randbytes(5000),
        "stream-of-garbage": lambda: ole(random.Random(11).randbytes(20_000)),
        "another-stream": ole(b"hello", "WordDocument"),
        "truncated": old_book(number(0, 0))[:1500],
        "good": old_book(number(0, 0)),
        "length-beyond": old_book(record(0x203, b"\0" * 14, 0xFFFF)),
        "length-zero": old_book(record(0x203, b"", 0)),
        "no-end": old_book(number(0, 0), end=False),
        "dimensions-all": old_book(
            record(0x200, struct.pack("<IIHHH", 0, 65536, 0, 256, 0)), number(65535, 255)
        ),
        "dimensions-beyond": old_book(
            record(0x200, struct.pack("<IIHHH", 0, 0xFFFFFFFF, 0, 0xFFFF, 0)), number(0, 0)
        ),
        "corners": old_book(number(0, 0), number(65535, 65535)),
        "dimensions-short": old_book(record(0x200, b"\0")),
        "sheet-beyond": old_book(number(0, 0), start=0xFFFFFFF0),
        "sheet-is-itself": old_book(number(0, 0), start=0),
        "not-a-number": old_book(number(0, 0, float("nan")), number(0, 1, float("inf"))),
        "strings-beyond": old_book(record(0xFC, struct.pack("<II", 0xFFFFFFFF, 0xFFFFFFFF))),
        "string-index-beyond": old_book(record(0xFD, struct.pack("<HHHI", 0, 0, 0, 0xFFFFFFFF))),
        "formula-garbage": old_book(record(0x06, random.Random(12).randbytes(40))),
        "many-numbers": old_book(
            record(0xBD, struct.pack("<HH", 0, 0) + bytes(6) * 300 + struct.pack("<H", 0xFFFF))
        ),
        "unseen-name": old_book(number(0, 0), name="\x1b[31m"),
        "a-new-one": lambda: book(),
        "chain-loops": lambda: _looping(old_book(number(0, 0))),
        "sectors-of-2-to-the-60": lambda: ole(b"")[:30] + struct.pack("<H", 60) + ole(b"")[32:],
        "code-page-unknown": old_book(record(0x42, struct.pack("<H", 0x7777)), number(0, 0)),
        "encrypted": old_book(record(0x2F, b"\1\0\1\0" + bytes(48)), number(0, 0)),
    }
    for name, content in old.items():
        yield Input(f"old-book-{name}", _only_old(content), EITHER, OLD_BOOK)
    for name in (
        "is-a-folder",
        "is-a-pipe",
        "is-sparse",
        "is-dev-zero",
        "is-dev-urandom",
        "is-its-own-link",
    ):
        yield Input(
            f"old-book-{name}",
            lambda place, s=NO_FILES[name](OLD_BOOK): (gone(BOOK)(place), s(place)) and None,
            REFUSED,
            OLD_BOOK,
        )


def _only_old(content) -> Spoil:
    def spoil(place: Path) -> None:
        gone(BOOK)(place)
        put(OLD_BOOK, content)(place)

    return spoil


def _flipped(raw: bytes) -> bytes:
    chance, changed = random.Random(13), bytearray(raw)
    for _ in range(200):
        changed[chance.randrange(len(changed))] ^= 1 << chance.randrange(8)
    return bytes(changed)


def _looping(raw: bytes) -> bytes:
    """Return a compound file whose chain of sectors has no end."""
    return raw[: 512 + 8] + struct.pack("<I", 2) + raw[512 + 12 :]


# Folders


def strange(name: bytes) -> Spoil:
    """Put a file with such a name beside the published ones, and one beside the figures."""

    def spoil(place: Path) -> None:
        for where in (place / "published", place):
            with open(os.path.join(os.fsencode(where), name), "wb") as file:
                file.write(b"x")

    return spoil


def _many(place: Path) -> None:
    for n in range(5000):
        (place / "published" / f"{n}.txt").write_bytes(b"")


def _deep(place: Path) -> None:
    here = os.open(place / "published", os.O_RDONLY)
    for _ in range(400):
        os.mkdir("d", dir_fd=here)
        lower = os.open("d", os.O_RDONLY, dir_fd=here)
        os.close(here)
        here = lower
    os.close(here)


def _last(spoil: Spoil) -> Spoil:
    """Do it to the year before instead."""
    return lambda place: spoil(place.with_name(str(LAST)))


def _department_is_a_link(place: Path) -> None:
    aside = place.parents[3] / f"aside-{place.parent.name}"
    place.parent.rename(aside)
    place.parent.symlink_to(aside)


def _year_is_a_link(place: Path) -> None:
    aside = place.parents[3] / f"aside-{place.parent.name}"
    place.rename(aside)
    place.symlink_to(aside)


def folders() -> Iterator[Input]:
    """Yield the inputs whose folders are hostile."""
    names = {
        "gbk": "表".encode("gbk") + b".txt",
        "newline": b"a\nb.txt",
        "escape": b"\x1b[31mred.txt",
        "bidi": f"a{BIDI}txt.exe".encode(),
        "255-letters": b"a" * 255,
        "quotes": b"'\"$(touch x).txt",
        "markup": b"<script>alert(1)<script>",
        "dash": b"-rf",
        "bytes": bytes(range(128, 200)),
        "formula": b"=1+1.csv",
        "emoji": EMOJI.encode(),
    }
    for name, raw in names.items():
        yield Input(f"name-in-{name}", strange(raw), EITHER, "")
    yield Input(
        "published-in-published",
        lambda place: (
            shutil.copytree(place / "published", place / "published" / "published") and None
        ),
        FINE,
    )
    yield Input("published-is-a-file", put("published", b"x"), EITHER, "published")
    yield Input("published-is-a-dangling-link", link("published", "nowhere"), EITHER, "published")
    yield Input("published-is-its-own-link", link("published", "published"), EITHER, "published")
    yield Input(
        "published-is-the-last-years",
        link("published", f"../{LAST}/published"),
        EITHER,
        "published",
    )
    yield Input("published-is-the-folder-itself", link("published", "."), EITHER, "published")
    yield Input("published-is-etc", link("published", "/etc"), EITHER, "published")
    yield Input("published-is-devices", link("published", "/dev"), EITHER, "published")
    yield Input("published-is-a-pipe", pipe("published"), EITHER, "published")
    yield Input("published-is-empty", folder("published"), FINE)
    yield Input("published-has-5000-files", _many, EITHER, "published")
    yield Input("published-is-400-deep", _deep, EITHER, "published")
    yield Input("published-has-a-pipe", pipe("published/notes.txt"), EITHER, "published")
    yield Input("published-has-a-socket", plug("published/notes.txt"), EITHER, "published")
    yield Input("published-has-a-sparse-file", sparse("published/scan.pdf"), EITHER, "published")
    yield Input(
        "published-has-dev-zero", link("published/scan.pdf", "/dev/zero"), EITHER, "published"
    )
    yield Input(
        "published-has-a-dangling-link", link("published/scan.pdf", "nowhere"), EITHER, "published"
    )
    yield Input("year-has-a-pipe", pipe("notes"), EITHER, "notes")
    yield Input(
        "year-has-an-editors-lock", link(".~lock.figures.csv#", "someone@somewhere:1"), EITHER, ""
    )
    yield Input("year-links-to-the-root", link("everything", "/"), EITHER, "")
    yield Input("year-is-locked", locked("."), REFUSED, "", not_as_root=True)
    yield Input("department-is-a-link", _department_is_a_link, EITHER, "")
    yield Input("year-is-a-link", _year_is_a_link, EITHER, "")
    yield Input("department-has-a-pipe", pipe("../notes"), EITHER, "")
    yield Input(
        "year-is-empty",
        lambda place: (shutil.rmtree(place), place.mkdir()) and None,
        REFUSED,
        PROFILE,
    )
    yield Input(
        "folder-9999",
        lambda place: place.rename(place.with_name("9999")) and None,
        REFUSED,
        PROFILE,
        year=9999,
    )
    for name, spoil in {
        "broken": put(FIGURES, "item\n"),
        "gbk": recoded(FIGURES, "gbk"),
        "a-pipe": pipe(FIGURES),
        "a-folder": folder(FIGURES),
        "dev-zero": link(FIGURES, "/dev/zero"),
        "sparse": sparse(FIGURES),
        "empty": put(FIGURES, b""),
        "dangling": link(FIGURES, "nowhere"),
    }.items():
        yield Input(f"last-years-figures-{name}", _last(spoil), FINE)
    for name, spoil in {
        "broken": put(PROFILE, "- a\n"),
        "a-pipe": pipe(PROFILE),
        "dev-zero": link(PROFILE, "/dev/zero"),
        "sparse": sparse(PROFILE),
    }.items():
        yield Input(f"last-years-profile-{name}", _last(spoil), FINE)


def inputs() -> list[Input]:
    """Return every hostile input that can be made here."""
    made = [*figures(), *profile(), *corrections(), *narrative(), *workbooks(), *folders()]
    names = [one.name for one in made]
    if twice := {n for n in names if names.count(n) > 1}:
        raise AssertionError(f"the same name twice: {sorted(twice)}")
    return [one for one in made if not (one.not_as_root and os.geteuid() == 0)]


QUICK = frozenset(
    """
figures-in-gbk figures-is-a-pipe figures-is-its-own-link figures-is-dev-zero figures-is-sparse amount-1e999999999
project-formula unseen-escape-in-item profile-billion-laughs profile-is-a-pipe edition-null department-bidi
department-surrogate corrections-is-a-pipe text-income-31k text-is-a-pipe book-two-corners book-entity-bomb
book-not-a-zip old-book-stream-of-garbage name-in-gbk name-in-escape published-is-a-file last-years-figures-broken
""".split()
)


# Doing it


@dataclass(frozen=True)
class Done:
    """How a command ended: status (negative for a signal), what it said, time, memory of its largest process."""

    status: int
    out: bytes
    err: bytes
    seconds: float
    memory: int
    late: bool = False

    @property
    def said(self) -> str:
        return (self.out + b"\n" + self.err).decode("utf-8", "replace")


def _limits() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MOST, MOST))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (2 << 30, 2 << 30))


def do(
    command: list,
    seconds: float,
    environment: dict[str, str] | None = None,
    here: Path | None = None,
) -> Done:
    """Run a command to its end, or end it and all its processes when its time is over."""
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        clock = time.monotonic()
        process = subprocess.Popen(
            [os.fspath(c) for c in command],
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=err,
            env=environment,
            cwd=here,
            start_new_session=True,
            preexec_fn=_limits,
        )
        late = False
        while True:
            pid, status, used = os.wait4(process.pid, os.WNOHANG)
            if pid:
                break
            if not late and time.monotonic() - clock > seconds:
                late = True
                os.killpg(process.pid, signal.SIGKILL)
            time.sleep(0.02)
        process.returncode = os.waitstatus_to_exitcode(status)
        if late:
            try:
                os.killpg(process.pid, signal.SIGKILL)
            except ProcessLookupError:
                pass
        out.seek(0)
        err.seek(0)
        return Done(
            process.returncode,
            out.read(),
            err.read(),
            time.monotonic() - clock,
            used.ru_maxrss << 10,
            late,
        )


def juesuan(*arguments) -> list:
    """Return the command line of the program of this environment."""
    return [Path(sys.executable).with_name("juesuan"), *arguments]


def unseen(said: bytes, coding: str = "utf-8") -> list[str]:
    """Return what must not reach a terminal raw: control characters, marks of direction, bytes that are no text."""
    text = said.decode(coding, "surrogateescape" if coding != "utf-16" else "strict").replace(
        "\ufeff", ""
    )
    bad = {
        c
        for c in set(text)
        if c not in "\n\r\t"
        and unicodedata.category(c) in ("Cc", "Cs")
        or unicodedata.bidirectional(c) in _TURNS
        or c in _MARKS
    }
    return sorted(f"U+{ord(c):04X}" for c in bad)


_TURNS = frozenset("LRE RLE LRO RLO PDF LRI RLI FSI PDI".split())
_MARKS = frozenset("\u200e\u200f\u061c\u2028\u2029")


def broken_by(done: Done, statuses=(0, 1, 2, 3), coding: str = "utf-8") -> list[str]:
    """Return the promises to everyone that a command broke."""
    broken = []
    if done.late:
        broken.append(f"did not end within {done.seconds:.0f} s")
    elif done.status not in statuses:
        broken.append(f"ended with {done.status}: {_last_line(done.err)}")
    if b"Traceback" in done.out + done.err or b"Exception ignored" in done.err:
        broken.append(f"shows a traceback: {_last_line(done.err)}")
    if raw := sorted({*unseen(done.out, coding), *unseen(done.err, coding)}):
        broken.append(f"{', '.join(raw[:5])} reaches the terminal")
    return broken


def _last_line(said: bytes) -> str:
    lines = said.decode("utf-8", "replace").strip().splitlines()
    return (
        re.sub(r"[^\x20-\x7e\u3000-\u9fff\uff00-\uffef]", "?", lines[-1])[:160]
        if lines
        else "nothing said"
    )


def seal(place: Path) -> dict[str, tuple]:
    """Return what everything under a folder is: kind, size, time, place of a link, sum of a file that is not huge."""
    found: dict[str, tuple] = {}
    for where, folders_, files in os.walk(os.fsencode(place)):
        for name in (*folders_, *files):
            path = os.path.join(where, name)
            state = os.lstat(path)
            kept: object = None
            if stat.S_ISLNK(state.st_mode):
                kept = os.readlink(path)
            elif (
                stat.S_ISREG(state.st_mode)
                and state.st_size < 100_000_000
                and os.access(path, os.R_OK)
            ):
                with open(path, "rb") as file:
                    kept = hashlib.file_digest(file, "sha256").hexdigest()
            folder_ = stat.S_ISDIR(state.st_mode)
            found[repr(path)] = (
                state.st_mode,
                state.st_ino,
                0 if folder_ else state.st_size,
                state.st_mtime_ns,
                kept,
            )
    return found


def changed(before: dict[str, tuple], after: dict[str, tuple]) -> list[str]:
    """Return the names of what is no longer as it was."""
    return sorted(
        name for name in before.keys() | after.keys() if before.get(name) != after.get(name)
    )


def good_data(place: Path) -> Path:
    """Make a good department of two years and return its folder."""
    made = sample.create(place, 1, range(LAST, YEAR + 1), seed=1, published=True)
    shutil.rmtree(made[0].path / "published")
    return made[0].path.parent


STRAYS = (
    b"\x1b[31mred",
    f"a{BIDI}b".encode(),
    b"a\nb",
    "表".encode("gbk"),
    b"Upper",
    b" ",
    b"a b",
    "部门".encode(),
    b"<script>",
    b"-rf'\"",
)
STRAY_YEARS = (
    b"0000",
    b"0999",
    b"20231",
    "２０２３".encode(),
    b"2023 ",
    b"-2023",
    b"\x1b[1m2023",
    f"{BIDI}2023".encode(),
)


def prepared(place: Path, chosen: list[Input]) -> Path:
    """Make a data folder with one department for each input, good neighbours, and folders whose names keep them out."""
    data = place / "data"
    good = good_data(place / "good")
    (data / "departments").mkdir(parents=True)
    (place / "marker").write_text("mine", encoding="utf-8")
    for name in GOOD:
        shutil.copytree(good, data / "departments" / name)
    for one in chosen:
        shutil.copytree(good, data / "departments" / one.name)
        one.spoil(data / "departments" / one.name / str(YEAR))
    root = os.fsencode(data / "departments")
    for name in STRAYS:
        os.mkdir(os.path.join(root, name))
    for name in STRAY_YEARS:
        os.mkdir(os.path.join(root, os.fsencode(GOOD[0]), name))
    os.mkfifo(os.path.join(root, b"pipe"))
    os.symlink("nowhere", os.path.join(root, b"dangling"))
    os.symlink("itself", os.path.join(root, b"itself"))
    return data


@dataclass
class Verdict:
    """What came of one input: was it built, what was said, how long, how much memory, which promises it broke."""

    one: Input
    status: str = ""
    said: str = ""
    seconds: float = 0.0
    memory: int = 0
    broken: list[str] = field(default_factory=list)


@dataclass
class Outcome:
    """What came of all of them, and the promises that were broken by the commands as a whole."""

    verdicts: dict[str, Verdict]
    broken: list[str] = field(default_factory=list)
    seconds: dict[str, float] = field(default_factory=dict)
    memory: int = 0

    def lines(self) -> list[str]:
        return [
            *self.broken,
            *(f"{v.one.name}: {b}" for v in self.verdicts.values() for b in v.broken),
        ]


def judged(verdict: Verdict, command: str, failed: bool, said: str) -> None:
    """Hold what a command said of an input against what was expected of it."""
    one, at = verdict.one, f"{verdict.one.name}/{verdict.one.year:04d}"
    if failed and one.expected == FINE:
        verdict.broken.append(f"{command}: refused, but it is good: {said[:160]}")
        return
    if not failed and one.expected == REFUSED:
        verdict.broken.append(f"{command}: not refused")
    if failed:
        reason = said.partition("：")[2] if said.startswith(f"{at}：") else said
        if reason.startswith(STOPPED):
            verdict.broken.append(f"{command}: stopped: {reason[:160]}")
        elif "程序出错" in said or "第 " in said and "格：出错" in said:
            verdict.broken.append(f"{command}: an error of the program: {said[:200]}")
        elif f"{at}/{one.file}" not in said and (one.file or at not in said):
            verdict.broken.append(f"{command}: does not name {at}/{one.file}: {said[:160]}")
        elif len(said) > 1000:
            verdict.broken.append(f"{command}: says {len(said)} characters: {said[:80]}")


def selection(chosen: list[Input]) -> list[str]:
    """Return the years to ask for."""
    return [
        word for year in sorted({YEAR, *(one.year for one in chosen)}) for word in ("-y", str(year))
    ]


def ran(data: Path, outputs: Path, chosen: list[Input], seconds: int = SECONDS) -> Outcome:
    """Build all of them in one batch and return what came of it."""
    quiet = outputs.with_name("quiet")
    every = [word for name in GOOD for word in ("-d", name)]
    first_ = do(juesuan("run", "--data", data, "--outputs", quiet, "-y", str(YEAR), *every), 120)
    outcome = Outcome(
        {one.name: Verdict(one) for one in chosen},
        [f"the good ones alone: {b}" for b in broken_by(first_, (0,))],
    )
    longest = 120 + len(chosen) * seconds
    done = do(
        juesuan(
            "run",
            "--data",
            data,
            "--outputs",
            outputs,
            "--jobs",
            "2",
            "--timeout",
            str(seconds),
            "--memory",
            str(MEGABYTES),
            *selection(chosen),
        ),
        longest,
    )
    outcome.broken += [f"run: {b}" for b in broken_by(done, (0, 3))]
    outcome.seconds["run"], outcome.memory = done.seconds, done.memory
    lines = done.err.decode("utf-8", "replace").splitlines()
    for one in chosen:
        verdict, at = outcome.verdicts[one.name], f"{one.name}/{one.year:04d}"
        try:
            record_ = json.loads((outputs / at / "run.json").read_text(encoding="utf-8"))
        except (OSError, ValueError) as error:
            verdict.broken.append(f"run: nothing came of it ({error})")
            continue
        verdict.status, verdict.said, verdict.seconds = (
            record_["status"],
            record_["error"],
            record_["seconds"],
        )
        judged(verdict, "run", verdict.status != "ok", verdict.said)
        if verdict.seconds > seconds + 1:
            verdict.broken.append(f"run: took {verdict.seconds:.0f} s")
        if verdict.status != "ok" and not any(line.startswith(at) for line in lines):
            verdict.broken.append(
                "run: its line on the standard error does not begin with its name"
            )
        if verdict.status == "ok" and not set(engine.FILES) <= {
            p.name for p in (outputs / at).iterdir()
        }:
            verdict.broken.append("run: not all of its files are there")
    for name in GOOD:
        for file in engine.FILES:
            if file != "run.json" and _bytes(quiet / name / str(YEAR) / file) != _bytes(
                outputs / name / str(YEAR) / file
            ):
                outcome.broken.append(
                    f"run: the good neighbour {name} was not built as it is alone: {file}"
                )
    outcome.broken += (
        [f"run: left {p.relative_to(outputs)}" for p in outputs.rglob(".*")]
        if outputs.is_dir()
        else ["run: no outputs"]
    )
    return outcome


def _bytes(file: Path) -> bytes:
    return file.read_bytes() if file.is_file() else b""


def supports(option: str, seconds: int) -> list[str]:
    """Return the limits that `check` is given, where it knows them."""
    return (
        ["--timeout", str(seconds), "--memory", str(MEGABYTES)]
        if option.encode() in do(juesuan("check", "--help"), 60).out
        else []
    )


def checked(data: Path, chosen: list[Input], outcome: Outcome, limits: list[str]) -> None:
    """Check all of them with one command, and write what came of it into the outcome."""
    done = do(
        juesuan(
            "check", "--data", data, "--jobs", "2", "--format", "json", *limits, *selection(chosen)
        ),
        120 + len(chosen) * SECONDS if limits else 300,
    )
    outcome.broken += [f"check: {b}" for b in broken_by(done, (0, 3))]
    outcome.seconds["check"], outcome.memory = done.seconds, max(outcome.memory, done.memory)
    try:
        entries = json.loads(done.out)
    except ValueError:
        outcome.broken.append("check: what it printed is not JSON")
        return
    lines = done.err.decode("utf-8", "replace").splitlines()
    for one in chosen:
        _held(outcome.verdicts[one.name], lines, limits, entries)
    for name in GOOD:
        if any(line.startswith(f"{name}/") for line in lines) or any(
            e["department"] == name and e["rule"] == "未能读" for e in entries
        ):
            outcome.broken.append(f"check: the good neighbour {name} was not checked")


def _held(verdict: Verdict, lines: list[str], limits: list[str], entries: list[dict]) -> None:
    at = f"{verdict.one.name}/{verdict.one.year:04d}"
    said = next((line for line in lines if line.startswith(at)), "")
    judged(verdict, "check", bool(said), said)
    if (
        said
        and limits
        and not any(
            e["department"] == verdict.one.name and e["year"] == verdict.one.year for e in entries
        )
    ):
        verdict.broken.append("check: its JSON does not mention it")
    if verdict.status == "ok" and said:
        verdict.broken.append("check: refused what run builds")
    if verdict.status == "failed" and not said:
        verdict.broken.append("check: accepts what run refuses")


def checked_alone(
    data: Path, one: Input, verdict: Verdict, limits: list[str], seconds: int = SECONDS
) -> None:
    """Check one of them with a command of its own, in text, and write its time and memory into its verdict."""
    done = do(
        juesuan("check", "--data", data, "-d", one.name, "-y", str(one.year), *limits), seconds + 10
    )
    verdict.broken += [f"check alone: {b}" for b in broken_by(done)]
    verdict.seconds, verdict.memory = (
        max(verdict.seconds, done.seconds),
        max(verdict.memory, done.memory),
    )
    if done.seconds > seconds + 5 and not done.late:
        verdict.broken.append(f"check alone: took {done.seconds:.0f} s")
    if done.memory > (MEGABYTES + 512) << 20:
        verdict.broken.append(f"check alone: took {done.memory >> 20} MB")
    if not done.late and done.status == 3:
        judged(
            verdict,
            "check alone",
            True,
            next(
                (
                    line
                    for line in done.err.decode("utf-8", "replace").splitlines()
                    if line.startswith(f"{one.name}/")
                ),
                _last_line(done.err),
            ),
        )


def suite(place: Path, chosen: list[Input], seconds: int = SECONDS, each: bool = True) -> Outcome:
    """Make the inputs, run and check them, and return what came of it; `each` checks every one alone, too."""
    data = prepared(place, chosen)
    before = seal(place)
    outcome = ran(data, place / "outputs", chosen, seconds)
    limits = supports("--timeout", seconds)
    checked(data, chosen, outcome, limits)
    if each:
        with ThreadPoolExecutor(2) as two:
            list(
                two.map(
                    lambda one: checked_alone(
                        data, one, outcome.verdicts[one.name], limits, seconds
                    ),
                    chosen,
                )
            )
    after = {
        name: state
        for name, state in seal(place).items()
        if not re.match(rf"b'{re.escape(str(place))}/(outputs|quiet)", name)
    }
    outcome.broken += [f"an input was changed: {name}" for name in changed(before, after)]
    return outcome


# Whole commands


@dataclass(frozen=True)
class Command:
    """A whole command and what is odd about it. In its words, {data}, {outputs} and {here} stand for its folders.

    `own` gives it a data folder of its own, because it may harm it; `same` wants the report of an undisturbed command.
    """

    name: str
    words: tuple[str, ...] = ("run", "--data", "{data}", "--outputs", "{outputs}", "-y", str(YEAR))
    statuses: tuple[int, ...] = (0,)
    said: str = ""
    environment: dict[str, str | None] = field(default_factory=dict)
    shell: str = ""
    prepare: Callable[[Path], None] | None = None
    own: bool = False
    same: bool = False
    seconds: int = SECONDS


RUN, CHECK = Command("").words, ("check", "--data", "{data}", "-y", str(YEAR))


def files(content: dict[str, str]) -> Callable[[Path], None]:
    """Put files into a command's own folder; {ran} in them stands for a file that is there if they were run."""

    def prepare(here: Path) -> None:
        for name, text in content.items():
            (here / name).parent.mkdir(parents=True, exist_ok=True)
            (here / name).write_text(text.replace("{ran}", str(here / "ran")), encoding="utf-8")

    return prepare


EVIL = "open({ran!r}, 'w').close()\nraise SystemExit('run from the current folder')\n".replace(
    "{ran!r}", "'{ran}'"
)
HOME = {
    "home/.ipython/profile_default/startup/00.py": EVIL,
    "home/.ipython/profile_default/ipython_config.py": EVIL,
    "home/.ipython/profile_default/ipython_kernel_config.py": EVIL,
    "home/.jupyter/jupyter_nbconvert_config.py": EVIL,
    "home/.jupyter/jupyter_config.py": EVIL,
    "home/.config/matplotlib/matplotlibrc": "figure.dpi: 7\nfont.size: 40\n",
}


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


def surroundings() -> Iterator[Command]:
    """Yield good commands in odd surroundings."""
    closed = {
        "stdout": ">&-",
        "stderr": "2>&-",
        "both": ">&- 2>&-",
        "stdin": "<&-",
        "all": "<&- >&- 2>&-",
    }
    for name, how in closed.items():
        yield Command(f"run-{name}-closed", RUN, (0, 3), shell=f'exec "$@" {how}', same=True)
        yield Command(f"check-{name}-closed", CHECK, (0, 3), shell=f'exec "$@" {how}')
    for verb, words in {
        "run": RUN,
        "check": CHECK,
        "check-json": (*CHECK, "--format", "json"),
        "list": ("list", "--data", "{data}"),
        "help": ("--help",),
        "run-help": ("run", "--help"),
    }.items():
        yield Command(
            f"{verb}-stdout-full", words, (0, 3), shell='exec "$@" >/dev/full', same=verb == "run"
        )
    yield Command("run-stderr-full", (*RUN, "-d", "nothing"), (2, 3), shell='exec "$@" 2>/dev/full')
    yield Command("run-both-full", RUN, (0, 3), shell='exec "$@" >/dev/full 2>&1', same=True)
    yield Command("check-into-head", CHECK, (0,), shell='"$@" | head -c 1 >/dev/null')
    yield Command("run-few-files", RUN, (0, 3), shell='ulimit -n 24; exec "$@"')
    yield Command("run-no-stack", RUN, (0, 3), shell='ulimit -s 256; exec "$@"')
    yield Command("run-little-memory", RUN, (0, 3), shell='ulimit -v 400000; exec "$@"')
    yield Command("check-little-memory", CHECK, (0, 3), shell='ulimit -v 250000; exec "$@"')
    yield Command("run-small-files", RUN, (3,), shell='ulimit -f 20; exec "$@"')
    yield Command(
        "run-where-nothing-is",
        RUN,
        (0,),
        shell='mkdir lost; cd lost; rmdir ../lost; exec "$@"',
        same=True,
    )
    yield Command(
        "check-where-nothing-is", CHECK, (0,), shell='mkdir lost; cd lost; rmdir ../lost; exec "$@"'
    )
    yield Command("run-umask", RUN, (0, 3), shell='umask 777; exec "$@"')
    yield Command(
        "run-ignoring-children", RUN, (0, 3), shell='trap "" CHLD PIPE; exec "$@"', same=True
    )
    plain = {
        "LANG": None,
        "LC_ALL": "C",
        "PYTHONUTF8": "0",
        "PYTHONIOENCODING": None,
        "PYTHONCOERCECLOCALE": "0",
    }
    changes: dict[str, dict[str, str | None]] = {
        "plain-c": plain,
        "posix": {**plain, "LC_ALL": "POSIX"},
        "locale-unknown": {"LC_ALL": "xx_XX.WHAT", "LANG": "xx"},
        "gbk-output": {"PYTHONIOENCODING": "gbk"},
        "ascii-output": {"PYTHONIOENCODING": "ascii"},
        "utf-16-output": {"PYTHONIOENCODING": "utf-16"},
        "latin-output": {**plain, "PYTHONIOENCODING": "latin-1"},
        "columns-1": {"COLUMNS": "1", "LINES": "1"},
        "columns-word": {"COLUMNS": "wide"},
        "columns-minus": {"COLUMNS": "-5"},
        "no-home": {"HOME": None},
        "home-nowhere": {"HOME": "/nonexistent", "XDG_CONFIG_HOME": None},
        "home-a-file": {"HOME": "/etc/passwd"},
        "tmpdir-nowhere": {"TMPDIR": "/nonexistent"},
        "tmpdir-a-file": {"TMPDIR": "/etc/passwd"},
        "tmpdir-proc": {"TMPDIR": "/proc"},
        "no-path": {"PATH": ""},
        "backend-unknown": {"MPLBACKEND": "nonsense"},
        "backend-tk": {"MPLBACKEND": "TkAgg"},
        "matplotlib-nowhere": {"MPLCONFIGDIR": "/proc/nothing"},
        "warnings-are-errors": {"PYTHONWARNINGS": "error"},
        "optimized": {"PYTHONOPTIMIZE": "2"},
        "hash-seed": {"PYTHONHASHSEED": "7"},
        "time-zone": {"TZ": "nonsense"},
        "far-time-zone": {"TZ": "Pacific/Kiritimati"},
        "term": {"TERM": "nonsense"},
        "no-colour": {"NO_COLOR": "1", "FORCE_COLOR": "1", "CLICOLOR_FORCE": "1"},
        "unbuffered": {"PYTHONUNBUFFERED": "1"},
        "threads": {"OMP_NUM_THREADS": "64", "OPENBLAS_NUM_THREADS": "64"},
        "source-date": {"SOURCE_DATE_EPOCH": "nonsense"},
        "jupyter-nowhere": {
            "JUPYTER_CONFIG_DIR": "/proc/x",
            "JUPYTER_DATA_DIR": "/proc/x",
            "IPYTHONDIR": "/proc/x",
        },
        "faulthandler": {"PYTHONFAULTHANDLER": "1"},
        "malloc-debug": {"PYTHONMALLOC": "debug"},
        "dev-mode": {"PYTHONDEVMODE": "1"},
    }
    quiet = {"term", "no-colour", "locale-unknown"}
    for name, environment in changes.items():
        yield Command(
            f"run-{name}",
            RUN,
            (0, 3) if name.startswith("tmpdir") else (0,),
            environment=environment,
            same=not name.startswith("tmpdir"),
        )
        if name not in quiet:
            yield Command(
                f"check-{name}",
                CHECK,
                (0, 3) if name.startswith("tmpdir") else (0,),
                environment=environment,
            )
    for name in ("plain-c", "gbk-output", "ascii-output"):
        yield Command(f"list-{name}", ("list", "--data", "{data}"), environment=changes[name])
        yield Command(f"help-{name}", ("--help",), environment=changes[name])
        yield Command(
            f"refusal-{name}", (*RUN, "-d", f"{EMOJI}部门"), (2,), environment=changes[name]
        )
    here = {
        "matplotlibrc": "figure.dpi: 7\nfont.size: 40\nsavefig.format: pdf\naxes.facecolor: red\n"
    }
    yield Command("run-beside-matplotlibrc", RUN, prepare=files(here), same=True)
    yield Command(
        "run-beside-ipython-config",
        RUN,
        prepare=files(
            {
                "ipython_config.py": EVIL,
                "ipython_kernel_config.py": EVIL,
                "jupyter_nbconvert_config.py": EVIL,
                "pyproject.toml": "[",
                "setup.cfg": "[",
            }
        ),
        same=True,
    )
    yield Command(
        "run-in-a-hostile-home",
        RUN,
        prepare=files(HOME),
        environment={"HOME": "{here}/home", "XDG_CONFIG_HOME": None},
        same=True,
    )
    for module in (
        "papermill",
        "helpers",
        "yaml",
        "json",
        "re",
        "pandas",
        "numpy",
        "matplotlib",
        "sitecustomize",
        "usercustomize",
        "seaborn",
        "nbformat",
        "IPython",
        "random",
    ):
        yield Command(
            f"run-beside-{module.lower()}-py", RUN, prepare=files({f"{module}.py": EVIL}), same=True
        )
        yield Command(
            f"check-beside-{module.lower()}-py", CHECK, prepare=files({f"{module}.py": EVIL})
        )


def standing() -> Iterator[Command]:
    """Yield commands whose outputs folder already holds something hostile."""
    at = f"outputs/good/{YEAR}"
    texts = {
        "empty": "",
        "deep": "[" * 200_000,
        "deep-objects": '{"a":' * 100_000,
        "null": "null",
        "a-list": "[]",
        "a-number": "9" * 10_000,
        "half": '{"status": "ok",',
        "wrong-types": json.dumps(
            {
                "department": 1,
                "name": [1],
                "year": "x",
                "status": {"a": 1},
                "error": 5,
                "started": None,
                "seconds": "x",
                "inputs": 7,
                "findings": "many",
                "packages": 1,
            }
        ),
        "ok-without-findings": json.dumps({"status": "ok"}),
        "nan": '{"seconds": NaN, "year": 1e999, "status": "ok", "findings": {"error": -1e999}}',
        "unseen": json.dumps(
            {
                "department": f"good{ESC}",
                "name": BIDI,
                "year": YEAR,
                "status": "failed",
                "error": f"{ESC}{BIDI}",
                "started": "",
                "seconds": 0,
                "inputs": {},
            }
        ),
    }
    for name, text in texts.items():
        yield Command(f"record-{name}", prepare=files({f"{at}/run.json": text}), own=True)
        yield Command(
            f"record-of-another-{name}",
            prepare=files(
                {
                    f"outputs/another/{YEAR}/run.json": text,
                    f"outputs/another/{YEAR}/report.html": "x",
                }
            ),
            own=True,
        )
    for name in (
        "is-a-pipe",
        "is-a-folder",
        "is-dev-zero",
        "is-sparse",
        "is-its-own-link",
        "is-a-socket",
    ):
        spoil = NO_FILES[name]
        yield Command(
            f"record-{name}",
            statuses=(0, 3),
            prepare=lambda here, s=spoil: _spoilt(here / at, s("run.json")),
            own=True,
        )
        yield Command(
            f"record-of-another-{name}",
            statuses=(0, 3),
            prepare=lambda here, s=spoil: _spoilt(here / f"outputs/another/{YEAR}", s("run.json")),
            own=True,
        )
        yield Command(
            f"index-{name}",
            statuses=(0, 3),
            prepare=lambda here, s=spoil: _spoilt(here / "outputs", s("index.html")),
            own=True,
        )
        yield Command(
            f"table-of-all-{name}",
            statuses=(0, 3),
            prepare=lambda here, s=spoil: _spoilt(here / "outputs", s("index.csv")),
            own=True,
        )
        yield Command(
            f"lock-{name}",
            statuses=(0, 3),
            prepare=lambda here, s=spoil: _spoilt(here / "outputs", s(".making-x.lock")),
            own=True,
        )
        yield Command(
            f"report-{name}",
            statuses=(0, 3),
            prepare=lambda here, s=spoil: _spoilt(here / at, s("report.html")),
            own=True,
        )
    yield Command(
        "place-is-a-file",
        statuses=(0, 3),
        prepare=lambda here: _spoilt(here / "outputs/good", put(str(YEAR), b"x")),
        own=True,
    )
    yield Command(
        "department-place-is-a-file",
        statuses=(0, 3),
        prepare=lambda here: _spoilt(here / "outputs", put("good", b"x")),
        own=True,
    )
    yield Command(
        "place-dangles",
        statuses=(0, 3),
        prepare=lambda here: _spoilt(here / "outputs/good", link(str(YEAR), "nowhere")),
        own=True,
    )
    yield Command(
        "place-links-to-the-data",
        statuses=(0, 2, 3),
        prepare=lambda here: _spoilt(
            here / "outputs/good",
            link(str(YEAR), str(here.parent / f"data/departments/good/{YEAR}")),
        ),
        own=True,
    )
    yield Command(
        "department-place-links-to-the-data",
        statuses=(0, 2, 3),
        prepare=lambda here: _spoilt(
            here / "outputs", link("good", str(here.parent / "data/departments/good"))
        ),
        own=True,
    )
    yield Command(
        "place-links-to-the-data-of-a-broken-one",
        statuses=(2, 3),
        prepare=_broken_and_linked,
        own=True,
    )
    yield Command("leftover-links-to-the-data", statuses=(0, 3), prepare=_leftover, own=True)


def _spoilt(place: Path, spoil: Spoil) -> None:
    place.mkdir(parents=True, exist_ok=True)
    spoil(place)


def _broken_and_linked(here: Path) -> None:
    (here.parent / f"data/departments/good/{YEAR}/{FIGURES}").write_text("item\n", encoding="utf-8")
    _spoilt(here / "outputs", link("good", str(here.parent / "data/departments/good")))


def _leftover(here: Path) -> None:
    _spoilt(here / "outputs", link(".making-x", str(here.parent / "data/departments")))
    (here / "outputs/.making-x.lock").write_bytes(b"")


def commands() -> list[Command]:
    """Return every hostile command."""
    made = [*options(), *surroundings(), *standing()]
    names = [one.name for one in made]
    if twice := {n for n in names if names.count(n) > 1}:
        raise AssertionError(f"the same name twice: {sorted(twice)}")
    return made


def two_departments(place: Path) -> Path:
    """Make a data folder with a good department, and one whose name has what few codings have; return it."""
    data = place / "data"
    good = good_data(place / "made")
    shutil.copytree(good, data / "departments" / "good")
    shutil.copytree(good, data / "departments" / "ghost")
    key("department", spelled(f"{EMOJI}局（虚构）"))(data / "departments" / "ghost" / str(YEAR))
    return data


def obeyed(
    one: Command, place: Path, shared: Path, pages: dict[str, bytes]
) -> tuple[list[str], Done]:
    """Do a command in a folder of its own; return the promises that it broke, and how it ended."""
    home = place / one.name
    here, outputs = home / "here", home / "here" / "outputs"
    here.mkdir(parents=True)
    data = Path(shutil.copytree(shared, home / "data")) if one.own else shared
    if one.prepare:
        one.prepare(here)
    before = seal(data)
    known = {"{data}": str(data), "{outputs}": str(outputs), "{here}": str(here)}

    def filled(word: str) -> str:
        for slot, said in known.items():
            word = word.replace(slot, said)
        return word

    environment = {**os.environ, "LC_ALL": "C.UTF-8"}
    for name, value in one.environment.items():
        environment.pop(name, None)
        if value is not None:
            environment[name] = filled(value)
    words = [
        *(["sh", "-c", one.shell, "sh"] if one.shell else []),
        *juesuan(*map(filled, one.words)),
    ]
    if not environment.get("PATH") and one.shell:
        words[0] = "/bin/sh"
    done = do(words, one.seconds + 10, environment, here)
    broken = broken_by(
        done,
        one.statuses,
        (environment.get("PYTHONIOENCODING") or "utf-8")
        .replace("ascii", "utf-8")
        .replace("latin-1", "utf-8"),
    )
    if done.seconds > one.seconds:
        broken.append(f"took {done.seconds:.0f} s")
    if one.said and one.said not in done.said:
        broken.append(f"does not say {one.said}: {_last_line(done.err)}")
    if done.status in (2, 3) and not done.err.strip() and "2>" not in one.shell:
        broken.append(f"ended with {done.status} and said nothing")
    if len(done.err) > 2000 and done.status == 2:
        broken.append(f"says {len(done.err)} bytes")
    if (here / "ran").exists():
        broken.append("runs what lies in a folder that it was only started from")
    if one.same and done.status == 0:
        broken += [
            f"{name} is not the same as undisturbed"
            for name, page in pages.items()
            if _bytes(outputs / name) != page
        ]
    broken += [f"an input was changed: {name}" for name in changed(before, seal(data))[:2]]
    return broken, done


def all_obeyed(
    place: Path, chosen: list[Command], jobs: int = 2
) -> dict[str, tuple[list[str], Done]]:
    """Do every command and return the promises that each broke, and how it ended."""
    shared = two_departments(place / "shared")
    undisturbed = do(
        juesuan("run", "--data", shared, "--outputs", place / "undisturbed", "-y", str(YEAR)),
        SECONDS,
    )
    if undisturbed.status:
        raise AssertionError(undisturbed.said)
    pages = {
        f"good/{YEAR}/{name}": _bytes(place / "undisturbed" / "good" / str(YEAR) / name)
        for name in engine.FILES
        if name != "run.json"
    }
    with ThreadPoolExecutor(jobs) as several:
        ended = list(several.map(lambda one: obeyed(one, place, shared, pages), chosen))
    return {one.name: end for one, end in zip(chosen, ended)}


def _chosen(every: list, names: list[str]) -> list:
    """Return what is named; a name may end in * and then stands for all that begin so."""
    return [
        one
        for one in every
        if not names
        or any(one.name == n or n.endswith("*") and one.name.startswith(n[:-1]) for n in names)
    ]


def everything(
    names: list[str], seconds: int = SECONDS, aloud: bool = False
) -> tuple[list[str], str]:
    """Do all that is named, or all there is; return the broken promises by name, and one line that sums up."""
    some, whole = _chosen(inputs(), names), _chosen(commands(), names)
    with tempfile.TemporaryDirectory(prefix="hostile-") as scratch:
        outcome = suite(Path(scratch) / "inputs", some, seconds) if some else Outcome({})
        ended = all_obeyed(Path(scratch) / "commands", whole) if whole else {}
    verdicts = outcome.verdicts.values()
    broken = outcome.lines() + [f"{name}: {b}" for name, (some_, _) in ended.items() for b in some_]
    came = [(v.one.name, v.status, v.seconds, v.memory, v.said) for v in verdicts]
    came += [
        (
            name,
            "ok" if d.status in (0, 1) else "failed",
            d.seconds,
            d.memory,
            d.err.decode("utf-8", "replace"),
        )
        for name, (_, d) in ended.items()
    ]
    for name, status, seconds_, memory, said in came if aloud else ():
        print(f"{name}: {status}, {seconds_:.1f} s, {memory >> 20} MB {said[:600]!r}")
    slowest = max(came, key=lambda c: c[2], default=("", "", 0, 0, ""))
    largest = max(*(c[3] for c in came), outcome.memory, 0)
    refused, fine = (sum(c[1] == status for c in came) for status in ("failed", "ok"))
    return broken, (
        f"{len(some)} hostile inputs and {len(whole)} hostile commands: {refused} refused, {fine} fine; "
        f"slowest {slowest[2]:.1f} s ({slowest[0]}), largest {largest >> 20} MB; "
        f"promises broken: {len(broken)}"
    )


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument(
        "names", nargs="*", help="only these inputs and commands; a name may end in *"
    )
    parser.add_argument("--seconds", type=int, default=SECONDS)
    options = parser.parse_args()
    broken, line = everything(options.names, options.seconds, bool(options.names))
    print("\n".join([*broken, line]))
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main())
