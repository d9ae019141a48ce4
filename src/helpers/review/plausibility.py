"""Whether figures are plausible: codes whose money nothing answers, amounts of a wrong size."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from helpers.basics import money
from helpers.basics.model import (
    ABSENT,
    BUDGET,
    DERIVED,
    FINAL,
    LAST_YEAR,
    Figure,
    Finding,
    Profile,
    Scope,
)
from helpers.basics.money import Amount
from helpers.disclosure.accounts import Accounts
from helpers.disclosure.tables import Tables
from helpers.edition import codes
from helpers.edition.rulebook import Rule
from helpers.review.book import Book, Money

MYRIAD, WIDE, DIGITS, MANY = 10_000, 3, 3, 5  # how far, how nearly, how surely, how often
FAR = 5  # times another that an amount was compared with: hardly the same money
_MOVED = Decimal("0.1"), Decimal("0.01")
_UNSURE = "相差约一万倍，金额或单位可能写错了"
_UNITS = {(True, money.YUAN): "可能把万元数填成了元", (False, money.WAN): "可能把元数填成了万元"}


@dataclass(frozen=True)
class _Gap:
    """A code that has some kinds of money and lacks those that belong to them."""

    code: str
    title: str
    values: tuple[tuple[str, Amount, tuple[Figure, ...]], ...]
    lacking: str

    @property
    def has(self) -> str:
        return "、".join(
            f"{name} {money.printed(amount.value, 6)} 万元{_at(figures)}"
            for name, amount, figures in self.values
        )

    def likeness(self, other: _Gap) -> int:
        """Return how likely two gaps are one mistake: the same code, amount, or 款."""
        same = any(a.meets(b) for _, a, _ in self.values for _, b, _ in other.values)
        return 4 * (self.code == other.code) + 2 * same + (self.code[:5] == other.code[:5])


def codes_answered(rule: Rule, tables: Tables, profile: Profile) -> Iterator[Finding]:
    """Yield codes with expenditure and no source, or with income or a budget and no expenditure."""
    book = Book(rule, tables.accounts)
    alone = _gaps(book, tables, book.spent.ends, _without_source)
    unspent = _gaps(book, tables, book.granted, _without_use)
    for gaps, others, advice in ((alone, unspent, ""), (unspent, alone, "；没有执行的请说明")):
        for gap in gaps:
            line = min(int(f.line) for _, _, figures in gap.values for f in figures)
            said = f"{gap.title}有{gap.has}，没有{gap.lacking}，请核对科目编码{advice}。"
            yield Finding(
                rule.number, rule.severity, f"figures.csv:{line}", said + _mixed_up(gap, others)
            )


def _gaps(
    book: Book,
    tables: Tables,
    ends: Callable[[str], set[str]],
    judge: Callable[[Book, str, str], tuple[list[Money], str]],
) -> list[_Gap]:
    found: list[_Gap] = []
    for fund in (*book.funds, ""):
        told = set() if fund else {gap.code for gap in found}
        for code in sorted(ends(fund) - told):
            kinds, lacking = judge(book, fund, code)
            called = codes.functional().name(code, tables.year)
            title = f"功能科目 {code}「{called}」" + (f"（{fund}）" if fund else "")
            known = ((kind.name, kind.find(fund, code)) for kind in kinds)
            if values := tuple((name, v.amount, v.figures) for name, v in known if v.amount):
                found.append(_Gap(code, title, values, lacking))
    return found


def _without_source(book: Book, fund: str, code: str) -> tuple[list[Money], str]:
    spent = book.spent.find(fund, code).amount
    kinds = (book.income, book.opening, *book.budgets)
    split = book.income.is_split(fund) or book.budgets[0].is_split(fund)
    if not split or spent is None or spent.low <= 0:
        return [], ""
    if any(kind.may_have(fund, code, spent) for kind in kinds):
        return [], ""
    return [book.spent], "、".join(kind.name for kind in kinds if kind.lacks(fund, code))


def _without_use(book: Book, fund: str, code: str) -> tuple[list[Money], str]:
    kinds = [k for k in (book.income, book.planned(fund)) if k.is_split(fund)]
    amounts = [(k, a) for k in kinds if (a := k.find(fund, code).amount) and a.low > 0]
    closed = not amounts or book.closing.may_have(fund, code, amounts[0][1])
    if closed or not book.spent.lacks(fund, code):
        return [], ""
    kinds = [kind for kind, _ in amounts]
    return kinds, "支出，也没有结转到年末" if book.income in kinds else "支出"


def _mixed_up(gap: _Gap, others: list[_Gap]) -> str:
    """Return which other code may be meant, or nothing where none is like it."""
    other = max(others, key=gap.likeness, default=None)
    if not other or not gap.likeness(other):
        return ""
    what = "资金可能写错了" if gap.code == other.code else "这两个科目可能写混了"
    return f"{other.title}有{other.has}，却没有{other.lacking}：{what}。"


def amounts_in_size(rule: Rule, tables: Tables, profile: Profile) -> Iterator[Finding]:
    """Yield amounts ten or ten thousand times what they are compared with, or that part of it."""
    pairs, told = list(_compared(tables.accounts)), dict[Figure, Finding]()
    sums = (*_codes_off(Book(rule, tables.accounts)), *_totals_off(tables.accounts))
    for figure, word, other, how in (*_in_sums(sums, pairs), *_in_comparison(tables, pairs)):
        yuan = MYRIAD if figure.unit == money.YUAN else 1
        theirs, ours = (money.printed(n.value * yuan, 6) for n in (other, figure.amount))
        said = f"{figure.scope.label}（{figure.basis}）第 {figure.line} 行为 {ours} {figure.unit}，"
        told.setdefault(
            figure,
            Finding(
                rule.number,
                rule.severity,
                f"figures.csv:{figure.line}",
                f"{said}{word} {theirs} {figure.unit}：{how}，请核对金额和单位。",
                theirs,
                ours,
            ),
        )
    yield from told.values()


def _in_sums(sums, pairs) -> Iterator[tuple[Figure, str, Amount, str]]:
    """Yield what would be right in another size; of two that would, the one further off else, of more the only one far off."""
    far = {figure: times for figure, _, _, times in sorted(pairs, key=lambda pair: pair[-1])}
    for parts in sums:
        slips = [(f, word, n, how) for f, word, n in parts if (how := _slip(f, n.value))]
        odd = [f for f, *_ in slips if far.get(f, 0) >= FAR]
        if 0 < len(slips) <= 2 or len(odd) == 1:
            figure, word, needed, how = max(slips, key=lambda slip: far.get(slip[0], 0))
            others = [f for f, *_ in slips if f is not figure]
            yield (
                figure,
                word,
                needed,
                how + (f"，不然就是另一边{_at(others)}错了" if others else ""),
            )


def _in_comparison(tables: Tables, pairs) -> Iterator[tuple[Figure, str, Amount, str]]:
    """Yield what slipped against last year, the budget or the final amount of the same money."""
    lines = Counter(f.unit for f in tables.accounts.figures if f.unit in money.MONEY_UNITS)
    odd = [unit for unit in lines if 10 * lines[unit] <= lines.total()]
    before = [(f, word, a, times) for f, word, a, times in pairs if word == "上年决算为"]
    far = [(f, word, a) for f, word, a, times in before if _is_far(times)]
    if len(far) >= MANY and 2 * len(far) >= len(before):
        yield *far[0], f"有 {len(far)} 个数都与上年相差约一万倍，某一年的单位可能填错了"
        return
    for figure, word, amount, times in pairs:
        one, other = figure.amount.value, amount.value
        if FAR <= times <= 200 and (how := _digits_slipped(one, other)):
            yield figure, word, amount, how
        if not _is_far(times):
            continue
        alike = _digits(one) == _digits(other) and len(_digits(one)) >= DIGITS
        every = [t for f, *_, t in pairs if f is figure]
        if alike or figure.unit in odd or (len(every) > 1 and all(map(_is_far, every))):
            yield figure, word, amount, _UNITS.get((abs(one) < abs(other), figure.unit), _UNSURE)


def _is_far(times: Decimal) -> bool:
    return times * WIDE >= MYRIAD and times <= MYRIAD * WIDE


def _compared(accounts: Accounts) -> Iterator[tuple[Figure, str, Amount, Decimal]]:
    """Yield amounts beside last year's, the budget's or the final one, and how many times apart."""
    others: dict[str, tuple[str, ...]] = {FINAL: (LAST_YEAR, BUDGET), LAST_YEAR: ()}
    roles = codes.vocabulary().roles
    for figure in (f for f in accounts.figures if f.unit in money.MONEY_UNITS and f.amount.value):
        for basis in others.get(roles[figure.basis], (FINAL,)):
            on = accounts.on(basis)
            value = on.find(figure.scope) if on.figures_inside(figure.scope) else ABSENT
            once = figure.basis == FINAL or value.state == DERIVED
            if once and value.amount and value.amount.value:
                [stated] = codes.vocabulary().bases(LAST_YEAR)
                name = stated if basis == LAST_YEAR else value.figures[0].basis
                low, high = sorted((abs(figure.amount.value), abs(value.amount.value)))
                yield figure, f"{name}为", value.amount, high / low


def _codes_off(book: Book) -> Iterator[list[tuple[Figure, str, Amount]]]:
    """Yield, of each code that does not come out, every figure with what would make it come out."""
    for fund in book.funds:
        for code, left in book.unbalanced(fund):
            plan, came, went = (
                kind.find(fund, code).amount
                for kind in (book.planned(fund), book.income, book.spent)
            )
            sides = [(-left, (book.income, book.opening)), (left, (book.spent, book.closing))]
            if plan and came and went and abs((plan - came).value) < abs((plan - went).value):
                sides.reverse()
            yield [
                (f, f"要使 {code} 的收支相符，应为", f.amount + change)
                for change, some in sides
                for k in some
                for f in k.find(fund, code).figures
            ]


def _totals_off(accounts: Accounts) -> Iterator[list[tuple[Figure, str, Amount]]]:
    """Yield, of each total that its details contradict, every figure with what would be right."""
    for rollup in accounts.written.values():
        for whole, breakdown in rollup.opposed:
            parts, left = breakdown.figures, whole.amount - breakdown.total
            why = f"要使明细之和与合计{_at([whole])}相符，应为"
            yield [
                (whole, f"明细{_at(parts)}之和为", whole.amount - left),
                *((f, why, f.amount + left) for f in parts),
            ]


def _slip(figure: Figure, needed: Decimal) -> str:
    """Return how an amount came from the one that is needed, or nothing where it hardly did."""
    one = figure.amount.value
    low, high = sorted((abs(one), abs(needed)))
    if high < 2 * low:
        return ""  # neither a digit nor a unit makes so little of a difference
    places = money.decimals(Decimal(figure.written)) + 4 * (figure.unit == money.YUAN)
    in_wan, in_yuan = (money.rounded(n, places) for n in (needed / MYRIAD, needed * MYRIAD))
    if one in (in_wan, in_yuan) and len(figure.written.lstrip("-0.").replace(".", "")) >= DIGITS:
        return _UNITS.get((one == in_wan, figure.unit), _UNSURE)
    return _digits_slipped(one, needed, DIGITS - 1)


def _digits_slipped(one: Decimal, other: Decimal, apart: int = DIGITS) -> str:
    """Return whether a number is another with its point moved, or with a digit more or less."""
    low, high = sorted((abs(one), abs(other)))
    if one * other <= 0 or len(_digits(low)) <= DIGITS or len(_digits(high - low)) < apart:
        return ""
    if any(low == high * times for times in _MOVED):
        return "数字相同，小数点可能点错了位置"
    short, long = (f"{n:.8f}".replace(".", "").lstrip("0") for n in (low, high))
    dropped = any(long[:at] + long[at + 1 :] == short for at in range(len(long)))
    return f"可能{'少' if abs(one) == low else '多'}写了一位" if dropped else ""


def _digits(value: Decimal) -> str:
    return f"{abs(value):f}".replace(".", "").strip("0")


def _at(figures: Iterable[Figure]) -> str:
    lines = sorted({int(figure.line) for figure in figures})
    return f"（第 {'、'.join(map(str, lines[:6]))}{' 等' if len(lines) > 6 else ''} 行）"


def likely_in_wan(rule: Rule, tables: Tables, profile: Profile) -> Iterator[Finding]:
    """Totals of a few hundred 元: 万元 amounts were most likely written under the unit 元."""
    for figure in tables.accounts.figures:
        if (
            figure.scope.item in ("收入", "支出")
            and figure.unit == money.YUAN
            and 0 < figure.amount.value < 1
        ):
            whole = tables.accounts.on(FINAL).find(Scope(figure.scope.item))
            if whole.amount is not None and 0 < whole.amount.value < 1:
                yield Finding(
                    rule.number,
                    rule.severity,
                    f"figures.csv:{figure.line}",
                    f"{figure.scope.item}合计只有 {money.printed(whole.amount.value.scaleb(4))} 元，是否把万元数填成了元？请核对 figures.csv 的 unit（单位）栏。",
                    money.WAN,
                    money.YUAN,
                )
                return
