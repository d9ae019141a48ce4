"""The same change in freely worded text: a liberty is taken with the changed narrative and with the clean one."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from random import Random

import liberties  # noqa: F401  enters the liberties into the table
from liberties.liberty import LIBERTIES

from helpers.basics.model import Finding
from mutation_kinds.clean import Clean
from mutation_kinds.judging import Mutation, Skip, findings

_SINGLE = [one for one in LIBERTIES.values() if not one.told]


def freely(clean: Clean, mutation: Mutation, chance: Random) -> tuple[Mutation, list[Finding]]:
    """Return the change in freely worded text, and what it raises that the free text without it does not."""
    liberty, seed = chance.choice(_SINGLE), chance.random()
    before = liberty.rewrite(clean.text, Random(seed))
    after = liberty.rewrite(str(mutation.content), Random(seed))
    if before == after:
        raise Skip
    changed = Counter(after.split("\n")) - Counter(before.split("\n"))
    lines = [n for n, line in enumerate(after.split("\n"), 1) if line in changed]
    kept = {place for place in mutation.places if not place.startswith("narrative.txt")}
    free = replace(
        mutation,
        content=after,
        spot=f"{mutation.spot}　（{liberty.name}）",
        places=frozenset(kept | {f"narrative.txt:{n}" for n in lines}),
    )
    there = Counter(map(_told, findings(clean, replace(free, content=before))))
    return free, [f for f in findings(clean, free) if not there[_told(f)]]


def _told(finding: Finding) -> tuple[str, str, str]:
    return finding.rule, finding.found, finding.expected
