"""Hostile figures.csv."""

from __future__ import annotations

import csv
import io
import random
from collections.abc import Iterator

from hostile.books import book
from hostile.inputs import BELL, BIDI, EITHER, EMOJI, ESC, FIGURES, FINE, REFUSED, Input, Spoil
from hostile.spoiling import NO_FILES, _rewrite, added, no_files, put, recoded

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
