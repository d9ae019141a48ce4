"""The liberties in small: a text that says the same in other words is read as the same.

`make liberties` takes every liberty with a hundred department-years; here each is taken with one of four.
"""

from __future__ import annotations

import re
from collections import Counter
from random import Random

import liberties_table
import pytest
from liberties import judging, liberty
from liberties.reader import read
from liberties.truth import numbers_in

FATES = {"bound", "words", "dates", "unread"}


@pytest.fixture(scope="module")
def subjects():
    """Return four invented department-years."""
    return [liberties_table.invented(n) for n in range(4)]


@pytest.fixture(scope="module")
def tallies(subjects):
    """Return what came of every liberty in one of them."""
    return {
        name: judging.attempt(subjects[n % len(subjects)], one, planted=1)
        for n, (name, one) in enumerate(liberty.LIBERTIES.items())
    }


@pytest.fixture(scope="module")
def whole(tallies):
    return liberties_table.whole(tallies)


def test_there_are_more_than_enough_liberties():
    assert len(liberty.LIBERTIES) >= 45


def test_a_liberty_that_is_told_says_why():
    told = [one for one in liberty.LIBERTIES.values() if one.told]
    assert 0 < len(told) < len(liberty.LIBERTIES) / 10


# What is measured


def test_every_declared_number_has_a_value_of_its_own(subjects):
    for one in subjects:
        counted = Counter(numbers_in(one.truth.text))
        assert {1} == {counted[value] for value in one.truth.slots}


def test_unique_values_have_the_shape_of_the_true_ones(subjects):
    def shape(text):
        return re.sub(
            r"\d+(\.\d+)?", lambda m: "0" if not float(m[0]) else "#" + "#" * len(m[1] or ""), text
        )

    assert [shape(one.text) for one in subjects] == [shape(one.truth.text) for one in subjects]


def test_a_department_year_without_a_liberty_is_clean(subjects):
    assert [] == [f.message for one in subjects for f in judging.serious(one.this, one.text)]


# What is wanted


def test_no_number_is_bound_wrongly(tallies):
    assert [] == [m for tally in tallies.values() for m in tally.misses if " wrong " in m]


def test_98_in_100_numbers_are_bound(whole):
    assert whole.bound >= 98


def test_at_most_one_false_finding_in_50_texts(whole):
    assert whole.false * 50 <= whole.texts, whole.misses


def test_99_in_100_planted_digits_are_found(whole):
    assert whole.detected >= 99


@pytest.mark.parametrize("name", liberty.LIBERTIES)
def test_no_number_is_silent(subjects, name):
    """Every digit of a text is in exactly one number, and every number is one of four."""
    one = subjects[len(name) % len(subjects)]
    text = liberty.LIBERTIES[name].rewrite(one.text, Random(name))
    plain = re.sub(r"\[image[^\]]*\]", lambda m: " " * len(m[0]), text)
    numbers = read(one.this, text)
    spans = [place for n in numbers for place in range(n.start, n.end)]
    assert len(spans) == len(set(spans))
    assert {m.start() for m in re.finditer(r"\d", plain)} <= set(spans)
    assert {n.fate for n in numbers} <= FATES
