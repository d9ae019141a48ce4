"""What is usual: medians and median absolute deviations, of a department's other years and of its kind."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from decimal import Decimal
from functools import cached_property
from statistics import median

from helpers.across.numbers import Numbers

FEWEST = 3  # departments from which on a kind is compared within itself
CONSISTENT = Decimal(
    "1.4826"
)  # makes a median absolute deviation a standard deviation where values are normal
Measure = Callable[[str, int], Decimal | None]  # of a department and a year


class Usual:
    """One measure of all departments and years: what is usual of it, and how far one value is from that.

    What a value is held against is the department's own other years, where there are `OWN` of them, else its kind; how
    far is far, is what the same distance is within its kind.
    """

    OWN = 2

    def __init__(self, of: Numbers, measure: Measure):
        self.of = of
        self.values: dict[tuple[str, int], Decimal] = {
            (d, y): value
            for d in of.departments
            for y in of.years
            if (value := measure(d, y)) is not None
        }

    def others(self, department: str, year: int) -> list[Decimal]:
        """Return the values of a department's other years."""
        values = ((y, self.values.get((department, y))) for y in self.of.years)
        return [value for y, value in values if y != year and value is not None]

    def own(self, department: str, year: int) -> Decimal | None:
        """Return what is usual of a department by its other years, or nothing where they are too few."""
        others = self.others(department, year)
        return median(others) if len(others) >= self.OWN else None

    @cached_property
    def _of_kinds(self) -> dict[str, list[Decimal]]:
        found: dict[str, list[Decimal]] = defaultdict(list)
        for (d, _), value in self.values.items():
            found[self.kind(d)].append(value)
        return found

    def kind(self, department: str) -> str:
        """Return the kind that a department is compared with; of one that has few, all departments."""
        sector = self.of.sector(department)
        return sector if len(self.of.sectors[sector]) >= FEWEST else ""

    def group(self, department: str) -> str:
        """Return in words which departments a department is compared with."""
        kind = self.kind(department)
        return f"同类部门（{kind}）" if kind else "全部部门"

    def peers(self, department: str) -> Decimal:
        """Return the median of a department's kind over all years."""
        values = (
            self._of_kinds[kind] if (kind := self.kind(department)) else [*self.values.values()]
        )
        return median(values)

    def distance(self, department: str, year: int) -> Decimal:
        """Return how far a value is from what it is held against."""
        held = self.own(department, year)
        return self.values[department, year] - (self.peers(department) if held is None else held)

    @cached_property
    def _spreads(self) -> dict[str, Decimal]:
        apart: dict[str, list[Decimal]] = defaultdict(list)
        for d, y in self.values:
            for kind in {self.kind(d), ""}:
                apart[kind].append(abs(self.distance(d, y)))
        return {kind: CONSISTENT * median(some) for kind, some in apart.items()}

    def spread(self, department: str, year: int) -> Decimal:
        """Return how far apart values of a department's kind usually are, or its own of other years where that is more."""
        others, held = self.others(department, year), self.own(department, year)
        own = Decimal(0) if held is None else median(abs(v - held) for v in others)
        return max(self._spreads[self.kind(department)], CONSISTENT * own)

    def repeated(self, department: str, year: int) -> bool:
        """Return whether the department goes as far the same way in another year: it is then its own way."""
        far = self.distance(department, year)
        years = (y for y in self.of.years if y != year and (department, y) in self.values)
        return any(
            self.distance(department, y) * far > 0
            and abs(self.distance(department, y)) * 2 >= abs(far)
            for y in years
        )
