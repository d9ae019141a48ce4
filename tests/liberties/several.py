"""Several liberties at once, as a text that a person wrote has them."""

from __future__ import annotations

from random import Random

from liberties.liberty import LIBERTIES, liberty

_SINGLE = tuple(one for one in LIBERTIES.values() if not one.told)


def _several(count: int):
    def rewrite(text: str, chance: Random) -> str:
        taken = sorted(chance.sample(range(len(_SINGLE)), count))
        for n in taken:
            text = _SINGLE[n].rewrite(text, chance)
        return text

    return rewrite


for _count in (2, 4, 8):
    liberty(f"混合：随意 {_count} 种")(_several(_count))
