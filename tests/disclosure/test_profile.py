"""profile.yaml: what is accepted, and how everything else is refused by file, line and nearest known key."""

import subprocess
import sys

import pytest

from helpers.basics.errors import DataError, DataErrors
from helpers.disclosure import profile

NAME = "sample-culture-bureau/2023/profile.yaml"
HEAD = "department: 示例县文化和教育局（虚构）\nshort_name: 示例文教局（虚构）\nyear: 2023\nedition: sichuan-2022\n"


def load(tmp_path, content: str | bytes):
    path = tmp_path / "profile.yaml"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return profile.load(path, NAME, 2023)


def refusal(tmp_path, content: str | bytes) -> str:
    """Return the message of the refusal: printable lines, each of which begins with the file's name."""
    with pytest.raises(DataError) as caught:
        load(tmp_path, content)
    message = str(caught.value)
    assert all(line.isprintable() and line.startswith(NAME) for line in message.splitlines())
    assert len(message) < 600
    return message


# What is accepted


def test_the_four_required_keys_are_enough_and_the_style_has_its_defaults(tmp_path):
    loaded = load(tmp_path, HEAD)
    assert ("示例县文化和教育局（虚构）", "示例文教局（虚构）", 2023, "sichuan-2022") == (
        loaded.department,
        loaded.short_name,
        loaded.year,
        loaded.edition,
    )
    assert (1, 1, True, "部门") == (
        loaded.percent_decimals,
        loaded.decimals_of("三公"),
        loaded.trim_zeros,
        loaded.kind,
    )
    assert {} == loaded.texts


ENGLISH = (
    HEAD
    + """\
region: 示例省
kind: 单位
duties: 职责文字
organisation: 机构文字
units: [甲, 乙]
staff: 人员文字
reasons: {收支总计: 某原因}
three_public_details: {因公出国: 某行程}
assets_use: 某用途
performance: {自评综述: 综述}
glossary: [某词：某义]
style: {percent_decimals: 2, three_public_percent_decimals: 0, trim_zeros: false}
"""
)
IN_CHINESE = {
    "department": "部门",
    "short_name": "简称",
    "year": "年度",
    "edition": "版本",
    "region": "地区",
    "kind": "类型",
    "duties": "职责",
    "organisation": "机构设置",
    "units": "二级单位",
    "staff": "人员",
    "reasons": "原因",
    "three_public_details": "三公明细",
    "assets_use": "资产用途",
    "performance": "绩效",
    "glossary": "名词解释",
    "style": "格式",
}


def translated(text: str) -> str:
    lines = []
    for line in text.splitlines():
        key, colon, rest = line.partition(":")
        lines.append(IN_CHINESE[key] + colon + rest)
    return "\n".join(lines)


def test_every_key_may_be_written_in_chinese(tmp_path):
    assert load(tmp_path, ENGLISH) == load(tmp_path, translated(ENGLISH))


def test_every_key_of_the_contract_is_kept(tmp_path):
    loaded = load(tmp_path, ENGLISH)
    assert {
        "职责": ("职责文字",),
        "机构设置": ("机构文字",),
        "二级单位": ("甲", "乙"),
        "人员": ("人员文字",),
        "原因/收支总计": ("某原因",),
        "三公明细/因公出国": ("某行程",),
        "资产用途": ("某用途",),
        "绩效/自评综述": ("综述",),
        "名词解释": ("某词：某义",),
    } == loaded.texts
    assert ("示例省", "单位", 2, 0, False) == (
        loaded.region,
        loaded.kind,
        loaded.percent_decimals,
        loaded.decimals_of("三公"),
        loaded.trim_zeros,
    )


@pytest.mark.parametrize("key", ["three_public_details", "performance", "assets_use"])
def test_a_text_block_may_be_one_plain_text(tmp_path, key):
    assert {IN_CHINESE[key]: ("第一段", "第二段")} == load(
        tmp_path, f"{HEAD}{key}: |\n  第一段\n\n  第二段\n"
    ).texts


def test_three_public_percentages_follow_the_others_unless_said(tmp_path):
    assert 3 == load(tmp_path, HEAD + "style: {percent_decimals: 3}\n").decimals_of("三公")


