"""The planted faults: department-years with faults of known root, and whether each root is one matter that is named.

`python tests/planted.py` prints the table as Markdown. A fault is planted in a clean invented department-year;
what a whole report then finds and did not find before is of that root. A root is one matter when all of it is in one
cause, and is named when that cause stands at the planted line, sentence or cell. Where two faults are planted, each
is also planted alone, so that what is of which root is known, and a cause with findings of both is mixed.
"""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

sys.path.insert(0, str(Path(__file__).resolve().parent))

import mutation_kinds  # noqa: F401  enters the kinds into the table
from mutation_kinds import planting
from mutation_kinds.clean import Clean, build, write_book
from mutation_kinds.judging import SERIOUS, Mutation, Skip

from helpers.basics.model import Finding
from helpers.disclosure import disclosure
from helpers.review.causes import Cause
from helpers.review.review import Review

YEARS, PAIRS, PATIENCE = 120, 3, 60
FAULTS = (
    *planting.OF_FIGURES,
    *planting.OF_TEXTS,
    *planting.OF_TABLES,
)


@dataclass
class Outcome:
    """What became of one planted root."""

    kind: str
    spot: str
    found: int
    causes: int
    named: bool
    told: str = ""

    @property
    def is_one(self) -> bool:
        return self.causes == 1 and self.named


@dataclass
class Tally:
    """What became of all."""

    outcomes: list[Outcome] = field(default_factory=list)
    mixed: list[str] = field(default_factory=list)
    findings: int = 0
    causes: int = 0


def drawn(clean: Clean, kind: str, seed: int) -> Mutation | None:
    """Return a change of a kind that a department-year allows, or nothing."""
    chance = Random(f"{kind} {seed}")
    for _ in range(PATIENCE):
        try:
            return planting.ROOTS[kind](clean, chance)
        except Skip:
            continue
        except (LookupError, ValueError):
            return None
    return None


def reviewed(clean: Clean, changes: list[Mutation]) -> Review:
    """Return the review of a department-year with these changes, its files there only while it is made."""
    with tempfile.TemporaryDirectory() as folder:
        shutil.copytree(clean.data / "departments", Path(folder) / "departments")
        at = Path(folder) / clean.this.folder.path.relative_to(clean.data)
        for change in changes:
            if change.of == "text":
                (at / "published" / "narrative.txt").write_text(change.content, encoding="utf-8")
            elif change.of == "book":
                sheets = {n: change.content.get(n, grid) for n, grid in clean.sheets.items()}
                kept = {n: grid for n, grid in sheets.items() if grid}
                write_book(kept, at / "published" / "tables.xlsx")
            else:
                for name, text in change.content.items():
                    (at / name).write_text(text, encoding="utf-8")
        made = Review(disclosure.load(clean.this.folder.department, clean.year, Path(folder)))
        _ = made.found
        return made


def key(found: Finding) -> tuple[str, str, str]:
    """Return what a finding is known by, also where another fault changed what should be."""
    return found.rule, found.place, found.found if "-" in found.rule else ""


def raised(before: Review, after: Review) -> Counter:
    """Return the serious findings that were not there before."""
    count = lambda r: Counter(key(f) for f in r.found if f.severity in SERIOUS)  # noqa: E731
    return count(after) - count(before)


def judged(change: Mutation, kind: str, new: Counter, causes: list[Cause]) -> Outcome:
    """Return what became of a root whose findings are `new`."""
    mine = [c for c in causes if any(key(m) in new for m in c.members)]
    named = any(names(change, c) for c in mine)
    told = "；".join(f"{c.place} {c.sentence[:90]}（{len(c.members)}）" for c in mine[:4])
    return Outcome(kind, change.spot, new.total(), len(mine), named, told)


def names(change: Mutation, cause: Cause) -> bool:
    """Return whether a cause stands at the planted line, sentence or cell, or at a table that it befell."""
    return (
        change.names(cause.place)
        or any(change.names(place) for place in {m.place for m in cause.members} | {cause.section})
        and change.of != "figures"
    )


