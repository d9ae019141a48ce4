"""proofreading.yaml read and vetted: what a published text must not contain, and where its subjects are explained."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from helpers.basics.errors import DataError
from helpers.basics.yamltext import Mapping, Sequence, Word, vet
from helpers.edition import declared

_LISTS = ("占位", "重复", "标点", "矛盾", "用途")


@dataclass(frozen=True)
class Proofs:
    """Words that must not stand in a text.

    `purposes` are the 说明 that say more than an amount; `terms` is the one that explains subjects, `terms_of`
    the table that uses them.
    """

    placeholders: tuple[str, ...]
    doubled: tuple[str, ...]
    stops: tuple[str, ...]
    contrary: tuple[tuple[str, str], ...]
    purposes: tuple[Word, ...]
    terms: Word
    terms_of: Word
    file: str


@cache
def load(edition: str) -> Proofs:
    """Return the words of an edition: its own file, else that of the edition that it follows."""
    file, raw = (
        f"rules/{edition}/proofreading.yaml",
        declared.files(edition, "proofreading.yaml")[-1],
    )
    file = getattr(raw, "file", "") or file
    raw = vet(raw, file, {**dict.fromkeys(_LISTS, Sequence), "名词": Mapping})
    terms = vet(raw.get("名词", Mapping()), file, {"说明": Word, "表": Word})
    placeholders, doubled, stops = (tuple(map(str, raw.get(key, ()))) for key in _LISTS[:3])
    contrary = tuple(_pair(entry, file) for entry in raw.get("矛盾", ()))
    return Proofs(
        placeholders=placeholders,
        doubled=doubled,
        stops=stops,
        contrary=contrary,
        purposes=tuple(raw.get("用途", ())),
        terms=terms.get("说明", Word()),
        terms_of=terms.get("表", Word()),
        file=file,
    )


def _pair(entry, file: str) -> tuple[str, str]:
    if (
        not isinstance(entry, Sequence)
        or len(entry) != 2
        or not all(isinstance(word, Word) and word.strip() for word in entry)
    ):
        raise DataError(
            f"{file} 第 {entry.line} 行",
            "「矛盾」里的一项不是两个说法",
            "[一个说法, 与它矛盾的说法]",
        )
    return str(entry[0]), str(entry[1])
