"""Sentences written from their declarations: every number comes from cells and keeps their addresses."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import NoReturn

from helpers.basics.errors import DataError
from helpers.basics.model import Measure, Profile, Sentence, Statement
from helpers.disclosure import enumeration
from helpers.disclosure.enumeration import NOWHERE, Row
from helpers.disclosure.measured import Measured
from helpers.disclosure.phrases import Draft
from helpers.disclosure.tables import Tables
from helpers.edition import clauses, codes, slots
from helpers.edition.clauses import Choice, Clause
from helpers.edition.slots import Slot, Template
from helpers.edition.wording import Declaration, Listing, Wording


class Writer:
    """Writes the statements of one department-year."""

    def __init__(
        self,
        tables: Tables,
        profile: Profile,
        words: Wording,
        profile_name: str = "profile.yaml",
    ):
        self.tables, self.profile, self.words, self.profile_name = (
            tables,
            profile,
            words,
            profile_name,
        )
        self._measured: dict[str, Measured] = {}
        self._plain = {
            "年": str(profile.year),
            "上年": str(profile.year - 1),
            "全称": profile.department,
            "简称": profile.short_name,
            "类型": profile.kind,
            "地区": profile.region,
        }

    def all(self) -> list[Statement]:
        """Return every statement in the order of the declarations."""
        return [self.statement(number) for number in self.words.declarations]

    def statement(self, number: str) -> Statement:
        """Write one declared 说明."""
        declaration = self.words.declarations[number]
        return Statement(
            number, declaration.title, tuple(_Composition(self, declaration).sentences())
        )

    def measured(self, number: str) -> Measured:
        """Return what the figures give of the measures of a statement."""
        if number not in self._measured:
            declaration = self.words.declarations[number]
            self._measured[number] = Measured(declaration, self.tables, self.profile)
        return self._measured[number]

    def empty_note(self, number: str) -> str:
        """Return the sentence that stands under an empty table, or nothing."""
        parts = slots.template(self.tables.forms[number].empty)
        return "".join(self._plain[p.word] if isinstance(p, Slot) else p for p in parts)

    def text(self, key: str) -> tuple[str, ...]:
        """Return the department's own words under a key, as paragraphs."""
        return self.profile.texts.get(key, ())

    def plain(self, word: str) -> str:
        """Return what a slot of the profile's own facts prints: 年, 上年, 简称 …"""
        return self._plain[word]

    def refuse(self, key: str, n: int, error: ValueError | KeyError) -> NoReturn:
        """Refuse the n-th paragraph of a text, by its line in profile.yaml."""
        line = self.profile.lines[key][n - 1]
        raise DataError(
            f"{self.profile_name} 第 {line} 行 {key}",
            str(error.args[0]),
            "说明里的量名，或「表[行, 栏]」",
        ) from None


