"""An edition tried on invented departments: every number that its sentences write is read back as what it was written for."""

from __future__ import annotations

import re
import tempfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from helpers.basics import money
from helpers.basics.errors import Refusal
from helpers.basics.model import Address, Sentence
from helpers.disclosure import disclosure
from helpers.disclosure.disclosure import Disclosure
from helpers.edition import edition, patterns
from helpers.edition.outline import STATEMENT
from helpers.edition.pieces import AMOUNT, DIFFERENCE
from helpers.published import reading
from helpers.published.published import Narrative
from helpers.report import files
from helpers.sample import district, sample

SEED, DEPARTMENTS, YEAR = 1, 4, 2023
_OTHER_UNIT = re.compile(r"\s*(元|亿元|千元|万(?!元)|%|％|人|个|辆|次)")
Said = tuple[str, str, frozenset[Address], str]  # statement, kind, cells, as printed


def problems(name: str) -> list[str]:
    """Return the sentences of an edition of which a number cannot be read back, a line for each."""
    found: dict[str, None] = {}
    with tempfile.TemporaryDirectory() as data:
        for n in range(DEPARTMENTS):
            one = district.department(SEED, n)
            try:
                sample.write(one, Path(data), range(YEAR - 1, YEAR + 1), edition=name)
                this = disclosure.load(sample.name_of(one), YEAR, Path(data))
                found |= dict.fromkeys((*_in_another_unit(this, name), *_lost(this, name)))
            except Refusal as error:
                return str(error).splitlines()
    return list(found)


def _in_another_unit(this: Disclosure, name: str) -> Iterator[str]:
    """Yield the statements that print money, which is in 万元, before another unit."""
    known = edition.load(name).wording.declarations
    for statement in this.statements.values():
        of = known[statement.number]
        for sentence in statement.sentences:
            for number in sentence.numbers:
                if number.measure.kind not in (AMOUNT, DIFFERENCE) or not number.cells:
                    continue
                is_money = this.tables.cell(number.cells[0]).value.unit in money.MONEY_UNITS
                unit = _OTHER_UNIT.match(sentence.text, number.end)
                if is_money and number.value is not None and unit:
                    words = sentence.text[max(0, number.start - 20) : number.start]
                    yield f"{of.file} 第 {of.line} 行：说明「{of.number}」的「{words}」后面，数印出的是万元，单位写了「{unit[0].strip()}」"


def _lost(this: Disclosure, name: str) -> Iterator[str]:
    """Yield the sentences of one department-year of which more is written than read back."""
    known = edition.load(name)
    narrative = Narrative(files.narrative_txt(this), "narrative.txt")
    read = reading.read(patterns.load(name, this.profile), narrative, YEAR)
    left = Counter(
        (n.slot.statement, n.slot.kind, frozenset(n.slot.cells), n.text)
        for n in read.numbers
        if n.slot is not None
    )
    for _, _, item in known.outline.items(STATEMENT):
        statement = this.statements[item.number]
        for sentence in statement.sentences:
            wanted = Counter(_said(statement.number, sentence))
            if wanted - left:
                of = known.wording.declarations[item.number]
                words = sentence.text[:40] + ("…" if len(sentence.text) > 40 else "")
                yield f"{of.file} 第 {of.line} 行：说明「{of.number}」写出的「{words}」里有数读不回来，请让相邻的句子、数的说法彼此不同"
            left -= wanted


def _said(statement: str, sentence: Sentence) -> Iterator[Said]:
    for number in sentence.numbers:
        if number.value is not None:
            yield statement, number.measure.kind, frozenset(number.cells), number.text
