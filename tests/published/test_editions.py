"""What an edition's sentences write is read back by them, slot by slot, whatever the values: of every edition."""

from __future__ import annotations

import liberties_table
import pytest
from liberties import judging, liberty

from helpers.edition import declared

OTHERS = [name for name in declared.names() if name != declared.default()]
DEPARTMENTS = range(
    4
)  # an office, finance, a school, a hospital: among them all funds, balances and kinds of income


@pytest.fixture(scope="module")
def subjects():
    """Return a function: some invented department-years of an edition."""
    made: dict[str, list[judging.Subject]] = {}

    def of(edition: str) -> list[judging.Subject]:
        if edition not in made:
            made[edition] = [liberties_table.invented(n, edition) for n in DEPARTMENTS]
        return made[edition]

    return of


@pytest.mark.parametrize("edition", declared.names())
def test_every_number_is_read_as_what_it_was_written_for(subjects, edition):
    for one in subjects(edition):
        tally = judging.Tally()
        judging.bind(one, one.truth.text, tally)
        assert (0, 0, len(one.truth.slots)) == (tally.wrong, tally.unbound, tally.right), (
            tally.misses
        )


@pytest.mark.parametrize("edition", declared.names())
def test_a_department_year_as_it_is_written_has_nothing_to_tell(subjects, edition):
    assert [] == [
        f.message
        for one in subjects(edition)
        for f in judging.serious(one, judging.read(one, one.text))
    ]


@pytest.mark.parametrize("edition", OTHERS)
def test_liberties_are_read_rightly_in_another_form(subjects, edition):
    """Those that its text allows: at least forty, none of them bound wrongly, 98 in 100 bound, planted digits found."""
    one = subjects(edition)[0]
    allowed = [name for name in liberty.LIBERTIES if liberties_table.allows(one, name)]
    tallies = {name: judging.attempt(one, liberty.LIBERTIES[name]) for name in allowed[::3]}
    whole = liberties_table.whole(tallies)
    assert len(allowed) >= 40
    assert 0 == whole.wrong, whole.misses
    assert whole.bound >= 98 and whole.detected >= 99, whole.misses
