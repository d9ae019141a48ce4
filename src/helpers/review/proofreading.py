"""The published text read for what no figure decides: its lines, names, headings and terms."""

from __future__ import annotations

import re
from bisect import bisect
from collections import defaultdict
from collections.abc import Iterable, Iterator
from difflib import SequenceMatcher
from functools import cache, cached_property
from itertools import pairwise

from helpers.basics.model import Finding, Profile, Statement
from helpers.basics.text import folded_text, narrow
from helpers.disclosure.tables import Tables
from helpers.edition import codes, edition
from helpers.edition.edition import Edition
from helpers.edition.members import bare
from helpers.edition.outline import STATEMENT
from helpers.published.published import Narrative
from helpers.published.sections import last_heading, plain_heading
from helpers.review import looks
from helpers.review.looks import Line, Proof

MANY = 3  # subjects beyond which they are told as one matter
_UNITS = re.compile(r"二级预算单位(\d+)个")
_SPENT = re.compile(r"(?!0+(?:\.0+)?\D)(?<![\d.])\d+(?:\.\d+)?(?:万元|元)")
_EXPLAINED = re.compile(
    "用于|用途|安排|原因|增加|减少|增长|下降|上升|降低|持平|一致|相比|[较比](?:上年|去年|20)|同比"
)
_TITLE = re.compile(r"(?:第.部分)?([^\d,，。;；:：]{4,}?)\d{4}年度?(?:部门|单位)?决算.{0,6}")
_BEFORE_TITLE = re.compile(r"(?:\d{4}年度?)?(?:关于|部门|单位)?$")  # 一、2023年度部门收入决算情况
_UNENDED = re.compile("[;；,，、]$")
_TERM = re.compile(
    r"([^\d.、。;；:：]+?)\(类\)([^()]+(?:\([^()]*\)[^()]*)*)\(款\)([^()]+(?:\([^()]*\)[^()]*)*)\(项\)"
)


def findings(
    narrative: Narrative,
    profile: Profile,
    tables: Tables,
    statements: list[Statement],
    told: Iterable[tuple[int, str]] = (),
) -> list[Finding]:
    """Return what a proofreader would mark, each at its line of the published file.

    `told` are the numbers whose unit is told to be wrong already: the line of each, and it with what leads to it.
    """
    reader = _Reader(narrative, profile, edition.load(profile.edition), statements, told)
    return [
        *reader.lines(),
        *reader.whole(),
        *reader.headings(),
        *reader.ends(),
        *reader.purposes(),
        *reader.terms(tables),
    ]


