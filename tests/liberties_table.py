"""The liberties: clean invented disclosures written otherwise, and what becomes of their numbers: `make liberties`.

Of each liberty are counted the numbers bound rightly, wrongly and not at all, where every declared number has a
value that no other has, so that the value alone says where it belongs; then, with the true values, the errors and
warnings, of which there must be none, and the planted digits that are found. Wanted are no number bound wrongly,
98 in 100 bound, one false finding in 50 texts, 99 in 100 planted digits found.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from pathlib import Path
from random import Random

sys.path.insert(0, str(Path(__file__).resolve().parent))

import liberties  # noqa: F401  enters the liberties into the table
from liberties.judging import Subject, Tally, attempt, subject
from liberties.liberty import LIBERTIES

from helpers.disclosure import disclosure
from helpers.sample import district, sample

DEPARTMENTS, SEED, YEARS = 100, 1, (2022, 2023, 2024, 2025)


def invented(ordinal: int, edition: str = "") -> Subject:
    """Return one invented department-year of an edition, ready for liberties."""
    one, year = district.department(SEED, ordinal), YEARS[ordinal % len(YEARS)]
    with tempfile.TemporaryDirectory() as data:
        sample.write(one, Path(data), range(year - 1, year + 1), edition=edition)
        return subject(disclosure.load(sample.name_of(one), year, Path(data)))


def one_department(
    ordinal: int, names: tuple[str, ...] = (), edition: str = ""
) -> dict[str, Tally]:
    """Take every liberty with one invented department-year; of another form those that its text allows."""
    ready = invented(ordinal, edition)
    return {
        name: attempt(ready, LIBERTIES[name])
        for name in names or LIBERTIES
        if not edition or allows(ready, name)
    }


def allows(ready: Subject, name: str) -> bool:
    """Return whether a text has what a liberty rewrites: a part, a sentence of the usual form."""
    try:
        for text in (ready.text, ready.truth.text):
            LIBERTIES[name].rewrite(text, Random(f"{name} {ready.name}"))
        return True
    except (ValueError, IndexError, StopIteration):
        return False


def run(
    departments: int, jobs: int = 2, names: tuple[str, ...] = (), edition: str = ""
) -> dict[str, Tally]:
    """Return what came of every liberty in as many department-years."""
    tallies = {name: Tally() for name in names or LIBERTIES}
    with ProcessPoolExecutor(jobs) as pool:
        for each in pool.map(
            partial(one_department, names=names, edition=edition), range(departments)
        ):
            for name, tally in each.items():
                tallies[name].add(tally)
    return tallies


def whole(tallies: dict[str, Tally]) -> Tally:
    """Return all tallies in one."""
    total = Tally()
    for tally in tallies.values():
        total.add(tally)
    return total


def as_markdown(tallies: dict[str, Tally]) -> str:
    """Return the table of liberties and counts; a false finding is — where findings are right."""
    lines = [
        "| One liberty | Texts | Bound | Wrongly | Not | Of 100 | False findings | In texts | Planted | Found | Of 100 |",
        "|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|",
    ]
    every = {**tallies, f"**{len(tallies)} liberties**": whole(tallies)}
    for name, t in every.items():
        told = name in LIBERTIES and LIBERTIES[name].told
        false = ("—", "—") if told else (t.false, t.unclean)
        lines.append(
            f"| {name} | {t.texts} | {t.right} | {t.wrong} | {t.unbound} | {t.bound:.1f} "
            f"| {false[0]} | {false[1]} | {t.planted} | {t.found} | {t.detected:.1f} |"
        )
    excepted = [
        f"- {one.name}：{one.told}"
        for one in LIBERTIES.values()
        if one.told and one.name in tallies
    ]
    return "\n".join(
        [*lines, "", "Findings are right, and not counted as false, where", "", *excepted]
    )


def main() -> None:
    """Print the table; `--misses N` prints some misses of each liberty after it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--departments", type=int, default=DEPARTMENTS)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--misses", type=int, default=0, metavar="N")
    parser.add_argument("--edition", default="", help="of which form, the usual one otherwise")
    parser.add_argument("liberties", nargs="*", help="only liberties whose names begin so")
    wanted = parser.parse_args()
    begins = tuple(wanted.liberties)
    names = tuple(name for name in LIBERTIES if name.startswith(begins)) if begins else ()
    if begins and not names:
        parser.error(f"no liberty begins with {' or '.join(begins)}")
    tallies = run(wanted.departments, wanted.jobs, names, wanted.edition)
    print(as_markdown(tallies))
    for name, tally in tallies.items():
        for miss in tally.misses[: wanted.misses]:
            print(f"- {name}：{miss}")


if __name__ == "__main__":
    main()
