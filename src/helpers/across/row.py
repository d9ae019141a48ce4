"""One line of the index: how one department-year ended."""

from __future__ import annotations

from dataclasses import dataclass

from helpers.across.matter import PENDING, Matter


@dataclass(frozen=True)
class Row:
    """How one department-year ended. A report that failed has no findings to count; `report` is then the last good one.

    `matters` are its root causes as run.json has them, each with what it led to; `letter` is where its letter is;
    `lacking` says what was not published, with which its figures could not be compared.
    """

    department: str
    name: str
    year: int
    status: str
    error: int
    warning: int
    hint: int
    missing: int
    seconds: float
    report: str
    reason: str = ""
    edition: str = ""
    matters: tuple[Matter, ...] = ()
    letter: str = ""
    lacking: str = ""

    @property
    def good(self) -> bool:
        """Whether the findings are those of today's inputs."""
        return self.status == "ok"

    @property
    def causes(self) -> int:
        """How many root causes there are."""
        return len(self.matters)

    @property
    def decided(self) -> int:
        """Of how many of them it was decided what they are."""
        return self.causes - self.open

    @property
    def open(self) -> int:
        """Of how many of them it was not: nobody looked, or it is still to be verified."""
        return sum([matter.decision in ("", PENDING) for matter in self.matters])

    @property
    def weight(self) -> tuple:
        """The place in the index: failed first, then by root causes, then by findings, then by name."""
        of = [matter.severity for matter in self.matters].count
        causes = -of("error"), -of("warning"), -of("missing")
        counts = -self.error, -self.warning, -self.missing
        return self.good, *causes, *counts, self.department, -self.year