class _Reader:
    """One published text while it is read."""

    def __init__(
        self,
        narrative: Narrative,
        profile: Profile,
        declared: Edition,
        statements: list[Statement],
        told: Iterable[tuple[int, str]],
    ):
        self.profile, self.declared, self.words = profile, declared, declared.proofs
        self.statements = {s.number: s for s in statements}
        texts = (folded_text(e.text) for s in statements for e in s.sentences)
        self.proof = Proof(
            narrative.name.rpartition("/")[2],
            profile.year,
            declared.proofs,
            declared.kinds,
            frozenset(match[0] for text in texts for match in looks.TWICE.finditer(text)),
            _others(codes.year_of_names(profile.year)),
        )
        starts = [n for n, _ in narrative.lines]
        told_in = defaultdict[int, list[str]](list)  # by the line that a paragraph begins with
        for n, words in told:
            told_in[starts[bisect(starts, n) - 1]].append(words)
        self.printed: list[Line] = [
            Line(n, raw, folded_text(raw), self.proof, narrative.page(n), tuple(told_in[n]))
            for n, raw in narrative.lines
        ]

    def lines(self) -> Iterator[Finding]:
        for line in self.printed:
            yield from looks.findings(line)

    def whole(self) -> Iterator[Finding]:
        """Statements that contradict each other, the count of units, the department's name."""
        text = self._text
        for one, other in self.words.contrary:
            a, b = (folded_text(words) for words in (one, other))
            if a in text and b in text:
                yield self._first(b).say("校-矛盾", 一处=one, 另一处=other)
        units = self.profile.texts.get("二级单位", ())
        for line in self.printed if units else ():
            for match in _UNITS.finditer(line.text):
                if int(match[1]) != len(units):
                    yield line.say("校-单位数", 公开=match[1], 单位数=len(units))
        yield from self._names(text)

    def _names(self, text: str) -> Iterator[Finding]:
        """A name that is almost the department's is a slip, unless it is one of its units' own."""
        units = [folded_text(unit) for unit in self.profile.texts.get("二级单位", ())]
        name = folded_text(self.profile.department)
        slips = dict(self._heads(name))
        for window in _windows(text, name):
            slips.setdefault(window, self._first(window))
        for window, line in slips.items():
            if not any(window in unit for unit in units):
                yield line.say("校-名称", expected=self.profile.department, found=window)

    def _heads(self, name: str) -> Iterator[tuple[str, Line]]:
        """Yield what is almost the name at the head of the text and of its parts; a note in brackets may lack."""
        short = re.compile(re.escape(re.sub(r"\([^()]*\)$", "", name)) + r"(?!\()")
        for line in self.printed:
            title = _TITLE.fullmatch(line.text)
            is_another = title and name not in title[1] and not short.match(title[1])
            if title and is_another and _is_almost(title[1], name, 0.75):
                yield title[1], line
        for line in self.printed[:5]:
            head = re.split(r"\d|[,，。]", line.text)[0][: len(name) + 2]
            is_another = name not in line.text and not short.match(head)
            if is_another and len(head) >= 4 and _is_almost(head, name, 0.75):
                yield head, line

    def _first(self, words: str) -> Line:
        """Return the first line with some words; what runs over lines stands at the beginning."""
        return next(
            (line for line in self.printed if words in line.text), Line(1, "", "", self.proof)
        )

    def ends(self) -> Iterator[Finding]:
        """A paragraph before a heading ends with a full stop."""
        titles = [folded_text(s.title) for s in self.statements.values() if s.title]
        for line, following in pairwise(self.printed):
            if (end := _UNENDED.search(line.text)) and any(
                plain_heading(following.text, title) for title in titles
            ):
                yield line.say("校-段末", found=end[0])

    def headings(self) -> Iterator[Finding]:
        """Each numbered section has its heading and the number that belongs to it."""
        for part, section, item in self.declared.outline.items(STATEMENT):
            statement, number = self.statements.get(item.number), item.ordinal or section.ordinal
            if statement and statement.title and number and part.is_proofread:
                yield from self._heading(statement, number)

    def _heading(self, statement: Statement, number: str) -> Iterator[Finding]:
        title, called = folded_text(statement.title), statement.title
        line = self._under(title)
        found = plain_heading(line.text, title) if line else None
        if line is None or found is None:
            sentence = next(iter(statement.sentences), None)
            place = sentence.id if sentence else f"{self.proof.file}:1"
            yield self.proof.kinds.finding("校-标题/没有", place, expected=called)
            return
        before = _BEFORE_TITLE.sub("", found.before).strip("()、.")
        if before and before != number:
            yield line.say("校-标题/编号", expected=number, found=before, 标题=called)
        elif before != number:
            yield line.say("校-标题/无编号", expected=number, 标题=called)

    def _under(self, title: str) -> Line | None:
        """Return the last line that is this heading: the first may be the table of contents."""
        found = last_heading(self._text, title)
        return self.printed[self._text.count("\n", 0, found[1])] if found else None

    @cached_property
    def _text(self) -> str:
        return "\n".join(line.text for line in self.printed)

    def purposes(self) -> Iterator[Finding]:
        """A section that prints an amount which is not zero says what for, or how it changed."""
        for number in self.words.purposes:
            statement = self.statements.get(number)
            heading = self._under(folded_text(statement.title)) if statement else None
            if statement is None or heading is None:
                continue
            body = self._body(heading)
            spent = next((line for line in body if _SPENT.search(line.text)), None)
            if spent and not any(_EXPLAINED.search(line.text) for line in body):
                words = spent.text[:40]
                yield spent.say("校-用途", found=words, 公开=words, 标题=statement.title)

    def _body(self, heading: Line) -> list[Line]:
        """Return the lines between a heading and the next."""
        titles = [folded_text(s.title) for s in self.statements.values() if s.title]
        after = self.printed[self.printed.index(heading) + 1 :]
        ends = (n for n, x in enumerate(after) if any(plain_heading(x.text, t) for t in titles))
        return after[: next(ends, len(after))]

    def terms(self, tables: Tables) -> Iterator[Finding]:
        """Explained subjects are in the code list and the tables; subjects used are explained."""
        explaining = self.declared.wording.declarations.get(self.words.terms)
        heading = self._under(folded_text(explaining.title)) if explaining else None
        if explaining is None or heading is None:
            return
        table = tables.forms.get(self.words.terms_of)
        sides = tables.table(table.number).sides if table else ()
        used = {r.key: r.label for side in sides for r in side.rows if len(r.key) == codes.FINEST}
        explained: set[str] = set()
        idle: list[tuple[Line, str]] = []
        for line, words, code in self._explained(heading):
            if code is None:
                yield line.say("校-科目名", found=words, 年度=self.profile.year)
                continue
            explained.add(code)
            if used and code not in used:
                idle.append((line, words))
        yield from _unused(idle)
        lacking = [label for code, label in used.items() if code not in explained]
        if explained and lacking:
            slots = {"标题": explaining.title, "科目": "、".join(lacking[:MANY])}
            yield (
                heading.say("校-名词/许多没有解释", 个数=len(lacking), **slots)
                if len(lacking) > MANY
                else heading.say("校-名词/没有解释", **slots)
            )

    def _explained(self, heading: Line) -> Iterator[tuple[Line, str, str | None]]:
        """Yield line, words and code, if it is listed, of each subject explained from a heading on."""
        by_names = _subjects(codes.year_of_names(self.profile.year))
        for line in self.printed[self.printed.index(heading) :]:
            match = _TERM.match(re.sub(r"^\d+[.、]", "", line.text))
            if match:
                yield line, match[0], by_names.get(tuple(map(_named, match.groups())))


