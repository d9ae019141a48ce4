"""What the system refuses for, as a person is told."""

import errno

import pytest

from helpers import cli
from helpers.basics.errors import system


@pytest.mark.parametrize(
    "number, said", [(errno.EACCES, "没有权限"), (errno.ENOSPC, "磁盘满了"), (9999, "odd")]
)
def test_what_the_system_refused_for_is_said_in_chinese_where_it_is_common(number, said):
    assert said == system(OSError(number, "odd"))


def test_a_folder_that_cannot_be_made_is_named_with_why(tmp_path, capsys):
    (tmp_path / "departments").write_text("", encoding="utf-8")
    assert 3 == cli.main(["new", "office", "2024", "--data", str(tmp_path)])
    said = capsys.readouterr().err
    assert str(tmp_path) in said and "不是文件夹" in said and "Errno" not in said
