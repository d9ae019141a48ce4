"""The page for a finance person who adds a form, followed word by word: what it says to write is an edition without fault."""

import re

from helpers import cli
from helpers.basics import paths
from helpers.edition import declared
from helpers.report import files
from helpers.report import report as reports
from helpers.review import vetting
from helpers.sample import readback, sample

PAGE = (paths.ROOT / "docs" / "new-form.md").read_text(encoding="utf-8")
NAME = "example-2025"


def written(rules) -> None:
    """Write the edition as the page says."""
    command, base = re.search(r"juesuan (rules new \S+ --from (\S+))", PAGE).groups()
    assert cli.BUILT == cli.main(command.split())
    for name, text in re.findall(r"```yaml\n# 文件：([a-z.]+)\n(.*?)```", PAGE, re.S):
        (rules / NAME / name).write_text(text, encoding="utf-8")
    (line,) = re.findall(r"```yaml\n# 文件：outline\.yaml，[^\n]*\n(.*?)```", PAGE, re.S)
    outline = (rules / base / "outline.yaml").read_text(encoding="utf-8")
    (part,) = re.findall(r"- 标题: 第二部分.*?(?=^- 标题)", outline, re.S | re.M)
    (gone,) = re.findall(r"删去[^`]*`([^`]*)`", PAGE)
    assert outline.count(f"    - {gone}\n") == 1
    (rules / NAME / "outline.yaml").write_text(
        outline.replace(part, part + line).replace(f"    - {gone}\n", ""), encoding="utf-8"
    )


def test_the_page_names_every_edition_that_is_kept():
    assert [] == [name for name in declared.names() if f"`{name}`" not in PAGE]


def test_what_the_page_says_is_an_edition_without_fault(rules, tmp_path):
    written(rules)
    assert [] == vetting.problems(NAME) + readback.problems(NAME)


def test_a_department_of_the_new_form_is_reported_without_error_or_warning(rules, tmp_path):
    written(rules)
    folders = sample.create(
        tmp_path / "data", 3, range(2024, 2026), seed=1, published=True, edition=NAME
    )
    for folder in folders:
        this = reports.load(folder.department, folder.year, folder.data)
        assert [] == [f.message for f in this.found if f.severity in ("error", "warning")]
        assert "机构运行信息表" in this.parts().plain
        assert "政府采购金额" in files.narrative_txt(this.disclosure)
