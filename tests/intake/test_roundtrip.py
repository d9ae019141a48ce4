"""What a department published, as files of every kind, comes back as the same cells and the same sentences."""

import printed_as
import pytest
import roundtrip


@pytest.mark.parametrize("kind", printed_as.KINDS)
def test_a_department_comes_back_from_files_of_this_kind(tmp_path, kind):
    """All cells, all sentences but for percentages of rounded amounts, and no error that the documents do not have."""
    if lacking := printed_as.LACKING.get(kind):
        pytest.skip(lacking)
    found = roundtrip.trip(tmp_path, 1, kind)
    assert found.is_good, found
    assert (found.cells, found.missing) == (found.equal, 0)
    assert kind == "tables" or found.sentences > 60