@pytest.mark.parametrize(
    "written, expected",
    [
        ("010", "010"),
        ("NO", "NO"),
        ("1e3", "1e3"),
        ("2023-01-01", "2023-01-01"),
        ("~", "~"),
        ("null", "null"),
    ],
)
def test_a_text_stays_the_text_that_was_written(tmp_path, written, expected):
    loaded = load(tmp_path, HEAD + f"region: {written}\nunits: [{written}]\n")
    assert (expected, (expected,)) == (loaded.region, loaded.texts["二级单位"])


@pytest.mark.parametrize(
    "content",
    ["\ufeff" + HEAD, HEAD.replace("\n", "\r\n"), "---\n" + HEAD, "# 说明\n" + HEAD],
    ids=["BOM", "CRLF", "document start", "comment"],
)
def test_the_file_may_be_written_in_other_ordinary_ways(tmp_path, content):
    assert load(tmp_path, HEAD) == load(tmp_path, content)


def test_braces_in_a_text_are_left_for_the_sentence(tmp_path):
    assert ("比{上年}年{变动 总计}",) == load(
        tmp_path, HEAD + "reasons:\n  收支总计: 比{上年}年{变动 总计}\n"
    ).texts["原因/收支总计"]


def test_each_text_knows_its_line(tmp_path):
    lines = load(tmp_path, HEAD + "duties: 职责\nreasons:\n  收支总计: 甲\n  三公经费: 乙\n").lines
    assert {"职责": (5,), "原因/收支总计": (7,), "原因/三公经费": (8,)} == lines


# What is refused

