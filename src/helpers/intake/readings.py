"""What a narrative claims: numbers that were bound to cells, among them differences, rates and completions of budgets."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

from helpers.basics import money
from helpers.basics.model import FINAL, Address, Scope
from helpers.disclosure.rollup import RollUp
from helpers.disclosure.tables import Tables
from helpers.edition import codes
from helpers.edition.pieces import AMOUNT, COMPLETION, COUNT, DIFFERENCE, RATE, SHARE
from helpers.intake.claims import Claim, Claimed, Key, Standing, figure, refusal, settled

_HUNDRED = Decimal(100)
_MOST_DECIMALS = 5  # of an amount in 万元 that is concluded


@dataclass(frozen=True, slots=True)
class Reading:
    """One number of a narrative: the cell that it tells of, on which basis, as what, and where it stands.

    `basis` is as figures.csv writes it: 决算, 上年决算, 年初预算 or 全年预算; of a completion it is that of
    the budget, of a difference or a rate it is 上年决算. `written` is a plain decimal; a decrease has its
    minus sign, a percentage is written without %. `is_named` says that the row is called by its own name;
    where it is not, only its amount, when it is that of the table, shows that it is meant. `statement` is the one
    that says it.
    """

    address: Address
    basis: str
    kind: str
    written: str
    unit: str
    place: str
    is_named: bool = True
    statement: str = ""


def of_readings(
    tables: Tables, readings: Iterable[Reading], standing: Mapping[Key, Standing]
) -> Claimed:
    """Return what a narrative claims; `standing` is what the tables said, from which differences are reckoned."""
    return _Bound(tables, standing).claimed(tuple(readings))


class _Bound:
    def __init__(self, tables: Tables, standing: Mapping[Key, Standing]):
        self._tables, self._standing, self._unread = tables, standing, list[str]()
        self._known = {key: one.claim for key, one in standing.items()}
        self._digits: dict[str, int] = {}
        self._rates: dict[tuple[Address, str], Reading] = {}
        self._beyond: list[tuple[Claim, str]] = []

    def claimed(self, readings: tuple[Reading, ...]) -> Claimed:
        """Return the claims, what is printed first: a difference is reckoned from what then stands."""
        readings = tuple(self._meant(readings))
        self._digits = percent_decimals(self._tables, readings)
        printed = [c for r in readings if r.kind in (AMOUNT, COUNT) for c in self._printed(r)]
        said = (claim for one in self._standing.values() for claim in one.claims)
        self._known = {key: one.claim for key, one in settled((*said, *printed)).items()}
        self._rates = {(r.address, r.basis): r for r in readings if r.kind == RATE}
        concluded: list[Claim] = []
        for kind in (DIFFERENCE, RATE, COMPLETION):  # a rate tells less than a difference
            told = {claim.key for claim in printed + concluded}
            found = [c for r in readings if r.kind == kind for c in self._concluded(r)]
            concluded += [c for c in found if kind == DIFFERENCE or c.key not in told]
        return Claimed(
            claims=(*printed, *concluded), unread=(*self._unread, *self._not_told(printed))
        )

    def _not_told(self, printed: list[Claim]) -> Iterator[str]:
        """Yield what figures.csv cannot say and does not follow from what it says."""
        known = RollUp(figure(claim) for claim in printed if claim.key[1] == FINAL)
        for claim, problem in self._beyond:
            follows = known.find(claim.key[0]).amount if claim.key[1] == FINAL else None
            if follows is None or follows.value != claim.amount.value:
                yield f"{claim.place}：{problem}"

    def _meant(self, readings: tuple[Reading, ...]) -> Iterator[Reading]:
        """Yield the readings, of a row that is called otherwise only where its amount is that of the table."""
        confirmed = {
            (r.address.table, r.address.row)
            for r in readings
            if not r.is_named and r.kind == AMOUNT and r.basis == FINAL and self._is_known(r)
        }
        for reading in readings:
            if reading.is_named or (reading.address.table, reading.address.row) in confirmed:
                yield reading
            elif reading.kind == AMOUNT:
                self._unread.append(
                    f"{reading.place}：名称与{reading.address.row}不同，{reading.written} 没有采用"
                )

    def _is_known(self, reading: Reading) -> bool:
        """Return whether a reading states what the tables state."""
        key = self._key(reading, FINAL)
        known = self._known.get(key) if key else None
        said = money.amount(reading.written, reading.unit)
        return known is not None and known.amount.meets(said)

    def _key(self, reading: Reading, basis: str) -> Key | None:
        try:
            scope = self._tables.scope(reading.address)
        except KeyError:
            scope = None
        if scope is None:
            self._unread.append(f"{reading.place}：{reading.address} 不是一个能记的数")
        return None if scope is None else (scope, basis)

    def _printed(self, reading: Reading) -> Iterator[Claim]:
        if key := self._key(reading, reading.basis):
            yield from self._allowed(
                Claim(
                    key=key,
                    written=reading.written,
                    unit=_writable_unit(key[0], reading.unit),
                    place=reading.place,
                    statement=reading.statement,
                )
            )

    def _concluded(self, reading: Reading) -> Iterator[Claim]:
        """Yield what follows from a change or a completion and this year's amount, where that is known."""
        final = self._key(reading, FINAL)
        now = self._known.get(final) if final else None
        if final is None or now is None or now.unit not in money.MONEY_UNITS:
            return
        digits = self._digits.get(final[0].item, 0)
        is_turned = self._is_turned(reading, now.amount.value)
        meant = replace(reading, written=_negated(reading.written)) if is_turned else reading
        concluded = _conclusion(meant, now.amount.value, digits)
        if concluded is None:
            return
        value, why = concluded
        why += "，增减方向写反了，按幅度认出" if is_turned else ""
        yield from self._allowed(
            replace(
                now,
                key=(final[0], reading.basis),
                written=f"{value:f}",
                unit=money.WAN,
                place=reading.place,
                inferred=f"由决算数 {now.amount.value:f} {why}",
                slack=_slack(reading, value, digits),
            )
        )

    def _is_turned(self, reading: Reading, now: Decimal) -> bool:
        """Return whether a difference goes the other way than it says: so the rate beside it tells to its last digit.

        As it stands the rate must be further off than one that is cut off instead of rounded.
        """
        rate = self._rates.get((reading.address, reading.basis))
        if reading.kind != DIFFERENCE or rate is None:
            return False
        change = money.amount(reading.written, reading.unit).value
        told = abs(Decimal(rate.written))

        digits, before, turned = money.decimals(told), now - change, now + change
        if turned <= 0 or money.rounded(abs(change) * _HUNDRED / turned, digits) != told:
            return False
        one = Decimal(1).scaleb(-digits)
        return before <= 0 or abs(abs(change) * _HUNDRED / before - told) >= one

    def _allowed(self, claim: Claim) -> Iterator[Claim]:
        if problem := refusal(claim.key[0], claim.written):
            self._beyond.append((claim, problem))
        else:
            yield claim


