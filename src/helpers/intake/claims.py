"""What documents claim of the money: every printed cell is a claim on a scope, and of claims that disagree one stands."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from functools import lru_cache

from helpers.basics import money
from helpers.basics.errors import DataError
from helpers.basics.model import DIMENSIONS, Address, Figure, Scope
from helpers.disclosure.row import is_said
from helpers.disclosure.tables import Tables
from helpers.edition import codes
from helpers.published.printed import PrintedTable
from helpers.published.words import digits, is_code

_READABLE, _FEW = (
    10,
    5,
)  # of so many cells one may be no number; fewer than so many are no table of another kind
_BEYOND = 1_000_000  # 万元
NOT_WHOLE = "（这张表有读不出的格）"

Key = tuple[Scope, str]  # a scope and a basis as figures.csv writes it


@dataclass(frozen=True, slots=True)
class Claim:
    """One stated amount: of which money on which basis, where it stands, and how detailed the table is.

    `inferred` says from what an amount was concluded that is nowhere printed; of a `residual` it says of what.
    `slack` is how far from it the amount may be, where all that is printed is a percentage. `statement` is what says it
    of a narrative.
    """

    key: Key
    written: str
    unit: str
    place: str
    detail: int = 0
    inferred: str = ""
    residual: bool = False
    slack: Decimal = money.ZERO
    statement: str = ""

    @property
    def amount(self) -> money.Amount:
        """The amount as exactly as it is written."""
        return _amount(self.written, self.unit)

    @property
    def note(self) -> str:
        """What a reader of its row has to know of how it came about."""
        if not self.inferred:
            return ""
        return f"余数：{self.inferred}" if self.residual else f"推定：{self.inferred}"


_amount = lru_cache(maxsize=50_000)(money.amount)


@dataclass(frozen=True, slots=True)
class Standing:
    """What is taken for one scope: the claim that stands, the places that say the same, and the claims that do not."""

    claim: Claim
    places: tuple[str, ...]
    others: tuple[Claim, ...] = ()

    @property
    def claims(self) -> tuple[Claim, ...]:
        """Every claim of it, those that stand as the one that does."""
        return (*[self.claim] * len(self.places), *self.others)


@dataclass(frozen=True)
class Claimed:
    """The claims of tables, and the cells that no claim could be made of, each with why.

    `unknown` is what such cells would have stated: it is known to be printed, and not as what.
    """

    claims: tuple[Claim, ...]
    unread: tuple[str, ...]
    unknown: frozenset[Key] = frozenset()


def of_tables(tables: Tables, printed: Mapping[str, PrintedTable], file: str) -> Claimed:
    """Return what the printed tables of a file claim. `tables` are the forms of its edition, without figures."""
    found: list[Claim] = []
    unread: list[str] = []
    unknown: set[Key] = set()
    units = units_of(printed, file)
    for number, table in printed.items():
        cells = _Cells(tables=tables, unit=units[number], file=file)
        claims = [
            claim
            for (row, column), cell in table.cells.items()
            for claim in cells.claims(Address(number, row, column), cell.text)
        ]
        if len(cells.unread) > max(len(claims) // _READABLE, _FEW):
            raise DataError(
                f"{file} {number} 表",
                f"有 {len(cells.unread)} 格读不出，如 {cells.unread[0]}",
                "每格一个数，空格、0 或 —" if cells.unknown else "这个版本的样式里有的行和栏",
            )
        detail = max((depth(claim.key[0]) for claim in claims), default=0)
        whole = not cells.unknown and not any(map(is_code, table.lost))
        found += [_of_table(claim, detail, whole) for claim in claims]
        unread += cells.unread
        unknown |= cells.unknown
    return Claimed(claims=tuple(found), unread=tuple(unread), unknown=frozenset(unknown))


def units_of(printed: Mapping[str, PrintedTable], file: str) -> dict[str, str]:
    """Return the unit of each printed table: what it states, else what the others of its file do, else 万元.

    千元 or 亿元 is refused, and so is a table that states none beside some in 元 and some in 万元, or where none does
    and the amounts would be beyond what a department has.
    """
    usual = {table.unit for table in printed.values() if table.units}
    if not usual and (much := _most(printed)) >= _BEYOND:
        problem = f"没有写金额单位，按{money.WAN}读有一格达 {money.printed(much)} {money.WAN}"
        raise DataError(file, problem, "写明单位的表")
    found = {}
    for number, table in printed.items():
        if not table.units and len(usual) > 1:
            expected = "写明单位，别的表有的写万元，有的写元"
            raise DataError(f"{file} {number} 表", "没有写金额单位", expected)
        unit = table.unit if table.units else next(iter(usual), money.WAN)
        if unit not in money.MONEY_UNITS:
            raise DataError(f"{table.sheet} 表", f"单位是{unit}", "万元 或 元")
        found[number] = unit
    return found


def _most(printed: Mapping[str, PrintedTable]) -> Decimal:
    cells = (cell.text for table in printed.values() for cell in table.cells.values())
    found = (number(text, money.WAN) for text in cells)
    return max((Decimal(one) for one in found if one), default=money.ZERO)


def _of_table(claim: Claim, detail: int, whole: bool) -> Claim:
    """Return a claim with how detailed its table is; one of a table that was not read whole says so in its place."""
    place = claim.place if whole else f"{claim.place}{NOT_WHOLE}"
    return replace(claim, detail=detail, place=place)


@dataclass
class _Cells:
    """The cells of one printed table while they are read: `unread` in words, `unknown` what they would state."""

    tables: Tables
    unit: str
    file: str
    unread: list[str] = field(default_factory=list)
    unknown: set[Key] = field(default_factory=set)

    def claims(self, address: Address, text: str) -> Iterator[Claim]:
        """Yield the claim of a cell; one that only adds up others has none, nor has one that is missing, or blank and no cell of the form."""
        place = f"{self.file}:{address.table}[{address.row}, {address.column}]"
        try:
            asked = self.tables.asked(address)
        except KeyError:
            if (digits(text, self.unit) or text).strip("0."):
                self.unread.append(f"{place}：样式里没有这一格（{text}）")
            return
        if asked is None or text == "缺":
            return
        scope, basis = asked
        key = (scope, written_basis(basis))
        unit = codes.vocabulary().unit_in(scope, self.unit)
        written = number(text, unit)
        problem = f"「{text}」不是数" if written is None else refusal(scope, written)
        if problem:
            self.unread.append(f"{place}：{problem}")
            self.unknown.add(key)
        else:
            yield Claim(key=key, written=str(written), unit=unit, place=place)


def written_basis(basis: str) -> str:
    """Return a basis as figures.csv writes it; one that only says what it serves as is the first of those that do."""
    vocabulary = codes.vocabulary()
    return basis if basis in vocabulary.roles else vocabulary.bases(basis)[0]


@lru_cache(maxsize=20_000)
def number(text: str, unit: str) -> str | None:
    """Return a printed number as figures.csv writes it, a blank as zero, or nothing where it is none.

    >>> number("1,014.50", "万元"), number("—", "万元"), number("138.92670000100", "万元"), number("约5", "万元")
    ('1014.50', '0.00', '138.9267', None)
    """
    bare = digits(text, unit)
    if bare is None:
        return None
    if unit not in money.MONEY_UNITS:
        return f"{Decimal(bare).normalize():f}"
    value = Decimal(bare)
    return f"{value:.2f}" if value == money.rounded(value, 2) else f"{value.normalize():f}"


def refusal(scope: Scope, written: str) -> str:
    """Return why figures.csv cannot say this of a scope, or nothing."""
    vocabulary = codes.vocabulary()
    item = vocabulary.items[scope.item]
    unknown = scope.fund in vocabulary.only_sums or (
        scope.category and scope.category not in vocabulary.categories(scope.item)
    )
    beyond = [d for d, member in zip(DIMENSIONS, scope[1:]) if member and d not in item.dimensions]
    if unknown or beyond or not (item.has_total or scope.category):
        return f"figures.csv 不记这样的数（{scope.label}）"
    if written.startswith("-") and scope.category not in item.negative:
        return f"{written} 为负"
    return ""


def figure(claim: Claim) -> Figure:
    """Return a claim as the figure that its row will be."""
    scope, basis = claim.key
    return Figure(
        scope=scope,
        basis=basis,
        amount=claim.amount,
        unit=claim.unit,
        written=claim.written,
        source=claim.place,
        is_said=is_said(claim.place),
    )


@lru_cache(maxsize=50_000)
def depth(scope: Scope) -> int:
    """Return how finely a scope is broken down, so that a part is always deeper than what it is part of."""
    vocabulary = codes.vocabulary()
    return sum(
        len(vocabulary.line_of(dimension, scope.item, member)) - 1
        for dimension, member in zip(DIMENSIONS, scope[1:])
        if member
    ) + sum(1 for member in scope[1:] if member)


def settled(claims: Iterable[Claim]) -> dict[Key, Standing]:
    """Return what stands for each scope: what most cells and statements say; on a tie, what is not in 元 for 万元, then
    what the more detailed table says. A statement that says it twice has one voice.

    What is inferred stands only where nothing is printed: whether the two agree is for a check to say.
    """
    by_key: dict[Key, list[Claim]] = defaultdict(list)
    for claim in claims:
        by_key[claim.key].append(claim)
    return {key: _settled(some) for key, some in by_key.items()}


def _settled(claims: list[Claim]) -> Standing:
    if len({(claim.written, claim.unit, claim.inferred) for claim in claims}) == 1:
        best = max(claims, key=lambda claim: claim.detail)
        return Standing(claim=best, places=tuple(claim.place for claim in claims))
    printed = [claim for claim in claims if not claim.inferred] or claims[:1]
    voices = {(claim.amount.value, claim.statement or n) for n, claim in enumerate(printed)}
    votes = Counter(value for value, _ in voices)
    best = max(
        printed,
        key=lambda claim: (
            votes[claim.amount.value],
            not any(money.is_in_yuan(claim.amount, other.amount) for other in printed),
            claim.detail,
        ),
    )
    exact = max(
        (claim for claim in printed if same(claim, best)),
        key=lambda claim: money.decimals(claim.amount.value),
    )
    stands = (
        exact if money.decimals(exact.amount.value) > money.decimals(best.amount.value) else best
    )
    return Standing(
        claim=stands,
        places=tuple(claim.place for claim in printed if same(claim, stands)),
        others=tuple(claim for claim in printed if not same(claim, stands)),
    )


def same(one: Claim, other: Claim) -> bool:
    """Return whether two claims state one amount, each to the decimals that it prints, two at least."""
    places = min(max(2, money.decimals(claim.amount.value)) for claim in (one, other))
    return money.rounded(one.amount.value, places) == money.rounded(other.amount.value, places)