BAD = {
    # name: (content, place, what is wrong, what is expected)
    "unknown key": (
        HEAD + "dutys: 甲",
        "第 5 行",
        "不认识的键「dutys」，最接近的是「duties」",
        "department",
    ),
    "unknown Chinese key": (
        HEAD + "机构设直: 甲",
        "第 5 行",
        "不认识的键「机构设直」，最接近的是「机构设置」",
        "机构设置",
    ),
    "unknown style key": (
        HEAD + "style:\n  percent_decimal: 1",
        "第 6 行",
        "最接近的是「percent_decimals」",
        "trim_zeros",
    ),
    "repeated key": (
        HEAD + "kind: 部门\nyear: 2023",
        "第 6 行",
        "键「year」重复，前一个在第 3 行",
        "每个键只写一次",
    ),
    "key in both languages": (
        HEAD + "年度: 2023",
        "第 5 行",
        "「年度」与「year」是同一个键",
        "每个键只写一次",
    ),
    "repeated reason": (
        HEAD + "reasons:\n  甲: 1\n  甲: 2",
        "第 7 行",
        "键「甲」重复，前一个在第 6 行",
        "每个键只写一次",
    ),
    "repeated style key in both languages": (
        HEAD + "style:\n  percent_decimals: 1\n  百分比小数位: 2",
        "第 7 行",
        "百分比小数位",
        "每个键只写一次",
    ),
    "department is a list": (
        "department: [甲]\n" + HEAD.split("\n", 1)[1],
        "第 1 行",
        "「department」的值类型不对",
        "一段文字",
    ),
    "units is a text": (HEAD + "units: 甲", "第 5 行", "「units」的值类型不对", "一个列表"),
    "reasons is a text": (
        HEAD + "reasons: 甲",
        "第 5 行",
        "「reasons」的值类型不对",
        "一组「键: 值」",
    ),
    "glossary is a mapping": (
        HEAD + "glossary: {甲: 乙}",
        "第 5 行",
        "「glossary」的值类型不对",
        "一个列表",
    ),
    "duties is a mapping": (
        HEAD + "duties: {甲: 乙}",
        "第 5 行",
        "「duties」的值类型不对",
        "一段文字或一个列表",
    ),
    "style is a text": (HEAD + "style: 1", "第 5 行", "「style」的值类型不对", "一组「键: 值」"),
    "a unit is a mapping": (HEAD + "units:\n- 甲\n- 乙: 丙", "第 7 行", "不是文字", "一段文字"),
    "a reason is a mapping": (
        HEAD + "reasons:\n  甲:\n    乙: 丙",
        "第 6 行",
        "「甲」不是文字",
        "一段文字",
    ),
    "the file is a list": ("- a\n- b", "第 1 行", "不是「键: 值」", "department"),
    "the file is a word": ("甲", "第 1 行", "不是「键: 值」", "department"),
    "a key is a list": (HEAD + "? [a]\n: b", "第 5 行", "键不是一个词", "「键: 值」"),
    "another year": (
        HEAD.replace("2023", "2022"),
        "第 3 行",
        "年度「2022」与文件夹 2023 不一致",
        "2023",
    ),
    "a year in words": (
        HEAD.replace("2023", "二〇二三"),
        "第 3 行",
        "年度「二〇二三」与文件夹 2023 不一致",
        "2023",
    ),
    "unknown edition": (
        HEAD.replace("sichuan-2022", "sichuan-1999"),
        "第 4 行",
        "没有版本「sichuan-1999」",
        "sichuan-2022",
    ),
    "edition outside the folder": (
        HEAD.replace("sichuan-2022", "../rules/sichuan-2022"),
        "第 4 行",
        "没有版本",
        "sichuan-2022",
    ),
    "unknown kind": (HEAD + "kind: 局", "第 5 行", "类型「局」不对", "部门 或 单位"),
    **{
        f"percent_decimals {v}": (
            HEAD + f"style:\n  percent_decimals: {v}",
            "第 6 行",
            "percent_decimals",
            "0 到 4 的整数",
        )
        for v in ("-1", "5", "1.0", "一", "''", "'1 '", "９", "10")
    },
    "three_public_percent_decimals x": (
        HEAD + "style: {percent_decimals: 1,\n  three_public_percent_decimals: x}",
        "第 6 行",
        "three_public_percent_decimals",
        "0 到 4 的整数",
    ),
    "trim_zeros 2": (HEAD + "style:\n  trim_zeros: 2", "第 6 行", "trim_zeros", "true 或 false"),
    "tab": (HEAD + "reasons:\n\t甲: 乙", "第 6 行", "YAML 写法有误", "「键: 值」"),
    "unclosed quote": (HEAD + 'duties: "甲\nstaff: 乙', "第 ", "YAML 写法有误", "「键: 值」"),
    "colon in a plain text": (HEAD + "duties: 甲: 乙", "第 5 行", "YAML 写法有误", "加引号"),
    "bad indentation": (HEAD + "reasons:\n  甲: 1\n 乙: 2", "第 7 行", "YAML 写法有误", "缩进"),
    "two documents": (HEAD + "---\n" + HEAD, "第 5 行", "YAML 写法有误", "「键: 值」"),
    "alias": (HEAD + "duties: &x 甲\nstaff: *x", "第 6 行", "用了 YAML 的引用", "直接写出的文字"),
    "undefined alias": (HEAD + "staff: *x", "第 5 行", "用了 YAML 的引用", "直接写出的文字"),
    "merge key": (
        HEAD + "reasons: &x {甲: 乙}\nperformance:\n  <<: *x",
        "第 ",
        "用了 YAML 的引用",
        "直接写出的文字",
    ),
    "GBK": (HEAD.encode("gbk"), "第 1 行", "不是 UTF-8 编码（可能是 GBK）", "UTF-8"),
    "UTF-16": (HEAD.encode("utf-16"), "第 1 行", "不是 UTF-8 编码", "UTF-8"),
}


@pytest.mark.parametrize("case", BAD)
def test_a_profile_is_refused_with_its_line(tmp_path, case):
    content, place, wrong, expected = BAD[case]
    message = refusal(tmp_path, content)
    assert message.startswith(f"{NAME} {place}")
    assert wrong in message
    assert expected in message


@pytest.mark.parametrize("key", ["department", "short_name", "year", "edition"])
@pytest.mark.parametrize("how", ["absent", "blank"])
def test_a_required_key_is_asked_for_by_both_its_names(tmp_path, key, how):
    kept = [line for line in HEAD.splitlines() if not line.startswith(key)]
    message = refusal(tmp_path, "\n".join(kept + ([f"{key}: ' '"] if how == "blank" else [])))
    assert f"缺少「{key}」（{IN_CHINESE[key]}）" in message


