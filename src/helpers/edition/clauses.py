"""The sentences of a declaration as they are read: templates, and choices between them (当 … 写 … 否则 …)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Set
from dataclasses import dataclass
from functools import cache

from helpers.basics.errors import DataError, nearest, shown
from helpers.basics.model import BUDGET, LAST_YEAR
from helpers.basics.yamltext import Keys, Mapping, Sequence, Word, vet
from helpers.edition import codes
from helpers.edition.slots import OWN_TEXTS, Slot, Template, template

NEW_PARAGRAPH = "另起"
KNOWN, UNKNOWN, ZERO, NOT_ZERO, MORE, LESS, EQUAL, MOVED = (
    "已知",
    "未知",
    "为零",
    "不为零",
    "增加",
    "减少",
    "持平",
    "有变动",
)
_OF_BUDGET = {"超": MORE, "低于": LESS, "等于": EQUAL, "无": ZERO, "有": NOT_ZERO}
_TYPED = re.compile(r"\d+(\.\d+)?(万元(?!(（含）)?以上)|%)")
_CHOICE: Keys = {"当": Word, "写": (Word, Sequence, Mapping), "否则": (Word, Sequence, Mapping)}


@cache
def predicates() -> dict[str, tuple[str, str]]:
    """Return what may be asked of a quantity: the question, and the basis that it is asked of or held against."""
    budgets = (BUDGET, *codes.vocabulary().bases(BUDGET))
    return {
        **{question: (question, "") for question in (KNOWN, UNKNOWN, ZERO, NOT_ZERO)},
        **{question: (question, LAST_YEAR) for question in (MORE, LESS, EQUAL, MOVED)},
        **{f"{word}{b}": (question, b) for word, question in _OF_BUDGET.items() for b in budgets},
    }


@dataclass(frozen=True)
class Choice:
    """A sentence that depends on conditions, pairs of subject and predicate that must all hold."""

    conditions: tuple[tuple[str, str], ...]
    then: tuple[Clause, ...]
    otherwise: tuple[Clause, ...]


Clause = Template | Choice


@dataclass(frozen=True)
class Reader:
    """Reads the sentences of one declaration of a file, which may name these quantities and enumerations.

    `in_row` says that they are those of an enumeration, and may name what its row is called.
    """

    file: str
    quantities: Set[str]
    listings: Set[str] = frozenset()
    in_row: bool = False

    def clauses(self, raw: Word | Sequence | Mapping) -> tuple[Clause, ...]:
        """Return sentences, or the one that stands alone, vetted."""
        entries = raw if isinstance(raw, Sequence) else [raw]
        return tuple(
            self._template(entry) if isinstance(entry, Word) else self._choice(entry)
            for entry in entries
        )

    def _template(self, text: Word) -> Template:
        at = f"{self.file} 第 {text.line} 行"
        try:
            parsed = template(text, self.quantities, self.in_row)
        except ValueError as error:
            raise DataError(at, str(error)) from None
        for slot in parsed:
            if (
                isinstance(slot, Slot)
                and slot.word == "列举"
                and slot.names[0] not in self.listings
            ):
                raise DataError(at, f"没有声明列举「{slot.names[0]}」")
        for part in parsed:
            if isinstance(part, str) and (typed := _TYPED.search(part)):
                raise DataError(at, f"句子里直接写了「{typed[0]}」", "槽，如 {总计}")
        return parsed

    def _choice(self, raw: object) -> Choice:
        entry = vet(raw, self.file, _CHOICE, ("当", "写"))
        choice = Choice(
            conditions=self._conditions(entry["当"]),
            then=self.clauses(entry["写"]),
            otherwise=self.clauses(entry.get("否则", Sequence())),
        )
        asked = [subject for subject, predicate in choice.conditions if predicate == "有文字"]
        own = [s.names[0] for c in choice.then for s in slots_of(c) if s.word in OWN_TEXTS]
        if asked and own and not set(asked) & set(own):
            raise DataError(
                f"{self.file} 第 {entry['当'].line} 行",
                f"问的是文字「{shown(asked[0])}」，印的是「{shown(own[0])}」",
                "问哪一个就印哪一个",
            )
        return choice

    def _conditions(self, text: Word) -> tuple[tuple[str, str], ...]:
        """Parse `甲 为零 且 有文字 原因/三公经费`."""
        pairs = []
        for part in text.split(" 且 "):
            subject, _, predicate = part.strip().rpartition(" ")
            if subject in ("有文字", "无文字", "有列举", "类型"):
                subject, predicate = predicate, subject
            good = (
                predicate in ("有文字", "无文字")
                or (predicate == "有列举" and subject in self.listings)
                or (predicate == "类型" and subject in ("部门", "单位"))
                or (predicate in predicates() and subject in self.quantities)
            )
            if not good:
                at = f"{self.file} 第 {text.line} 行"
                if predicate in predicates():
                    problem = f"没有量「{shown(subject)}」{nearest(subject, self.quantities)}"
                    raise DataError(at, problem, "本说明或文件开头写过的量")
                raise DataError(
                    at,
                    f"看不懂条件「{shown(part)}」",
                    "「量 " + "|".join(predicates()) + "」或「有文字 键」",
                )
            pairs.append((subject, predicate))
        return tuple(pairs)


def slots_of(clause: Clause) -> Iterator[Slot]:
    """Yield every slot of a sentence, in all its branches."""
    if isinstance(clause, Choice):
        for inner in (*clause.then, *clause.otherwise):
            yield from slots_of(inner)
    else:
        yield from (part for part in clause if isinstance(part, Slot))
