"""An edition is tried on invented departments: what it writes and cannot read back is told by its line."""

import pytest

from helpers import cli
from helpers.edition import declared
from helpers.sample import readback

BASE = declared.default()


def following(rules, statements: str) -> str:
    place = rules / "other"
    place.mkdir()
    (place / "edition.yaml").write_text(f"名称: 另一版\n沿用: {BASE}\n", encoding="utf-8")
    (place / "statements.yaml").write_text(statements, encoding="utf-8")
    return "other"


@pytest.mark.parametrize("edition", declared.names())
def test_every_edition_that_is_kept_reads_back_what_it_writes(edition):
    assert [] == readback.problems(edition)


NAMELESS = """\
说明:
- 编号: 三
  列举:
    各项支出: {格: "03[合计, *]", 名单: [基本支出, 项目支出, 经营支出], 项: "{额}万元", 隔: ；}
  句: ["{年}年度本年支出合计{本年支出}万元，其中：{列举 各项支出}。"]
"""


def test_rows_without_a_name_cannot_be_read_back(rules):
    name = following(rules, NAMELESS)
    (problem,) = {line.partition("写出的")[0] for line in readback.problems(name)}
    assert "rules/other/statements.yaml 第 2 行：说明「三」" == problem


def test_the_command_says_so(rules, capsys):
    following(rules, NAMELESS)
    assert cli.FAILED == cli.main(["rules", "check", "other"])
    assert "说明「三」写出的" in capsys.readouterr().out
