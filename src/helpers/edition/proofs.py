"""proofreading.yaml read and vetted: what a published text must not contain, and where its subjects are explained."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from helpers.basics.errors import DataError
from helpers.basics.text import fold
from helpers.basics.yamltext import Keys, Mapping, Sequence, Word, vet
from helpers.edition import declared

_WORDS = ("占位", "重复", "标点")
_LISTS = (*_WORDS, "矛盾", "用途")
_FILE: Keys = {**dict.fromkeys(_LISTS, Sequence), "错字": Mapping, "名词": Mapping}


@dataclass(frozen=True)
class Proofs:
    """Words that must not stand in a text.

    `purposes` are the 说明 that say more than an amount; `terms` is the one that explains subjects, `terms_of`
    the table that uses them.
    """

    placeholders: tuple[str, ...]
    doubled: tuple[str, ...]
    stops: tuple[str, ...]
    slips: tuple[tuple[str, str], ...]
    contrary: tuple[tuple[str, str], ...]
    purposes: tuple[Word, ...]
    terms: Word
    terms_of: Word
    file: str


@cache
def load(edition: str) -> Proofs:
    """Return the words of an edition and of those that it follows; what is told of its 说明 as the youngest says it."""
    contents = [
        vet(raw, declared.file_of(raw, edition, "proofreading.yaml"), _FILE)
        for raw in declared.files(edition, "proofreading.yaml")
    ]
    said = Mapping()
    for raw in contents:
        said |= raw
        for key in _WORDS:
            _vet_words(raw, key)
    saying = [raw for raw in contents if "用途" in raw or "名词" in raw] or contents
    file = declared.file_of(saying[-1], edition, "proofreading.yaml")
    terms = vet(said.get("名词", Mapping()), file, {"说明": Word, "表": Word})
    placeholders, doubled, stops = (
        tuple(str(word) for raw in contents for word in raw.get(key, ())) for key in _WORDS
    )
    return Proofs(
        placeholders=placeholders,
        doubled=doubled,
        stops=stops,
        slips=tuple(
            (fold(wrong)[0], str(right)) for raw in contents for wrong, right in _slips(raw)
        ),
        contrary=tuple(_pair(entry, raw.file) for raw in contents for entry in raw.get("矛盾", ())),
        purposes=tuple(said.get("用途", ())),
        terms=terms.get("说明", Word()),
        terms_of=terms.get("表", Word()),
        file=file,
    )


def _vet_words(raw: Mapping, key: str) -> None:
    """Refuse a list with an empty word, which would stand everywhere."""
    for word in raw.get(key, ()):
        if not str(word).strip():
            raise DataError(f"{raw.file} 第 {raw[key].line} 行", f"「{key}」里有一项是空的", "文字")


def _slips(raw: Mapping) -> Iterator[tuple[str, str]]:
    for wrong, right in raw.get("错字", Mapping()).items():
        if not isinstance(right, Word) or not right or not wrong.strip():
            raise DataError(
                f"{raw.file} 第 {wrong.line} 行", "「错字」里的一项不是文字", "错写: 应写"
            )
        yield wrong, right


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