def _unused(idle: list[tuple[Line, str]]) -> Iterator[Finding]:
    """Yield the subjects that are explained and not used; many are a list that was pasted whole, and one matter."""
    if len(idle) > MANY:
        line, words = idle[0]
        yield line.say("校-名词/许多没有用到", found=words, 个数=len(idle))
        return
    for line, words in idle:
        yield line.say("校-名词/没有用到", found=words)


def _windows(text: str, name: str) -> Iterator[str]:
    """Yield what stands almost as a name anywhere in a text, with its beginning and its end."""
    for match in re.finditer(re.escape(name[:2]), text) if len(name) > 5 else ():
        window = text[match.start() : match.start() + len(name)]
        is_another = window != name and "\n" not in window and window[-2:] == name[-2:]
        if is_another and _is_almost(window, name, 0.8):
            yield window


def _is_almost(words: str, name: str, likeness: float) -> bool:
    return SequenceMatcher(None, words, name, autojunk=False).ratio() >= likeness


def get_ready(year: int) -> None:
    """Know the names of subjects as they are in a year."""
    looks.miswritten(_others(year)), _subjects(year)


@cache
def _others(year: int) -> frozenset[str]:
    """Return the names of subjects and categories that begin with 其他 and say more, with and without a final 支出."""
    functional, economic = codes.functional(), codes.economic()
    called = {functional.name(code, year) for code in functional}
    called |= {economic.name(code, year) for code in economic}
    called |= {name for i in codes.vocabulary().items.values() for name in (*i.parents, *i.alone)}
    names = {folded_text(name) for name in called}
    names |= {name.removesuffix("支出") for name in names}
    return frozenset(name for name in names if name.startswith("其他") and len(name) > 3)


@cache
def _subjects(year: int) -> dict[tuple[str, ...], str]:
    """Return the codes of all 项 by the names of their 类, 款 and 项 in a year."""
    name = codes.functional().name
    return {
        tuple(_named(name(part, year)) for part in (code[:3], code[:5], code)): code
        for code in codes.functional()
        if len(code) == 7
    }


def _named(name: str) -> str:
    return bare(narrow(name))