class _Composition:
    """One statement while it is written."""

    def __init__(self, writer: Writer, declaration: Declaration):
        self.writer, self.declaration = writer, declaration
        self.tables, self.profile = writer.tables, writer.profile
        self.measured = writer.measured(declaration.number)
        self.paragraph = 0

    def sentences(self) -> Iterator[Sentence]:
        """Yield the sentences of the statement in order."""
        section = f"{self.declaration.number} {self.declaration.title}"
        for position, clause in enumerate(self.declaration.sentences, 1):
            drafts = self._drafts(clause)
            for part, draft in enumerate(drafts, 1):
                if draft.text:
                    suffix = f".{part}" if len(drafts) > 1 else ""
                    name = f"{self.declaration.number}-{position}{suffix}"
                    yield Sentence(
                        id=name,
                        section=section,
                        text=draft.text,
                        numbers=tuple(draft.numbers),
                        paragraph=draft.paragraph,
                        names=tuple(dict.fromkeys(draft.names)),
                        lists_names=draft.lists_names,
                    )

    def _drafts(self, clause: Clause) -> list[Draft]:
        """Return the sentences that one declared sentence becomes."""
        if isinstance(clause, Choice):
            branch = clause.then if self._holds(clause, NOWHERE) else clause.otherwise
            return [draft for inner in branch for draft in self._drafts(inner)]
        if clause == (clauses.NEW_PARAGRAPH,):
            self.paragraph += 1
            return []
        drafts = []
        for apart, write in self._pieces(clause):
            self.paragraph += apart
            draft = Draft(self.paragraph)
            write(draft)
            drafts.append(draft)
        return drafts

    def _pieces(self, template: Template) -> Iterator[tuple[bool, Callable[[Draft], None]]]:
        """Yield (own paragraph, writer) for each sentence that a template expands to."""
        only = template[0] if len(template) == 1 and isinstance(template[0], Slot) else None
        if only and only.word in ("文字", "条目"):
            for n, paragraph in enumerate(self.writer.text(only.names[0]), 1):
                before = f"{n}." if only.word == "条目" else ""
                yield True, partial(self._paragraph, only.names[0], n, paragraph, before)
            return
        listing = self.declaration.listings[only.names[0]] if only and only.word == "列举" else None
        if listing and listing.joint == clauses.NEW_PARAGRAPH:
            rows = self._rows(listing)
            if rows is not None:
                for row in rows:
                    yield True, partial(self._item, listing, row)
                return
        yield False, partial(self._write, template, NOWHERE)

    def _paragraph(self, key: str, n: int, text: str, before: str, draft: Draft) -> None:
        draft.say(before)
        self._words(key, n, text, draft)

    def _write(self, clause: Clause, row: Row, draft: Draft) -> None:
        if isinstance(clause, Choice):
            for inner in clause.then if self._holds(clause, row) else clause.otherwise:
                self._write(inner, row, draft)
            return
        for part in clause:
            if isinstance(part, str):
                draft.say(part)
            else:
                self._slot(part, row, draft)

    def _slot(self, slot: Slot, row: Row, draft: Draft) -> None:
        if slot.word in slots.PLAIN:
            draft.say(self.writer.plain(slot.word))
        elif slot.word in slots.IN_ROW:
            draft.say(self._of_row(slot.word, row))
            if slot.word != "序":
                draft.names.append(self._of_row(slot.word, row))
        elif slot.word == "文字":
            key = slot.names[0].replace("*", row.key)
            paragraphs = self.writer.text(key)
            for n, paragraph in enumerate(paragraphs, 1):
                last = n == len(paragraphs)
                self._words(key, n, paragraph.removesuffix("。") if last else paragraph, draft)
        elif slot.word == "列举":
            self._list(self.declaration.listings[slot.names[0]], draft)
        else:
            of_row = slots.is_of_row(slot.names) and row.cell is not None
            draft.about = Measure(
                "", slot.names, row.listing if of_row else "", row.key if of_row else ""
            )
            self.measured.phrases.say(draft, slot.word, *self.measured.known(slot, row))

    def _words(self, key: str, n: int, text: str, draft: Draft) -> None:
        """Write the n-th paragraph of the department's own words; slots in it are computed like any other."""
        try:
            self._write(slots.own_words(text, self.declaration.quantities), NOWHERE, draft)
        except (ValueError, KeyError) as error:
            self.writer.refuse(key, n, error)

    def _of_row(self, word: str, row: Row) -> str:
        if word == "序":
            return str(row.order)
        if word == "名":
            return row.name
        return codes.functional().name(row.key[: codes.LENGTH[word]], self.profile.year)

    # Enumerations

    def _list(self, listing: Listing, draft: Draft) -> None:
        rows = self._rows(listing)
        draft.lists_names = listing.item == ((Slot("名"),),)
        if rows is None:
            draft.names += self.writer.text(listing.fallback)
            draft.say("、".join(self.writer.text(listing.fallback)))
            return
        for row in rows:
            if row.order > 1:
                draft.say(listing.joint)
            self._item(listing, row, draft)

    def _item(self, listing: Listing, row: Row, draft: Draft) -> None:
        for clause in listing.item:
            self._write(clause, row, draft)

    def _rows(self, listing: Listing) -> list[Row] | None:
        return enumeration.rows(listing, self.tables, self.writer.text(listing.fallback))

    # Conditions

    def _holds(self, choice: Choice, row: Row) -> bool:
        return all(
            self._condition(subject, predicate, row) for subject, predicate in choice.conditions
        )

    def _condition(self, subject: str, predicate: str, row: Row) -> bool:
        if predicate in ("有文字", "无文字"):
            return bool(self.writer.text(subject.replace("*", row.key))) == (predicate == "有文字")
        if predicate == "类型":
            return self.profile.kind == subject
        if predicate == "有列举":
            rows = self._rows(self.declaration.listings[subject])
            return rows is None or bool(rows)
        return self.measured.holds(subject, predicate, row)
