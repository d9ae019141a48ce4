"""What a report is made from: everything that it uses makes it anew, and nothing else does."""

import shutil

import pytest

from helpers.basics import paths
from helpers.batch import inputs
from helpers.edition import declared

BASE = declared.default()


@pytest.fixture
def summed(tmp_path, monkeypatch):
    """Rules, codes and code of one's own, summed anew at every look."""
    ignored = shutil.ignore_patterns("__pycache__")
    for name in ("RULES", "CODE"):
        kept = shutil.copytree(getattr(paths, name), tmp_path / name, ignore=ignored)
        monkeypatch.setattr(paths, name, kept)

    def look(edition: str, with_text: bool = True) -> dict[str, str]:
        for known in (inputs.machinery, inputs.of_machinery):
            known.cache_clear()
        return inputs.of_machinery(edition, with_text)

    yield look
    for known in (inputs.machinery, inputs.of_machinery):
        known.cache_clear()


def touch(place) -> None:
    place.write_text(place.read_text(encoding="utf-8") + "\n", encoding="utf-8")


@pytest.mark.parametrize("name", ["sample", "across", "following"])
def test_a_rule_of_an_edition_of_any_name_makes_its_reports_anew_and_no_others(summed, name):
    (paths.RULES / name).mkdir()
    (paths.RULES / name / "edition.yaml").write_text(f"名称: 试\n沿用: {BASE}\n", encoding="utf-8")
    mine, others = summed(name), summed(BASE)
    touch(paths.RULES / name / "edition.yaml")
    assert mine != summed(name) and others == summed(BASE)
    touch(paths.RULES / BASE / "checks.yaml")
    assert mine != summed(name) and others != summed(BASE)


def test_a_proofreading_word_makes_only_reports_with_a_text_anew(summed):
    with_text, without = summed(BASE), summed(BASE, False)
    touch(paths.RULES / declared.chain(BASE)[0] / "proofreading.yaml")
    assert with_text != summed(BASE) and without == summed(BASE, False)


@pytest.mark.parametrize("name", ["report/look/index.css", "across/page.py", "sample/kinds.py"])
def test_what_no_report_has_makes_none_anew(summed, name):
    before = summed(BASE)
    touch(paths.CODE / name)
    assert before == summed(BASE)


@pytest.mark.parametrize("name", ["report/look/report.css", "report/grid.py", "edition/forms.py"])
def test_what_every_report_has_makes_all_anew(summed, name):
    before = summed(BASE)
    touch(paths.CODE / name)
    assert before != summed(BASE)