def _writable_unit(scope: Scope, unit: str) -> str:
    """Return a unit as read, or the usual one of a count that figures.csv does not take in it."""
    vocabulary = codes.vocabulary()
    is_taken = unit in vocabulary.units_of(scope.category)
    return unit if is_taken else vocabulary.unit_in(scope, of_money=unit)


def _negated(written: str) -> str:
    return written[1:] if written.startswith("-") else f"-{written}"


def _slack(reading: Reading, value: Decimal, digits: int) -> Decimal:
    """Return how far a budget may be from what its completion tells, as the text's percentages are rounded."""
    if reading.kind != COMPLETION:
        return money.ZERO
    percent, half = Decimal(reading.written), money.HALF.scaleb(-digits)
    return money.rounded(value * half / (percent + half), 6)


def percent_decimals(tables: Tables, readings: Iterable[Reading]) -> dict[str, int]:
    """Return to how many decimals a text rounds its percentages, for each item: zeros at the end are not printed."""
    found: dict[str, int] = {}
    for reading in readings:
        if reading.kind in (RATE, SHARE, COMPLETION):
            try:
                scope = tables.scope(reading.address)
            except KeyError:
                continue
            if scope:
                digits = money.decimals(Decimal(reading.written))
                found[scope.item] = max(found.get(scope.item, 0), digits)
    return found


def _conclusion(reading: Reading, now: Decimal, digits: int) -> tuple[Decimal, str] | None:
    """Return the amount that a reading lets conclude, in 万元, and in words how; nothing where it says too little.

    `digits` are those that the text rounds percentages to.
    """
    told = Decimal(reading.written)
    if reading.kind == DIFFERENCE:
        change = money.amount(reading.written, reading.unit).value
        way = "减去增加的" if change >= 0 else "加上减少的"
        # No more exact than what is said, or a rate beside it that is right would be told as wrong.
        places = max(min(money.decimals(now), money.decimals(change)), 2)
        return money.rounded(now - change, places), f"{way} {abs(change):f} 得出"
    if not now:
        return None  # any percentage of nothing is nothing
    if reading.kind == RATE:
        if _HUNDRED + told <= 0:
            return None
        before = money.rounded(now * _HUNDRED / (_HUNDRED + told), 2)
        return before, f"和变动 {reading.written}% 推出"
    return _whole_of(now, told, digits, f"和完成 {reading.written}% 推出")


def _whole_of(now: Decimal, percent: Decimal, digits: int, why: str) -> tuple[Decimal, str] | None:
    """Return the amount of which `now` is so many percent, to the fewest decimals that give back that percentage."""
    if percent <= 0:
        return None
    exact = now * _HUNDRED / percent
    some = (money.rounded(exact, places) for places in range(2, _MOST_DECIMALS))
    is_so = (value for value in some if _is_printed(now, value, percent, digits))
    return next(is_so, money.rounded(exact, _MOST_DECIMALS)), why


def _is_printed(now: Decimal, whole: Decimal, percent: Decimal, digits: int) -> bool:
    return whole > 0 and money.rounded(now * _HUNDRED / whole, digits) == percent
