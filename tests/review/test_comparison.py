"""Bound numbers judged: same, rounding, different or not to be judged, and what is found of each."""

from decimal import Decimal

import pytest

from helpers.basics.model import Address, Number, Profile, Sentence
from helpers.basics.money import Amount
from helpers.disclosure.tables import Tables
from helpers.edition import forms
from helpers.edition.synonyms import Synonyms
from helpers.published.published import Clause, Found, Narrative
from helpers.report import compared as compared_html
from helpers.review import comparison, differences, tally
from helpers.review.alignment import Alignment, Bound, Reading
from helpers.review.comparison import DIFFERS, ROUNDING, SAME, SURE, UNKNOWN

CELL = Address("03", "合计", "本年支出合计")
CLOSE, FAR = 0.7, 0.69
MISSING, TYPED = object(), object()
WHO = Profile("某局", "某局", 2023, "sichuan-2022")


def compared(written: str, printed: str, likeness: float, value=None, unit: str = "万元"):
    """Return the comparison of one sentence with one number, which has a value, is MISSING or was TYPED."""
    text = f"支出{written}{unit}"
    amount = None if value is MISSING else value or Amount(Decimal(written), Decimal("0.005"))
    number = None if value is TYPED else Number(written, amount, unit, (CELL,), 2, 2 + len(written))
    sentence = Sentence("一-1", "一", text, (number,) if number else ())
    ours, theirs = (Found(digits, unit, 2, 2 + len(digits)) for digits in (written, printed))
    clause = Clause(f"支出#{unit}", (theirs,), 0, len(text))
    bound = Bound(sentence, number, ours, theirs, likeness, clause)
    reading = Reading(sentence, f"支出{printed}{unit}", 0, (bound,), (), (), (), ())
    return comparison.compare(Alignment((reading,), (), (), (), "", (), Synonyms(())))


def verdicts(compared) -> list[str]:
    return [j.verdict for c in compared.sentences for j in c.judged]


def told(compared):
    tables = Tables(forms.load(WHO.edition), None, WHO.year)
    return differences.findings(compared, Narrative("", "narrative.txt"), WHO, tables)


def findings(compared) -> list[tuple[str, str]]:
    return [(f.rule, f.severity) for f in told(compared)]


def test_words_are_sure_from_seven_tenths():
    assert CLOSE == SURE


@pytest.mark.parametrize(
    "printed, likeness, verdict, found",
    [
        ("5", 1.0, SAME, []),
        ("5", CLOSE, SAME, []),
        ("5", FAR, SAME, []),
        ("9", 1.0, DIFFERS, [("文-数", "error")]),
        ("9", CLOSE, DIFFERS, [("文-数", "error")]),
        ("9", FAR, UNKNOWN, [("文-无从核对", "missing")]),
        ("5.01", CLOSE, ROUNDING, [("文-尾差", "hint")]),
        ("5.01", FAR, UNKNOWN, [("文-无从核对", "missing")]),
    ],
)
def test_another_number_among_other_words_is_not_judged(printed, likeness, verdict, found):
    one = compared("5", printed, likeness)
    assert [verdict] == verdicts(one)
    assert found == findings(one)


@pytest.mark.parametrize(
    "printed, likeness, verdict, found",
    [
        ("2023", 1.0, SAME, []),
        ("2023", FAR, SAME, []),
        ("2022", CLOSE, DIFFERS, [("文-年份序号", "warning")]),
        ("2022", FAR, UNKNOWN, [("文-无从核对", "missing")]),
    ],
)
def test_a_number_that_comes_from_no_cell_is_held_against_what_is_written(
    printed, likeness, verdict, found
):
    one = compared("2023", printed, likeness, TYPED, "年")
    assert [verdict] == verdicts(one)
    assert found == findings(one)


@pytest.mark.parametrize("printed", ["5", "9"])
def test_a_number_without_a_figure_is_missing_whatever_is_printed(printed):
    one = compared("5", printed, 1.0, MISSING)
    assert [UNKNOWN] == verdicts(one)
    assert [("文-无从核对", "missing")] == findings(one)


def test_what_is_not_judged_says_why():
    (far,) = told(compared("5", "9", FAR))
    assert (
        "公开文本「支出9万元」：这一句与样式的措辞相差较大，其中的 9万元 不能核对。" == far.message
    )
    (missing,) = told(compared("5", "9", 1.0, MISSING))
    assert (
        "公开文本「支出9万元」中的 9万元 不能核对，缺少公开03表「合计」本年支出合计的数。"
        == missing.message
    )


@pytest.mark.parametrize(
    "one, agrees",
    [
        (compared("5", "5", 1.0), 1),
        (compared("5", "5.01", 1.0), 1),
        (compared("5", "9", 1.0), 0),
        (compared("5", "9", FAR), 0),
        (compared("5", "5", 1.0, MISSING), 0),
    ],
    ids=["same", "rounding", "another", "unsure words", "missing"],
)
def test_a_sentence_with_a_number_that_could_not_be_judged_does_not_agree(one, agrees):
    assert (
        agrees
        == one.count(SAME)
        == tally.of_sentences(one)["一致"] + tally.of_sentences(one)["尾差"]
    )
    assert ("逐数一致的 1 句" in compared_html.comparison(one, {})) == bool(agrees)
