"""Hostile profile.yaml and corrections.yaml."""

from __future__ import annotations

import random
from collections.abc import Iterator

from hostile.inputs import (
    BELL,
    BIDI,
    CORRECTIONS,
    EITHER,
    EMOJI,
    ESC,
    PROFILE,
    REFUSED,
    Input,
    Spoil,
)
from hostile.spoiling import NO_FILES, added, no_files, put, recoded, swap


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
