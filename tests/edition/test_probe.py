"""Every edition probed: one that follows it under other numbers, names and words, and without a table and a section.

It is printed in its own words everywhere, and a department under it is told what it is told under the edition that it follows.
"""

import re

import pytest
import yaml

from helpers.basics.model import Finding
from helpers.edition import declared, edition, rulebook
from helpers.report import files, report
from helpers.review import named_checks, vetting
from helpers.sample import sample

NAME, SECTION, QUANTITY = "probe", "九", "国资支出"
INSTEAD = "T04[本年支出合计, 国有资本经营预算财政拨款]"
RENAMED = {
    "收入决算情况说明": "全年收入的说明",
    "一般公共预算财政拨款支出决算结构情况": "钱用在哪些方面",
}
PLAIN, SYNONYM = "本年收入合计", "全年收入之和"


def numbered(text: str, numbers: list[str]) -> str:
    """Return words with the numbers of tables as the probe has them."""
    either = "|".join(numbers)
    text = re.sub(rf"(?<![\w.])({either})(?=\[)", r"T\1", text)
    text = re.sub(rf"表: '?({either})'?(?=[ ,}}])", r"表: T\1", text)
    return re.sub(rf"表({either})(?=[、，。「《（]|$)|公开({either})表", _called, text)


def _called(number: re.Match) -> str:
    return f"表T{number[1]}" if number[1] else f"公开T{number[2]}表"


def written(rules, of: str) -> tuple[str, set[str]]:
    """Write the probe of an edition; return the number of the table that it leaves out, and the checks that named it."""
    known = edition.load(of)
    numbers = [number for number, form in known.forms.items() if form.published]
    gone = known.wording.quantities[QUANTITY].sums[0][0].of.table
    checks = {
        rule.number
        for rule in rulebook.load(of, frozenset(named_checks.FUNCTIONS))
        if re.search(rf"\b{gone}\b", f"{rule.relations} {rule.parameters}")
    }
    quantities = {
        name: INSTEAD
        for name, quantity in known.wording.quantities.items()
        if any(term.of.table == gone for terms in quantity.sums for term in terms)
    }
    (rules / NAME).mkdir()
    about = {
        "名称": "试",
        "沿用": of,
        "改号": {number: f"T{number}" for number in numbers},
        "去掉": {"表": [f"T{gone}"], "说明": [SECTION], "勾稽": sorted(checks)},
    }
    statements = {"同义": {PLAIN: [SYNONYM]}, "量": quantities, "说明": []}
    proofs = yaml.safe_load(
        (rules / declared.chain(of)[0] / "proofreading.yaml").read_text(encoding="utf-8")
    )
    proofs["用途"].remove(SECTION)
    proofs["名词"]["表"] = f"T{known.proofs.terms_of}"
    for name, content in (("edition", about), ("statements", statements), ("proofreading", proofs)):
        text = yaml.safe_dump(content, allow_unicode=True, default_flow_style=None)
        (rules / NAME / f"{name}.yaml").write_text(text, encoding="utf-8")
    (rules / NAME / "outline.yaml").write_text(outline(rules, of, gone, numbers), encoding="utf-8")
    return gone, checks


def outline(rules, of: str, gone: str, numbers: list[str]) -> str:
    """Return the outline with the section and the table left out, and others called otherwise."""
    own = next(n for n in reversed(declared.chain(of)) if (rules / n / "outline.yaml").exists())
    text = (rules / own / "outline.yaml").read_text(encoding="utf-8")
    for dropped in (
        rf"^  - {{[^\n]*{{说明: {SECTION}}}.*\n",
        rf"^  - {{[^\n]*{{表: '{gone}'}}.*\n",
    ):
        text, count = re.subn(dropped, "", text, flags=re.M)
        assert count == 1
    for before, after in ((f"标题: {a}", f"标题: {b}") for a, b in RENAMED.items()):
        assert before in text
        text = text.replace(before, after)
    return numbered(text, numbers)


def faulty(place, of: str, synonym: str) -> report.Report:
    """Return an invented department of an edition that published otherwise than its figures say, in these words."""
    (folder,) = sample.create(place, 1, range(2024, 2025), seed=3, published=True, edition=of)
    text = folder.narrative.read_text(encoding="utf-8")
    (line,) = re.findall(rf"^.*{PLAIN}\d.*$", text, re.M)
    amount = re.search(rf"{PLAIN}(\d+)", line)[1]
    said = line.replace(f"{PLAIN}{amount}", f"{synonym}{int(amount) + 5}")
    folder.narrative.write_text(text.replace(line, said), encoding="utf-8")
    figures = folder.figures.read_text(encoding="utf-8")
    changed = re.sub(r"(公务接待费,.*?,)(\d+)(\.\d+)?(,元)", r"\g<1>9\2\3\4", figures, count=1)
    assert changed != figures
    folder.figures.write_text(changed, encoding="utf-8")
    return report.load(folder.department, folder.year, folder.data)


def told(found: list[Finding]) -> set[str]:
    """Return what is found, whatever line of the text it is in, and whichever of two words for one thing it quotes."""
    said = (f"{f.rule} {f.severity} {f.place} {f.message} {f.expected} {f.found}" for f in found)
    return {re.sub(r"(txt):\d+", r"\1", one).replace(SYNONYM, PLAIN) for one in said}


@pytest.mark.parametrize("of", declared.names())
def test_an_edition_under_other_numbers_and_words_says_so_and_finds_the_same(rules, tmp_path, of):
    gone, checks = written(rules, of)
    assert [] == vetting.problems(NAME)
    before, this = faulty(tmp_path / "before", of, PLAIN), faulty(tmp_path / "after", NAME, SYNONYM)
    numbers = [table.form.number for table in before.tables.published()]
    name = edition.load(of).forms[gone].name

    assert [f"T{n}" for n in numbers if n != gone] == [
        table.form.number for table in this.tables.published()
    ]
    page, text = this.parts().html, files.narrative_txt(this.disclosure)
    for after in RENAMED.values():
        assert after in page and after in text
    (dropped,) = (d.title for n, d in edition.load(of).wording.declarations.items() if n == SECTION)
    for word in (*RENAMED, dropped):
        assert f"、{word}" not in page and f"）{word}" not in text
    assert name not in page

    kept = [
        f
        for f in before.found
        if f.rule not in checks
        and f"{gone}[" not in f.place
        and not f.place.startswith(f"{SECTION}-")
    ]
    assert {"error", "warning"} & {f.severity for f in kept}
    assert {numbered(one, numbers) for one in told(kept)} == told(
        [f for f in this.found if f.rule not in checks]
    )
