"""The benchmark's memory: what it kept, and what it tells when a ratio has fallen."""

import bench
import pytest


@pytest.fixture
def kept(tmp_path, monkeypatch):
    page = tmp_path / "speed.md"
    page.write_text("a\n<!-- check -->\n<!-- end of check -->\nz\n", encoding="utf-8")
    monkeypatch.setattr(bench, "KEPT", page)
    bench.keep({"check": ["| a table |"]}, {"check": {"loading against a check": 0.5}})
    return page


def test_a_table_is_kept_between_its_marks_with_machine_and_ratios(kept):
    text = kept.read_text(encoding="utf-8")
    assert text.startswith("a\n<!-- check -->\n") and text.endswith("<!-- end of check -->\nz\n")
    assert "| a table |" in text and "cores (" in text and "Python" in text
    bench.keep({"check": ["| another |"]}, {"check": {"loading against a check": 0.4}})
    text = kept.read_text(encoding="utf-8")
    assert "a table" not in text and 1 == text.count("ratios:")


@pytest.mark.parametrize("ratio, told", [(0.6, 0), (0.41, 0), (0.39, 1)])
def test_a_ratio_that_fell_by_more_than_a_fifth_fails(kept, ratio, told, capsys):
    found = {"loading against a check": ratio, "never measured before": 0.01}
    assert told == len(bench.worse("check", found))
    assert told == bench.conclude({}, {"check": found})
    assert told == capsys.readouterr().err.count("slower: check")


def test_what_was_never_kept_cannot_fail(kept):
    assert [] == bench.worse("throughput", {"times the shell loop": 1.0})
