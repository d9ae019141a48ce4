"""How labels of printed tables are compared: without width, space and ordinal; what is an amount, a code, a head word."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache

from helpers.basics import money
from helpers.basics.notes import without_note
from helpers.basics.text import narrow, plain
from helpers.edition import usage
from helpers.edition.forms import Line
from helpers.published import units

GAP = "缺"  # stands where an amount is not known
NUMERIC = re.compile(r"-?[\d,，]+(\.\d+)?")
_WIDE = re.compile(r"(?=.*[\s０-９．，－−])[\s\d０-９.．,，\-－−]*\d[\s\d０-９.．,，]*")
_AMOUNT = re.compile(r"-?(\d[\d,，]*\.\d+|\d{1,3}([,，]\d{3})+|\d{4,})(万?元)?")
NOTHING = frozenset(("", "-", "--", "—", "——", "–", "/", "无"))  # how a zero is printed in words
_NOISE = {money.WAN: 6, money.YUAN: 2, "%": 6}  # decimals behind which is what a program left
_NUMBER = re.compile(r"-?(?:\d{1,3}(?:,\d{3}){1,5}|\d{1,18})(\.\d+)?", re.ASCII)
_DROPPED = str.maketrans("", "", " '’￥¥")
_CODE = re.compile(r"\d{3}(?:\d\d){0,2}", re.ASCII)
_CODED = re.compile(
    r"[\[(（【]?(\d{3}(?:\d\d){0,2})[\])）】]?[\s\-—.、]*(?=[^\d\s.,，])(.+)", re.ASCII | re.S
)
_CODED_AFTER = re.compile(r"(\D+?)[\s\[(（【]+(\d{3}(?:\d\d){0,2})[\])）】]", re.ASCII)
_PARTED = re.compile(r"['’]?(\d{3})(?:[-—](\d\d))?(?:[-—](\d\d))?", re.ASCII)


@lru_cache(maxsize=20_000)
def word(text: str) -> str:
    """Return a label as it is compared, all words for a total as one, without the unit that it may end with.

    >>> word("一、 一般公共服务支出"), word("小 计"), word("决算数（万元）")
    ('一般公共服务支出', '合计', '决算数')
    """
    label, usual = units.without(plain("".join(text.split()))), usage.load()
    return usual.total if label in usual.totals else label


def names(line: Line) -> tuple[str, ...]:
    """Return every way in which a row or the last word of a column's head may be written."""
    last = line.label.rpartition("/")[2]
    return tuple(dict.fromkeys(map(word, (last, *line.aliases))))


@lru_cache(maxsize=20_000)
def folded(text: str) -> str:
    """Return a number without differences of width and space, a code without what parts it; any other text as it is.

    >>> folded("１，２３４.５0"), folded("￥1 234.50"), folded("２０１ 一般"), folded("201-06-01"), folded("494.95①")
    ('1,234.50', '1234.50', '２０１ 一般', '2010601', '494.95')
    """
    if not text:
        return text
    text = without_note(text)
    if code := _PARTED.fullmatch(text):
        return "".join(filter(None, code.groups()))
    bare = text.lstrip("￥¥")
    return narrow(bare).replace("−", "-") if bare != text or _WIDE.fullmatch(text) else text


@lru_cache(maxsize=20_000)
def digits(text: str, unit: str) -> str | None:
    """Return the digits of a printed number, those of a zero where nothing is printed, or nothing where it is none.

    >>> digits("1,014.50", "万元"), digits("（6.11）", "万元"), digits("——", "万元"), digits("488.90[1]", "万元")
    ('1014.50', '-6.11', '0', '488.90')
    >>> digits("约5", "万元")
    """
    bare = narrow(without_note(text)).translate(_DROPPED).replace("−", "-").removesuffix(unit)
    if bare in NOTHING:
        return "0"
    if bare.startswith("(") and bare.endswith(")"):
        bare = f"-{bare[1:-1]}"
    return without_noise(bare.replace(",", ""), unit) if _NUMBER.fullmatch(bare) else None


def without_noise(number: str, unit: str) -> str:
    """Return a number without the decimals that nobody writes and programs leave.

    >>> without_noise("138.92670000100", "万元"), without_noise("1014.50", "万元"), without_noise("7.0000001", "%")
    ('138.9267', '1014.50', '7')
    """
    most = _NOISE.get(unit)
    if most is None or len(number.partition(".")[2]) <= most:
        return number
    return money.printed(Decimal(number), most)


@lru_cache(maxsize=20_000)
def is_amount(text: str) -> bool:
    """Return whether a text is an amount and no ordinal.

    >>> is_amount("2,940.05"), is_amount("0.00"), is_amount("12"), is_amount("1234567")
    (True, True, False, True)
    """
    return text == GAP or _AMOUNT.fullmatch(text) is not None


@lru_cache(maxsize=20_000)
def is_code(text: str) -> bool:
    """Return whether a text may be a code of 类, 款 or 项."""
    return _CODE.fullmatch(text) is not None


def whole(text: str) -> str:
    """Return a number without the .0 that a program wrote behind it, as behind a code."""
    return text.removesuffix(".0")


def bare_code(text: str) -> str:
    """Return what stands where a code does without what programs fill codes up with.

    >>> bare_code("201.0"), bare_code("2010000"), bare_code("2010600"), bare_code("30100")
    ('201', '201', '20106', '301')
    """
    code = whole(text)
    while is_code(code) and len(code) > 3 and code.endswith("00"):
        code = code[:-2]
    return code


@lru_cache(maxsize=20_000)
def code_and_name(text: str) -> tuple[str, str]:
    """Return the code and the name of a cell that holds both, else two blanks.

    >>> code_and_name("2010301 行政运行"), code_and_name("行政运行（2010301）"), code_and_name("行政运行")
    (('2010301', '行政运行'), ('2010301', '行政运行'), ('', ''))
    """
    if match := _CODED.fullmatch(text):
        return match[1], match[2].strip()
    after = _CODED_AFTER.fullmatch(text)
    return (after[2], after[1].strip()) if after else ("", "")
