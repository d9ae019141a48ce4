"""How many planted outliers the comparison names, and how many others: `make outliers` prints the table by kind.

An invented district of sixty departments over five years; in each kind's departments one year is changed, in its
figures.csv alone. What is named is looked for by department and year, so a second sentence about the same one is none
too many. The district of another --seed has other departments and other numbers.
"""

from __future__ import annotations

import csv
import sys
import tempfile
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from random import Random

from district import numbers

from helpers.across import outliers
from helpers.across.numbers import Numbers
from helpers.basics.csvtext import csv_text
from helpers.basics.paths import Folder
from helpers.sample import sample

DEPARTMENTS, YEARS, SEED, EACH = 60, range(2019, 2024), 3, 2
Rows = list[dict[str, str]]


def scaled(rows: Rows, factor: str, wanted: Callable[[dict], bool]) -> None:
    for row in filter(wanted, rows):
        row["amount"] = f"{(Decimal(row['amount']) * Decimal(factor)).quantize(Decimal('0.01')):f}"


def is_of(*items: str, **dimensions: str) -> Callable[[dict], bool]:
    return lambda row: row["item"] in items and all(row[k] == v for k, v in dimensions.items())


def final(row: dict) -> bool:
    return row["basis"] in ("", "决算")


def spending_up(rows: Rows) -> None:
    scaled(rows, "2.6", is_of("收入", "支出"))


def spending_down(rows: Rows) -> None:
    scaled(rows, "0.35", is_of("收入", "支出"))


def head_count(rows: Rows) -> None:
    for row in filter(is_of("数量", category="年末在职人数"), rows):
        row["amount"] += "0"


def running_costs(rows: Rows) -> None:
    scaled(
        rows,
        "3.5",
        lambda r: is_of("支出", nature="基本支出")(r) and r["economic"].startswith("302"),
    )


def budget(rows: Rows) -> None:
    scaled(rows, "1.7", lambda r: is_of("支出")(r) and not final(r))


def projects(rows: Rows) -> None:
    basic = sum(
        Decimal(r["amount"]) for r in rows if is_of("支出")(r) and final(r) and r["economic"]
    )
    mine = lambda r: is_of("支出", nature="项目支出")(r) and final(r)  # noqa: E731
    there = sum(Decimal(r["amount"]) for r in rows if mine(r) and r["economic"])
    scaled(rows, str(basic * 2 / there), mine)


def no_three_public(rows: Rows) -> None:
    scaled(rows, "0", is_of("三公经费"))


def recoded(rows: Rows) -> None:
    wages: dict[tuple[str, str], dict] = {}
    for row in list(filter(is_of("支出", nature="基本支出"), rows)):
        if row["economic"].startswith("301") and final(row):
            rows.remove(row)
            one = wages.setdefault(
                (row["fund"], row["economic"]), row | {"amount": "0", "function": "2299999"}
            )
            one["amount"] = f"{Decimal(one['amount']) + Decimal(row['amount']):f}"
    rows += wages.values()


def lost_class(rows: Rows) -> None:
    rows[:] = [r for r in rows if not (is_of("支出")(r) and r["function"].startswith("210"))]


def parted(rows: Rows) -> None:
    scaled(rows, "0.8", is_of("收入", "支出"))
    scaled(rows, "4", is_of("三公经费"))


def opening(rows: Rows) -> None:
    row = next(filter(is_of("结转结余", category="年初结转和结余"), rows))
    row["amount"] = f"{Decimal(row['amount']) + 432_100:f}"


def closing(rows: Rows) -> None:
    row = next(filter(is_of("结转结余", category="年末结转和结余"), rows))
    spent = sum(Decimal(r["amount"]) for r in rows if is_of("支出")(r) and final(r))
    row["amount"] = f"{Decimal(row['amount']) + spent:f}"


def carried_on(before: Folder) -> Callable[[Rows], None]:
    """Return what lets a year begin with what another left."""

    def change(rows: Rows) -> None:
        left = [r for r in read(before) if is_of("结转结余", category="年末结转和结余")(r)]
        rows[:] = [r for r in rows if not is_of("结转结余", category="年初结转和结余")(r)]
        rows += [r | {"category": "年初结转和结余"} for r in left]

    return change


