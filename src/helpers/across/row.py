"""One line of the index: how one department-year ended."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Row:
    """How one department-year ended. A report that failed has no findings to count; `report` is then the last good one."""

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

    @property
    def good(self) -> bool:
        """Whether the findings are those of today's inputs."""
        return self.status == "ok"

    @property
    def weight(self) -> tuple:
        """The place in the index: failed first, then by findings, then by name."""
        return self.good, -self.error, -self.warning, -self.missing, self.department, -self.year
