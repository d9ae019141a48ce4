"""The letter of findings to a department: every matter that is true or not yet decided, a row each, with a column to reply."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from docx.enum.section import WD_ORIENT
from docx.shared import Mm

from helpers.basics.model import SERIOUS, Finding
from helpers.export import word
from helpers.export.wordtable import table_xml
from helpers.report.laid import HEAD, Slot
from helpers.review.causes import Cause
from helpers.review.corrections import PENDING, TRUE
from helpers.review.review import Review

HEADS = (
    ("序号", 600),
    ("位置", 2100),
    ("核查意见", 3900),
    ("公开数", 1150),
    ("应为", 1150),
    ("依据", 1750),
    ("整改要求", 1500),
    ("责任人", 800),
    ("期限", 800),
    ("回复", 1350),
)
MOST_SECTIONS = 6  # that a matter names; of more it says how many
_DEMANDS = {"error": "更正公开的内容", "warning": "补充说明，或更正"}
_SUMS = frozenset(("表内合计", "层级合计", "数与明细"))  # functions of checks.yaml
_DATE = "　　年　　月　　日"
_SIGNED = f"经办人：　　　　　　联系电话：　　　　　　（印章）　　{_DATE}"
_HALF_POINTS, _MARGIN = 18, Mm(15)


@dataclass(frozen=True, kw_only=True)
class Matter:
    """One row of the letter: a root cause, and what of it is to be answered."""

    cause: Cause
    findings: tuple[Finding, ...]


def matters(review: Review, only_decided: bool = False) -> list[Matter]:
    """Return what a department has to answer, worst first: errors and warnings that are true or, unless told, undecided.

    What was copied wrongly from what it published is not its to answer, unless somebody decided that it is true.
    """
    states = (TRUE,) if only_decided else (TRUE, PENDING, "")
    found = []
    for cause in review.causes:
        left = tuple(m for m in cause.members if m.severity in SERIOUS and m.decision in states)
        is_ours = cause.is_ours and all(m.decision != TRUE for m in left)
        if left and not is_ours:
            found.append(Matter(cause=cause, findings=left))
    return found


def letter(review: Review, some: list[Matter]) -> bytes:
    """Return the letter about some matters as a Word document; the same matters give the same bytes."""
    document, profile = word.blank(), review.disclosure.profile
    section = document.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = section.page_height, section.page_width
    section.left_margin = section.right_margin = section.top_margin = _MARGIN
    known = word.styles(document)
    title = f"关于{profile.department} {profile.year} 年度{profile.kind}决算公开的核查意见"
    many = sum(len(matter.findings) for matter in some)
    opening = (
        f"经核查，你{profile.kind} {profile.year} 年度{profile.kind}决算公开有下列 {len(some)} 个问题，"
        f"共涉及 {many} 处。请逐项核实、更正或说明，填写「回复」一栏，{_DATE}前退回。金额单位：万元。"
    )
    body = [
        word.paragraph_xml(word.run_xml(title), known[word.CAPTION], "center"),
        word.paragraph_xml(word.run_xml(f"{profile.department}："), known[word.NOTE]),
        word.paragraph_xml(word.run_xml(opening), known[word.NOTE]),
        table_xml(
            [[Slot(text=name, look=HEAD) for name, _ in HEADS]],
            [[Slot(text=text) for text in _row(n, one, review)] for n, one in enumerate(some, 1)],
            [width for _, width in HEADS],
            known[word.NOTE],
            _HALF_POINTS,
            caption=title,
        ),
        word.paragraph_xml(word.run_xml(_SIGNED), known[word.NOTE], "right"),
    ]
    place = document.element.body
    for element in word.parse_all("".join(body)):
        place.insert(len(place) - 1, element)
    return word.saved(document, title)


def _row(number: int, one: Matter, review: Review) -> Iterator[str]:
    """Yield the texts of a row as `HEADS` orders them."""
    first, alone = one.findings[0], len(one.findings) == 1
    yield str(number)
    yield _where(one, review)
    yield first.message if alone else one.cause.told
    yield _shared(f.found for f in one.findings)
    yield _shared(_asked(f, review) for f in one.findings)
    yield review.about(first.rule)[1]
    yield _DEMANDS[first.severity]
    yield from ("", "", "")


def _asked(found: Finding, review: Review) -> str:
    """Return what should be published; of a total and its parts nobody knows which is wrong, so that they should agree."""
    rule = review.rules.get(found.rule)
    is_sum = rule is not None and rule.function in _SUMS
    return f"与各项之和 {found.expected} 相符" if is_sum else found.expected


def _shared(values: Iterable[str]) -> str:
    """Return what all say alike; a matter of many amounts has none of its own."""
    first, *more = dict.fromkeys(values)
    return "" if more else first


def _where(one: Matter, review: Review) -> str:
    """Return the sections and tables that a matter stands in, and of a single cell what it is of."""
    sections = list(dict.fromkeys(f.section for f in one.findings if f.section))
    more = f" 等 {len(sections)} 处" if len(sections) > MOST_SECTIONS else ""
    told = "、".join(sections[:MOST_SECTIONS]) + more
    cell = review.descent.cell(one.findings[0].place)
    if cell is None or len(sections) > 1:
        return told or one.findings[0].place
    named = review.disclosure.tables.named(cell)
    return named if told in named else f"{told}：{named}"