def over_budget(rows: Rows) -> None:
    scaled(rows, "0.4", lambda r: is_of("三公经费")(r) and not final(r))


KINDS: dict[str, Callable[[Rows], None]] = {
    "spending 2.6 times": spending_up,
    "spending a third": spending_down,
    "head-count with a digit too many": head_count,
    "running costs 3.5 times": running_costs,
    "budget 1.7 times": budget,
    "projects twice all that was spent": projects,
    "no 三公经费": no_three_public,
    "wages in another class": recoded,
    "a class left out": lost_class,
    "三公经费 up, spending down": parted,
    "opening is not last year's closing": opening,
    "closing as large as spending": closing,
    "三公经费 2.5 times its budget": over_budget,
}
NEEDS_THREE_PUBLIC = {no_three_public, parted, over_budget}


def planted(
    data: Path, folders: list[Folder], chance: Random, each: int
) -> dict[tuple[str, int], str]:
    """Change a year of some departments, each department once; return which, and of which kind."""
    departments = sorted({f.department for f in folders})
    chance.shuffle(departments)
    done: dict[tuple[str, int], str] = {}
    for kind, change in KINDS.items():
        for _ in range(each):
            wanted = (d for d in departments if change not in NEEDS_THREE_PUBLIC or has(data, d))
            wanted = (d for d in wanted if change is not projects or has_projects(data, d))
            department = next(wanted)
            departments.remove(department)
            year = chance.choice(list(YEARS)[1:-1])
            alter(Folder(data, department, year), change)
            if (
                change is closing
            ):  # what was left is there the year after: nothing but its size stands out
                alter(
                    Folder(data, department, year + 1), carried_on(Folder(data, department, year))
                )
            done[department, year] = kind
    return done


def read(folder: Folder) -> Rows:
    with folder.figures.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def alter(folder: Folder, change: Callable[[Rows], None]) -> None:
    rows = read(folder)
    heads = list(rows[0])
    change(rows)
    text = csv_text(heads, ([row[head] for head in heads] for row in rows))
    folder.figures.write_text(text, encoding="utf-8", newline="")


def has(data: Path, department: str) -> bool:
    """Return whether a department spends at least 2 万元 on 三公经费, apart from buying cars, in every year."""
    return all(
        sum(
            Decimal(r["amount"])
            for r in read(Folder(data, department, y))
            if is_of("三公经费")(r) and final(r) and not r["category"].startswith("购置")
        )
        > 20_000
        for y in YEARS
    )


def has_projects(data: Path, department: str) -> bool:
    return all(
        any(
            is_of("支出", nature="项目支出")(r) and r["economic"]
            for r in read(Folder(data, department, y))
        )
        for y in YEARS
    )


def judged(
    of: Numbers, done: dict[tuple[str, int], str]
) -> tuple[dict[str, int], list[outliers.Outlier]]:
    """Return how many of each kind were named, and what was named besides."""
    named = outliers.found(of)
    there = {(o.department, o.year) for o in named}
    return (
        {kind: sum(k == kind and key in there for key, k in done.items()) for kind in KINDS},
        [o for o in named if (o.department, o.year) not in done],
    )


def main() -> int:
    seed = int(sys.argv[sys.argv.index("--seed") + 1]) if "--seed" in sys.argv else SEED
    with tempfile.TemporaryDirectory() as place:
        data = Path(place)
        folders = sample.create(data, DEPARTMENTS, YEARS, seed)
        done = planted(data, folders, Random(seed), EACH)
        hits, others = judged(numbers(folders), done)
    print(
        f"| {DEPARTMENTS} departments, {len(YEARS)} years, seed {seed} | planted | named |\n|---|--:|--:|"
    )
    for kind, hit in hits.items():
        print(f"| {kind} | {EACH} | {hit} |")
    print(f"| all | {len(done)} | {sum(hits.values())} |\n| others | | {len(others)} |")
    for other in others:
        print(f"{other.rule}: {other.said}", file=sys.stderr)
    return 0


if __name__ == "__main__":
    sys.exit(main())
