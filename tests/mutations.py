"""The mutation benchmark: clean invented disclosures, one thing changed in each, and whether it is found.

`python tests/mutations.py` prints the table of kinds and counts as Markdown. A change counts as found when
there is a finding of severity error or warning that the clean disclosure does not have, and as found at the
right place when such a finding names the changed cell, the changed sentence or its line, or the figure.
A change that rounding explains is no change: it is skipped and counted as skipped. The spot is drawn
from a section or table first and then from what stands in it, so that long tables do not crowd out short ones.
With `--free` the changes of the narrative are made in freely worded text: a liberty is taken with the changed
text and with the clean one, and a change counts as found when it raises what the free clean text does not.
The kinds, the clean disclosures and the judging are in `tests/mutation_kinds/`; here it is counted.
"""

from __future__ import annotations

import argparse
import re
import sys
import tempfile
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from pathlib import Path
from random import Random

sys.path.insert(0, str(Path(__file__).resolve().parent))

import mutation_kinds  # noqa: F401  enters the kinds into the table
from mutation_kinds.clean import Clean, build
from mutation_kinds.free import freely
from mutation_kinds.judging import KINDS, SERIOUS, Skip, findings

from helpers.basics import paths

DEPARTMENTS, PATIENCE = 240, 40
KEPT = paths.ROOT / "docs" / "mutations.md"
PLAIN, FREE = "## Last table", "## Last table in freely worded text"


@dataclass
class Tally:
    """What came of one kind."""

    tried: int = 0
    found: int = 0
    placed: int = 0
    elsewhere: int = 0
    skipped: int = 0
    misses: list[str] = field(default_factory=list)

    def add(self, other: Tally) -> None:
        """Add the counts of another."""
        for name in ("tried", "found", "placed", "elsewhere", "skipped"):
            setattr(self, name, getattr(self, name) + getattr(other, name))
        self.misses += other.misses


def attempt(clean: Clean, name: str, free: bool = False) -> Tally:
    """Draw one change of a kind in a clean department-year and look for it; `free` means in freely worded text."""
    tally, chance = Tally(), Random(f"{name} {clean.seed}")
    for _ in range(PATIENCE):
        try:
            mutation = KINDS[name](clean, chance)
            if free and mutation.of != "text":
                return tally
            mutation, serious = (
                freely(clean, mutation, chance) if free else (mutation, findings(clean, mutation))
            )
        except Skip:
            tally.skipped += 1
            continue
        except (LookupError, ValueError):
            return tally
        break
    else:
        return tally
    right = [f for f in serious if mutation.names(f.place)]
    tally.tried, tally.found, tally.placed = 1, bool(serious), bool(right)
    tally.elsewhere = len(serious) > len(right)
    if not right:
        told = "；".join(f"{f.rule} {f.place}" for f in serious[:2])
        tally.misses.append(
            f"种子 {clean.seed}　{mutation.spot}　{'指到 ' + told if told else '没有发现'}"
        )
    return tally


def one_department(
    seed: int, kinds: tuple[str, ...] = (), free: bool = False, edition: str = ""
) -> tuple[dict[str, Tally], list[str], int]:
    """Build one clean department-year and try every kind on it; return also what its clean version wrongly raises."""
    with tempfile.TemporaryDirectory() as folder:
        clean = build(seed, Path(folder), edition)
        found = clean.this.found
        wrong = [
            f"种子 {seed}　{f.severity} {f.rule} {f.place} {f.message}"
            for f in found
            if f.severity in SERIOUS
        ]
        hints = sum(f.severity == "hint" for f in found)
        return {name: attempt(clean, name, free) for name in kinds or KINDS}, wrong, hints


def run(
    departments: int = DEPARTMENTS,
    jobs: int = 2,
    kinds: tuple[str, ...] = (),
    free: bool = False,
    edition: str = "",
) -> tuple[dict[str, Tally], list[str], list[int]]:
    """Return the tally of every kind, the findings on clean disclosures, and the hints of each."""
    tallies = {name: Tally() for name in kinds or KINDS}
    wrong: list[str] = []
    hints: list[int] = []
    with ProcessPoolExecutor(jobs) as pool:
        wanted = partial(one_department, kinds=kinds, free=free, edition=edition)
        for one, false, counted in pool.map(wanted, range(departments), chunksize=2):
            for name, tally in one.items():
                tallies[name].add(tally)
            wrong += false
            hints.append(counted)
    return tallies, wrong, hints


def as_markdown(tallies: dict[str, Tally], wrong: list[str], hints: list[int]) -> str:
    """Return the table of kinds and counts."""
    lines = [
        f"Clean department-years: {len(hints)}; errors and warnings on them: {len(wrong)}; hints: {sum(hints)}.",
        "",
        "| One change | Tried | Found | At the right place | Of 100 | Also elsewhere | Skipped |",
        "|---|--:|--:|--:|--:|--:|--:|",
    ]
    for name, t in tallies.items():
        rate = f"{100 * t.placed / t.tried:.1f}" if t.tried else "—"
        lines.append(
            f"| {name} | {t.tried} | {t.found} | {t.placed} | {rate} | {t.elsewhere} | {t.skipped} |"
        )
    total = [sum(getattr(t, n) for t in tallies.values()) for n in ("tried", "found", "placed")]
    lines.append(
        f"| **{len(tallies)} kinds** | {total[0]} | {total[1]} | {total[2]} | {100 * total[2] / max(1, total[0]):.1f} | | |"
    )
    return "\n".join(lines)


def keep(table: str, heading: str = PLAIN) -> None:
    """Put a table with today's date into the document that keeps it, in the place of the one before."""
    kept = re.split(r"^(?=## )", KEPT.read_text(encoding="utf-8"), flags=re.M)
    others = [part.rstrip() for part in kept if not part.startswith(f"{heading}\n")]
    section = f"{heading}\n\nOf {date.today()}.\n\n{table}"
    KEPT.write_text("\n\n".join([*others, section]) + "\n", encoding="utf-8")


def main() -> None:
    """Print the table; `--misses N` prints some misses of each kind after it, `--keep` puts it into the document."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--departments", type=int, default=DEPARTMENTS)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--misses", type=int, default=0, metavar="N")
    parser.add_argument("--keep", action="store_true")
    parser.add_argument("--free", action="store_true", help="in freely worded text")
    parser.add_argument("--edition", default="", help="of which form, the usual one otherwise")
    parser.add_argument("kinds", nargs="*", help="only these kinds")
    wanted = parser.parse_args()
    tallies, wrong, hints = run(
        wanted.departments, wanted.jobs, tuple(wanted.kinds), wanted.free, wanted.edition
    )
    tallies = {name: t for name, t in tallies.items() if t.tried or not wanted.free}
    table = as_markdown(tallies, wrong, hints)
    print(table)
    if wanted.keep:
        keep(table, FREE if wanted.free else PLAIN)
    for line in wrong[:10]:
        print("- not clean:", line)
    for name, tally in tallies.items():
        for miss in tally.misses[: wanted.misses]:
            print(f"- {name}：{miss}")


if __name__ == "__main__":
    main()
