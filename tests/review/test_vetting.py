"""`juesuan rules`: an edition is vetted, and a new one is begun that follows another."""

import pytest

from helpers import cli
from helpers.edition import (
    declared,
    forms,
)
from helpers.review import vetting

BASE = declared.default()


def test_every_edition_that_is_kept_has_nothing_wrong():
    assert {} == {name: found for name in declared.names() if (found := vetting.problems(name))}


def test_the_command_says_so(capsys):
    assert cli.BUILT == cli.main(["rules", "check"])
    assert f"{BASE}：没有发现问题\n" in capsys.readouterr().out


def following(rules, **kept: str) -> str:
    place = rules / "other"
    place.mkdir()
    (place / "edition.yaml").write_text(f"名称: 另一版\n沿用: {BASE}\n", encoding="utf-8")
    for name, text in kept.items():
        (place / f"{name}.yaml").write_text(text, encoding="utf-8")
    return "other"


TABLE = "- {{表号: '13', 名称: 试, 块: [{{数: {{指标: 支出}}, 行: [{{名: 合计}}], 栏: {0}}}]}}\n"
CHECK = "- {{编号: Z1, 名称: 试, 等式: '{0}', 依据: 试, 严重程度: 错误}}\n"


@pytest.mark.parametrize(
    "name, text, said",
    [
        (
            "checks",
            CHECK.format("01[收入总计, 决算数] = 01[收入总计, 决算数]"),
            "勾稽「Z1」两边是同样的格，永远不会不符",
        ),
        ("checks", CHECK.format("01[收入总计, 决算数] = 99[合计, 决算数]"), "没有表「99」"),
        (
            "checks",
            CHECK.format("01[收入总计, 决算数] >= 01[支出总计, 决算数]"),
            "「>=」应写作「≥」",
        ),
        (
            "statements",
            "说明:\n- {编号: 试, 句: ['共{总计}{财政总计}万元']}\n",
            "说明「试」有两个槽紧挨着",
        ),
        ("statements", "说明:\n- {编号: 试, 句: [甲。]}\n", "说明「试」没有放进任何一节"),
        (
            "statements",
            "说明:\n- {编号: 试, 句: ['共{总记}万元。']}\n",
            "不认识的槽「{总记}」，最接近的是「总计」",
        ),
        (
            "tables",
            "- {表号: '14', 名称: 试, 块: [{数: {指标: 支出}, 行: [{名: 甲}], 栏: [{名: 乙, 数: {指标: ''}}]}]}\n",
            "没有数能填，也不由别的格相加",
        ),
        (
            "charts",
            "- {编号: 图9, 标题: 试, 形式: 变动, 量: {总计: '01[收入总计, 决算数]'}, 无数: 无}\n",
            "图「图9」没有放进任何一节",
        ),
        ("outline", "- {标题: 第一部分, 内容: [{说明: 壹}]}\n", "没有说明「壹」"),
        ("checks", "-\t{编号: 一}\n", "YAML 写法有误"),
        (
            "tables",
            TABLE.format(
                "[{名: 甲, 次: 1, 等于: 1 + 2}, {名: 丙, 次: 2, 数: {支出性质: 基本支出}}]"
            ),
            "rules/other/tables.yaml 第 1 行：等于绕回自己：甲 → 甲",
        ),
        (
            "tables",
            TABLE.format("[{名: 甲, 次: 1, 等于: 2}, {名: 丙, 次: 2, 等于: 甲}]"),
            "等于绕回自己：",
        ),
        (
            "tables",
            "- {表号: '13', 名称: 试, 空表说明: '{年度}年没有。', 块: []}\n",
            "第 1 行：「空表说明」里没有槽「年度」，最接近的是「年」",
        ),
        (
            "outline",
            "- {标题: 第二部分, 公开标题: '第二部分 {年度}年度', 内容: [{说明: 一}]}\n",
            "第 1 行：「公开标题」里没有槽「年度」",
        ),
        (
            "statements",
            "说明:\n- 编号: 一\n  句:\n  - {当: 有文字 原因/财政拨款, 写: '原因是{文字 原因/财政拔款}。'}\n",
            "第 4 行：问的是文字「原因/财政拨款」，印的是「原因/财政拔款」",
        ),
        (
            "statements",
            "说明:\n- 编号: 一\n  句:\n  - {当: 总记 不为零, 写: '有收入。'}\n",
            "第 4 行：没有量「总记」，最接近的是「总计」",
        ),
        (
            "statements",
            "说明:\n- {编号: 一, 句: ['{年}年度收入总计{总计}元。']}\n",
            "说明「一」的「2023年度收入总计」后面，数印出的是万元，单位写了「元」",
        ),
        ("proofreading", "占位: ['']\n", "第 1 行：「占位」里有一项是空的"),
        (
            "checks",
            "- {编号: Z1, 名称: 试, 等式: [{01: 02}], 依据: 试, 严重程度: 错误}\n",
            "等式写得不对",
        ),
        (
            "tables",
            "- {表号: '14', 名称: 试, 块: [{数: {指标: [支出]}, 行: [{名: 甲}], 栏: [{名: 乙}]}]}\n",
            "第 1 行：指标写得不对，应为「指标: 一个词」",
        ),
        (
            "statements",
            "说明:\n- {编号: 一, 句: ['{年}年。'], 列举: {类: {格: '01[*, 决算数] + 02[*, 合计]', 级: 类, 项: '{名}{额}万元'}}}\n",
            "要写成「表[*, 栏]」或「表[行, *]」",
        ),
        (
            "check",
            "[]\n",
            "rules/other/check.yaml：不认识的文件，最接近的是「checks.yaml」，没有读",
        ),
        (
            "checks",
            "- {编号: Z1, 名称: 试, 等式: '01[收入总计, 决算数] = 04[收入总计, 决算数]', 依据: 试, 严重程度: 错误, 适用年度: 2026-2024}\n",
            "适用年度「2026-2024」前后颠倒",
        ),
    ],
)
def test_what_is_wrong_with_an_edition_is_told_by_file_and_line(rules, capsys, name, text, said):
    following(rules, **{name: text})
    assert cli.FAILED == cli.main(["rules", "check", "other"])
    assert said in capsys.readouterr().out


def test_a_new_edition_follows_another_and_has_nothing_wrong(rules, capsys):
    assert cli.BUILT == cli.main(["rules", "new", "hubei-2025", "--from", BASE])
    assert cli.BUILT == cli.main(["rules", "check", "hubei-2025"])
    assert repr(forms.load(BASE)) == repr(forms.load("hubei-2025"))


@pytest.mark.parametrize(
    "arguments, said",
    [
        (["rules", "new", "Bad Name", "--from", BASE], "应只含小写字母、数字和连字符"),
        (["rules", "new", BASE, "--from", BASE], "已经有了，没有改动它"),
        (
            ["rules", "new", "other", "--from", "sichuan-2202"],
            "没有版本「sichuan-2202」，最接近的是",
        ),
        (["rules", "check", "sichuan-2202"], "没有版本「sichuan-2202」，最接近的是"),
        (["rules"], "缺少 做什么"),
    ],
)
def test_a_request_about_rules_that_cannot_be_understood_is_refused(rules, capsys, arguments, said):
    assert cli.NOT_UNDERSTOOD == cli.main(arguments)
    assert said in capsys.readouterr().err