@pytest.mark.parametrize(
    "content, wrong",
    [
        ("", "文件是空的"),
        (" \n\n", "文件是空的"),
        ("# 还没有写\n", "只有注释，没有内容"),
        ("---\n", "不是「键: 值」"),
        ("{}\n", "缺少「department」"),
    ],
    ids=["empty", "blank", "only a comment", "only a document start", "an empty mapping"],
)
def test_a_profile_without_content_is_refused(tmp_path, content, wrong):
    assert wrong in refusal(tmp_path, content)


def test_a_control_character_is_refused(tmp_path):
    assert "YAML 不允许的字符" in refusal(tmp_path, HEAD + "duties: 甲\0乙")


def test_an_absent_profile_is_refused_by_name(tmp_path):
    with pytest.raises(DataError, match="profile.yaml：没有这个文件"):
        profile.load(tmp_path / "profile.yaml", NAME, 2023)


def test_a_profile_of_25_megabytes_is_refused(tmp_path):
    assert "文件超过 0.5 MB" in refusal(tmp_path, HEAD.encode() + b"#" * 25_000_000)


def test_an_alias_bomb_is_refused_at_once(tmp_path):
    bomb = "a0: &a0 [x, x, x, x, x, x, x, x, x]\n"
    bomb += "".join(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]\n" for n in range(1, 12))
    assert "引用" in refusal(tmp_path, HEAD + bomb)


@pytest.mark.parametrize(
    "nested",
    [
        "duties: " + "[" * 2_000 + "]" * 2_000,
        "duties: " + "{a: " * 2_000 + "b" + "}" * 2_000,
        "duties:\n" + "".join("  " * n + "- \n" for n in range(1, 700)),
    ],
    ids=["lists", "mappings", "indented"],
)
def test_deep_nesting_is_refused(tmp_path, nested):
    assert "嵌套过深" in refusal(tmp_path, HEAD + nested)


def test_very_deep_nesting_is_refused_and_does_not_end_the_process(tmp_path):
    """In a process of its own: the parser's own recursion must be stopped too."""
    (tmp_path / "profile.yaml").write_text(
        HEAD + "duties: " + "[" * 200_000 + "]" * 200_000, encoding="utf-8"
    )
    code = (
        "import sys; from pathlib import Path; from helpers.basics import errors; from helpers.disclosure import profile\n"
        "try: profile.load(Path(sys.argv[1]), 'profile.yaml', 2023)\n"
        "except errors.DataError as error: print('refused', error)"
    )
    ended = subprocess.run(
        [sys.executable, "-c", code, str(tmp_path / "profile.yaml")],
        capture_output=True,
        text=True,
    )
    assert 0 == ended.returncode
    assert ended.stdout.startswith("refused profile.yaml")


def test_a_strange_key_is_quoted_in_one_short_line(tmp_path):
    assert "不认识的键" in refusal(tmp_path, HEAD + '"甲\\n乙": 丙\n')
    assert "不是文字" in refusal(tmp_path, HEAD + 'reasons:\n  "甲\\n乙": {丙: 丁}\n')


def test_a_strange_reason_key_is_quoted_in_one_line(tmp_path):
    assert "不是文字" in refusal(tmp_path, HEAD + 'reasons:\n  "甲\\n乙": [{丙: 丁}]\n')


def test_everything_that_is_wrong_is_told_at_once(tmp_path):
    (tmp_path / "profile.yaml").write_text(
        "department: 某局\nshort_name: 某局\nyear: 2022\n年度: 2023\nedition: sichuan-2022\nkind: 企业\n"
        "units: abc\nunitz: 1\nstyle: {percent_decimals: x, trim_zeros: 9}\nduties: 收{没有}\n",
        encoding="utf-8",
    )
    with pytest.raises(DataErrors) as refused:
        profile.load(tmp_path / "profile.yaml", "profile.yaml", 2023)
    told = [str(one) for one in refused.value.problems]
    wanted = ("year", "年度「2022」", "企业", "units", "unitz", "percent_decimals", "trim_zeros")
    assert all(any(word in line for line in told) for word in wanted), told
    assert not any("缺少" in line for line in told)
