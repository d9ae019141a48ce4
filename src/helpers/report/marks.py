"""Findings in place: at the number and at the cell that a finding is about, what was published and what was computed."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property

from helpers.basics.model import SERIOUS, Finding, Number, Sentence
from helpers.report.elements import anchor, tag, text
from helpers.report.sides import Held, Sides
from helpers.review.comparison import Comparison
from helpers.review.telling import with_unit
from helpers.review.verdicts import DIFFERS, ROUNDING, Judged


def finding_anchor(number: int) -> str:
    """Return the id of a finding by its number in the list."""
    return anchor("d", str(number))


@dataclass(frozen=True, kw_only=True)
class Apart:
    """A published number that is not the recomputed one: as printed, its finding's number, and how much holds on either side."""

    theirs: str
    finding: int
    severity: str
    held: Held
    id: str = ""

    def beside(self, ours: str) -> str:
        """Return the recomputed number with the published one beside it; what is known to be wrong is struck out."""
        us = (
            "del"
            if self.held.recomputed_is_wrong
            else "ins"
            if self.held.published_is_wrong
            else ""
        )
        them = {"del": "ins", "ins": "del"}.get(us, "span")
        printed = "公开 " + tag(them, text(self.theirs))
        return tag(
            "span",
            tag(us or "span", ours, class_="ours")
            + tag("a", printed, class_="theirs", href=f"#{finding_anchor(self.finding)}"),
            class_=f"apart {self.severity}",
            title=self.held.said,
            id=self.id,
        )


def flag(number: int, found: Finding, count: int = 1) -> str:
    """Return the small link from a place to the first of its findings; the text that it stands in stays as it is."""
    words = f"疑点{found.cause}" + (f"等{count}项" if count > 1 else "")
    target = f"#{finding_anchor(number)}"
    return tag("a", class_=f"flag {found.severity}", href=target, aria_label=words)


class Marks:
    """The places of one report's findings. `found` are its findings, those of each cause together."""

    def __init__(self, found: list[Finding], comparison: Comparison, sides: Sides):
        self._found, self._comparison, self._sides = found, comparison, sides

    def link(self, finding: Finding) -> str:
        """Return the link to the printed number that a finding is about, or nothing where no number of a sentence is."""
        at = self._numbers_of.get(finding)
        return f"#{_number_anchor(*at)}" if at else ""

    def of_number(self, sentence: Sentence, number: Number) -> Apart | None:
        """Return how the published number in the place of a written one differs, if it does."""
        at = sentence.id, number.start
        found = self._of_numbers.get(at)
        if found is None:
            return None
        judged = self._comparison.published[at]
        return Apart(
            theirs=with_unit(judged.printed) if judged.because else judged.printed.text,
            finding=found,
            severity=self._found[found - 1].severity,
            held=self._sides.of_number(judged),
            id=_number_anchor(*at),
        )

    def of_sentence(self, sentence: Sentence) -> str:
        """Return the link from a sentence to its findings that are about none of its numbers."""
        shown = set(self._of_numbers.values())
        return self._flag([n for n in self._by_place.get(sentence.id, ()) if n not in shown])

    def of_place(self, place: str) -> str:
        """Return the link from a cell to its findings, or nothing where it has none."""
        return self._flag(self._by_place.get(place, []))

    def of_cell(self, printed: Finding, theirs: str, held: Held) -> Apart:
        """Return how a published cell differs, by the finding that its published number gave."""
        number = next(
            (n for n in self._by_place[printed.place] if self._found[n - 1].rule == printed.rule), 0
        )
        return Apart(
            theirs=theirs, finding=number, severity=self._found[number - 1].severity, held=held
        )

    def _flag(self, numbers: list[int]) -> str:
        some = [n for n in numbers if self._found[n - 1].severity in SERIOUS]
        return flag(some[0], self._found[some[0] - 1], len(some)) if some else ""

    @cached_property
    def _by_place(self) -> dict[str, list[int]]:
        found: dict[str, list[int]] = defaultdict(list)
        for n, finding in enumerate(self._found, 1):
            found[finding.place].append(n)
        return found

    @cached_property
    def _of_numbers(self) -> dict[tuple[str, int], int]:
        """The finding of each published number in the place of a written one, by the sentence and where it starts in it."""
        found: dict[tuple[str, int], int] = {}
        for at, judged in self._comparison.published.items():
            if judged.verdict in (DIFFERS, ROUNDING):
                number = self._finding_of(judged, at[0], set(found.values()))
                if number:
                    found[at] = number
        return found

    @cached_property
    def _numbers_of(self) -> dict[Finding, tuple[str, int]]:
        return {self._found[n - 1]: at for at, n in self._of_numbers.items()}

    def _finding_of(self, judged: Judged, sentence: str, taken: set[int]) -> int:
        said = with_unit(judged.written), with_unit(judged.printed)
        return next(
            (
                n
                for n in self._by_place.get(sentence, ())
                if n not in taken
                and (self._found[n - 1].expected, self._found[n - 1].found) == said
            ),
            0,
        )


def _number_anchor(sentence: str, start: int) -> str:
    return anchor("s", sentence, str(start))
