"""Hostile narrative.txt: most are made to be slow to whoever looks back or ahead too far."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator

from hostile.inputs import BELL, BIDI, EITHER, EMOJI, ESC, REFUSED, TEXT, Input
from hostile.spoiling import NO_FILES, _rewrite, no_files, put, recoded, swap

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
        "blank-lines": "\n ",
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