def one(seed: int, kinds: tuple[str, ...]) -> Tally:
    """Plant faults of these kinds together in one department-year."""
    tally = Tally()
    with tempfile.TemporaryDirectory() as folder:
        clean = build(seed, Path(folder))
        before = clean.this.review
        some = [(k, change) for k in kinds if (change := drawn(clean, k, seed))]
        if len({change.of for _, change in some}) < len(some) or not some:
            return tally
        whole = reviewed(clean, [change for _, change in some])
        alone = [
            raised(before, whole if len(some) == 1 else reviewed(clean, [change]))
            for _, change in some
        ]
        for (kind, change), new in zip(some, alone):
            if new:
                tally.outcomes.append(judged(change, kind, new, whole.causes))
        for cause in whole.causes:
            roots = [n for n, new in enumerate(alone) if any(key(m) in new for m in cause.members)]
            if len(roots) > 1:
                tally.mixed.append(f"种子 {seed}　{cause.sentence}")
        tally.findings = sum(f.severity in SERIOUS for f in whole.found)
        tally.causes = sum(c.severity in SERIOUS for c in whole.causes)
        return tally


def plan(years: int, pairs: int) -> list[tuple[int, tuple[str, ...]]]:
    """Return which faults are planted where: each kind in turn, and in the last few two at once."""
    single = [(n, (FAULTS[n % len(FAULTS)],)) for n in range(years - pairs)]
    double = [
        (n, (planting.OF_FIGURES[n % 3], planting.OF_TEXTS[n % 3]))
        for n in range(years - pairs, years)
    ]
    return single + double


def run(years: int = YEARS, pairs: int = PAIRS, jobs: int = 2, only: str = "") -> Tally:
    """Return what became of every planted root."""
    whole = Tally()
    chosen = [(s, k) for s, k in plan(years, pairs) if only in "".join(k)]
    with ProcessPoolExecutor(jobs) as pool:
        for tally in pool.map(one, *zip(*chosen), chunksize=2):
            whole.outcomes += tally.outcomes
            whole.mixed += tally.mixed
            whole.findings += tally.findings
            whole.causes += tally.causes
    return whole


def as_markdown(tally: Tally) -> str:
    """Return the table of kinds and counts."""
    lines = ["| planted | roots | findings | one cause, named |", "|---|--:|--:|--:|"]
    for kind in dict.fromkeys(o.kind for o in tally.outcomes):
        mine = [o for o in tally.outcomes if o.kind == kind]
        good = sum(o.is_one for o in mine)
        lines.append(f"| {kind} | {len(mine)} | {sum(o.found for o in mine)} | {good} |")
    roots, good = len(tally.outcomes), sum(o.is_one for o in tally.outcomes)
    told = sum(o.found for o in tally.outcomes)
    lines.append(f"| **all** | {roots} | {told} | {good} |")
    return "\n".join(
        [
            f"{roots} roots: {good} are one cause that names them, {100 * good / max(1, roots):.1f} of 100; "
            f"causes that mix two roots: {len(tally.mixed)}; errors and warnings {tally.findings}, "
            f"causes {tally.causes}, {tally.findings / max(1, tally.causes):.1f} to one.",
            "",
            *lines,
        ]
    )


def main() -> None:
    """Print the table; `--misses` prints the roots that are not one named cause."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--years", type=int, default=YEARS)
    parser.add_argument("--pairs", type=int, default=PAIRS)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--misses", action="store_true")
    parser.add_argument("only", nargs="?", default="", help="only kinds with these words")
    wanted = parser.parse_args()
    tally = run(wanted.years, wanted.pairs, wanted.jobs, wanted.only)
    print(as_markdown(tally))
    for line in tally.mixed:
        print("- mixed:", line)
    for outcome in tally.outcomes if wanted.misses else ():
        if not outcome.is_one:
            print(
                f"- {outcome.kind}　{outcome.spot}　{outcome.found} → {outcome.causes}　{outcome.told}"
            )


if __name__ == "__main__":
    main()
