"""Sentences written from their declarations: every number comes from cells and keeps their addresses."""

from __future__ import annotations

from dataclasses import dataclass, replace

from helpers.basics import money
from helpers.basics.errors import DataError
from helpers.basics.model import BUDGET, LAST_YEAR, Address, Profile, Sentence, Statement
from helpers.disclosure.phrases import Draft, Known, Phrases
from helpers.disclosure.tables import Tables
from helpers.edition import codes, wording
from helpers.edition.formula import Term
from helpers.edition.wording import Choice, Clause, Declaration, Listing, Slot

_LEVELS = {"类": 3, "款": 5, "项": 7}


@dataclass(frozen=True)
class _Row:
    """Where an enumeration stands: the row's names and its amount."""

    key: str = ""
    name: str = ""
    order: int = 0
    cell: Address | None = None


class Writer:
    """Writes the statements of one department-year."""

    def __init__(
        self,
        tables: Tables,
        profile: Profile,
        words: wording.Wording,
        profile_name: str = "profile.yaml",
    ):
        self.tables, self.profile, self.words, self.profile_name = (
            tables,
            profile,
            words,
            profile_name,
        )
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

    def empty_note(self, number: str) -> str:
        """Return the sentence that stands under an empty table, or nothing."""
        parts = wording.template(self.tables.forms[number].empty)
        return "".join(self._plain[p.word] if isinstance(p, Slot) else p for p in parts)

    def text(self, key: str) -> tuple[str, ...]:
        """Return the department's own words under a key, as paragraphs."""
        return self.profile.texts.get(key, ())

    def plain(self, word: str) -> str:
        """Return what a slot of the profile's own facts prints: 年, 上年, 简称 …"""
        return self._plain[word]

    def refuse(self, key: str, n: int, error: ValueError | KeyError):
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
        three_public = declaration.percent == "三公"
        places = (
            self.profile.three_public_percent_decimals
            if three_public
            else self.profile.percent_decimals
        )
        self.phrases = Phrases(places, self.profile.trim_zeros)
        self.paragraph = 0

    def sentences(self):
        section = f"{self.declaration.number} {self.declaration.title}"
        for position, clause in enumerate(self.declaration.sentences, 1):
            drafts = self._drafts(clause)
            for part, draft in enumerate(drafts, 1):
                if draft.text:
                    suffix = f".{part}" if len(drafts) > 1 else ""
                    name = f"{self.declaration.number}-{position}{suffix}"
                    yield Sentence(
                        name,
                        section,
                        draft.text,
                        tuple(draft.numbers),
                        draft.paragraph,
                        tuple(dict.fromkeys(draft.names)),
                        draft.lists_names,
                    )

    def _drafts(self, clause: Clause) -> list[Draft]:
        """Return the sentences that one declared sentence becomes."""
        if isinstance(clause, Choice):
            branch = clause.then if self._holds(clause, _Row()) else clause.otherwise
            return [draft for inner in branch for draft in self._drafts(inner)]
        if clause == (wording.NEW_PARAGRAPH,):
            self.paragraph += 1
            return []
        drafts = []
        for apart, write in self._pieces(clause):
            self.paragraph += apart
            draft = Draft(self.paragraph)
            write(draft)
            drafts.append(draft)
        return drafts

    def _pieces(self, clause):
        """Yield (own paragraph, writer) for each sentence that a template expands to."""
        only = clause[0] if len(clause) == 1 and isinstance(clause[0], Slot) else None
        if only and only.word in ("文字", "条目"):
            key = only.names[0]
            for n, paragraph in enumerate(self.writer.text(key), 1):
                before = f"{n}." if only.word == "条目" else ""
                yield (
                    True,
                    lambda d, b=before, n=n, p=paragraph: (d.say(b), self._words(d, key, n, p)),
                )
        elif (
            only
            and only.word == "列举"
            and (listing := self.declaration.listings[only.names[0]]).joint == wording.NEW_PARAGRAPH
        ):
            for row in self._rows(listing):
                yield True, lambda d, r=row: self._item(d, listing, r)
        else:
            yield False, lambda d: self._write(d, clause, _Row())

    def _write(self, draft: Draft, clause: Clause, row: _Row) -> None:
        if isinstance(clause, Choice):
            for inner in clause.then if self._holds(clause, row) else clause.otherwise:
                self._write(draft, inner, row)
            return
        for part in clause:
            if isinstance(part, str):
                draft.say(part)
            else:
                self._slot(draft, part, row)

    def _slot(self, draft: Draft, slot: Slot, row: _Row) -> None:
        if slot.word in wording.PLAIN:
            draft.say(self.writer.plain(slot.word))
        elif slot.word in wording.IN_ROW:
            draft.say(self._of_row(slot.word, row))
            if slot.word != "序":
                draft.names.append(self._of_row(slot.word, row))
        elif slot.word == "文字":
            key = slot.names[0].replace("*", row.key)
            paragraphs = self.writer.text(key)
            for n, paragraph in enumerate(paragraphs, 1):
                self._words(
                    draft,
                    key,
                    n,
                    paragraph.removesuffix("。") if n == len(paragraphs) else paragraph,
                )
        elif slot.word == "列举":
            self._list(draft, self.declaration.listings[slot.names[0]])
        else:
            self.phrases.say(
                draft, slot.word, *(self._known(n, row) for n in slot.names), *self._base(slot, row)
            )

    def _base(self, slot: Slot, row: _Row):
        """Return what the first quantity is compared with: last year's, or the budget."""
        basis = {
            "完成": BUDGET,
            "变动": LAST_YEAR,
            "增减": LAST_YEAR,
            "差额": LAST_YEAR,
            "幅度": LAST_YEAR,
        }.get(slot.word)
        return (self._known(slot.names[0], row, basis),) if basis else ()

    def _words(self, draft: Draft, key: str, n: int, text: str) -> None:
        """Write the n-th paragraph of the department's own words; slots in it are computed like any other."""
        try:
            self._write(draft, wording.own_words(text, self.declaration.quantities), _Row())
        except (ValueError, KeyError) as error:
            self.writer.refuse(key, n, error)

    def _of_row(self, word: str, row: _Row) -> str:
        if word == "序":
            return str(row.order)
        if word == "名":
            return row.name
        return codes.functional().name(row.key[: _LEVELS[word]], self.profile.year)

    # Quantities

    def _known(self, name: str, row: _Row, basis: str = "") -> Known:
        """Return a quantity, or the same quantity of last year or of the budget."""
        if name == "额":
            sums: tuple[tuple[Term, ...], ...] = ((Term(1, row.cell),),)
        elif "[" in name:
            sums = ((Term(1, wording.formula.address(name)),),)
        else:
            sums = self.declaration.quantities[name].sums
            self._exist(self.declaration.quantities[name])
        best: Known | None = None
        all_cells: list[Address] = []
        for terms in sums:
            addresses = tuple(t.of._replace(basis=basis) if basis else t.of for t in terms)
            found = [self.tables.cell(a) for a in addresses]
            all_cells += addresses
            if best is None and all(c.value.known for c in found):
                amount = money.total(
                    c.amount if t.sign > 0 else -c.amount for t, c in zip(terms, found)
                )
                unit = found[0].value.unit
                best = Known(
                    amount, addresses, money.WAN if unit in ("", *money.MONEY_UNITS) else unit
                )
        if best is None:
            return Known(None, tuple(all_cells))
        return replace(best, agreeing=tuple(a for a in all_cells if a not in best.cells))

    def _exist(self, quantity: wording.Quantity) -> None:
        """Refuse a declared quantity whose cells no form has, by its line in statements.yaml."""
        try:
            for term in (t for terms in quantity.sums for t in terms):
                self.tables.cell(term.of)
        except KeyError as error:
            raise DataError(f"{quantity.file} 第 {quantity.line} 行", error.args[0]) from None

    # Enumerations

    def _list(self, draft: Draft, listing: Listing) -> None:
        rows = self._rows(listing)
        draft.lists_names = listing.item == ((Slot("名"),),)
        if rows is None:
            draft.names += self.writer.text(listing.fallback)
            draft.say("、".join(self.writer.text(listing.fallback)))
            return
        for row in rows:
            if row.order > 1:
                draft.say(listing.joint)
            self._item(draft, listing, row)

    def _item(self, draft: Draft, listing: Listing, row: _Row) -> None:
        for clause in listing.item:
            self._write(draft, clause, row)

    def _rows(self, listing: Listing) -> list[_Row] | None:
        """Return the rows of an enumeration; nothing where the department's own list stands in."""
        cell = listing.cells.of
        down = cell.row == "*"
        places = [(k, n) for k, n in listing.fixed] or self._coded(listing)
        found = [(k, n, cell._replace(**{"row" if down else "column": k})) for k, n in places]
        if listing.nonzero:
            amounts = {a: self.tables.cell(a).amount for _, _, a in found}
            if None in amounts.values() and self.writer.text(listing.fallback):
                return None
            found = [
                f for f in found if (amount := amounts[f[2]]) and money.rounded(amount.value, 2)
            ]
        return [
            _Row(key, name, order, address) for order, (key, name, address) in enumerate(found, 1)
        ]

    def _coded(self, listing: Listing) -> list[tuple[str, str]]:
        table = self.tables.table(listing.cells.of.table)
        return [
            (line.key, line.label)
            for side in table.sides
            for line in side.rows
            if line.key.isdecimal()
            and len(line.key) == _LEVELS[listing.level]
            and (not listing.classes or line.key[:3] in listing.classes)
        ]

    # Conditions

    def _holds(self, choice: Choice, row: _Row) -> bool:
        return all(
            self._condition(subject, predicate, row) for subject, predicate in choice.conditions
        )

    def _condition(self, subject: str, predicate: str, row: _Row) -> bool:
        if predicate in ("有文字", "无文字"):
            return bool(self.writer.text(subject.replace("*", row.key))) == (predicate == "有文字")
        if predicate == "类型":
            return self.profile.kind == subject
        if predicate == "有列举":
            rows = self._rows(self.declaration.listings[subject])
            return rows is None or bool(rows)
        now = self._known(subject, row).amount
        if predicate in ("已知", "未知"):
            return (now is not None) == (predicate == "已知")
        if predicate in ("为零", "不为零"):
            return now is not None and (money.rounded(now.value, 2) == 0) == (predicate == "为零")
        other = self._known(
            subject, row, BUDGET if predicate.endswith("预算") else LAST_YEAR
        ).amount
        if now is None or other is None:
            return False
        move = money.rounded(now.value - other.value, 2)
        return {
            "增加": move > 0,
            "减少": move < 0,
            "持平": move == 0,
            "有变动": move != 0,
            "超预算": move > 0,
            "低于预算": move < 0,
        }[predicate]
