"""The department's own words: taken from what was published, printed again as they were, never run as anything else."""

import re

import pytest
import yaml

from helpers import cli
from helpers.basics.model import SERIOUS
from helpers.basics.paths import Folder
from helpers.basics.text import fold
from helpers.disclosure import disclosure
from helpers.edition import declared, patterns
from helpers.intake import stretches
from helpers.published import reading
from helpers.published.published import Narrative
from helpers.report import report
from helpers.sample import sample

TEXT = """\
第一部分 概况
一、职责
负责“三公”经费；办理{其他}事项。
二、机构设置
内设股室3个。
纳入某某局2023年度部门决算编制范围的二级预算单位包括：
1.服务中心；
2.信息中心。
以上单位均不独立编制预算。
第二部分 2023年度部门决算情况说明
一、收入支出决算总体情况说明
2023年度收、支总计均为120万元。与2022年度相比，收、支总计各增加20万元，增长20%。{reason}
五、一般公共预算财政拨款支出决算情况说明
（一）一般公共预算财政拨款支出决算总体情况
2023年度一般公共预算财政拨款支出120万元，占本年支出合计的100%。与2022年度相比，一般公共预算财政拨款支出持平。
六、一般公共预算财政拨款基本支出决算情况说明
2023年度一般公共预算财政拨款基本支出110万元，其中：
人员经费90万元，主要包括：基本工资、津贴补贴、{{怪}}、奖金等。
公用经费20万元。
八、政府性基金预算支出决算情况说明
2023年度政府性基金预算财政拨款支出0万元。本年没有安排。
十、其他重要事项的情况说明
（一）机关运行经费支出情况
2023年度，某某局机关运行经费支出20万元，与2022年度持平。
（四）预算绩效管理情况
根据预算绩效管理要求，本部门在2023年度预算编制阶段，组织对甲项目、乙项目等2个项目开展了预算事前绩效评估，对2个项目编制了绩效目标，预算执行过程中，选取2个项目开展绩效监控。
第三部分 名词解释
1.甲：指甲。
这一句接着上一条。
2.“乙”：指乙。
第五部分 附表
一、收入支出决算总表
"""
REASON = "主要变动原因是人员经费90万元，比2022年增加10万元，增长12.5%。"


LEADS = (
    "主要是",
    "主要系",
    "主要由于",
    "主要是由于",
    "原因是",
    "原因：",
    "主要原因：",
    "其原因为",
    "变动原因为",
)


def profile_of(tmp_path, text):
    """The profile that a text gives, as YAML reads it, and its folder."""
    file = tmp_path / "说明.txt"
    file.write_text(text, encoding="utf-8")
    asked = ["import", str(file), "-d", "office", "-y", "2023", "--edition", "sichuan-2022"]
    assert 0 == cli.main([*asked, "--data", str(tmp_path / "data"), "--quiet"])
    folder = Folder(tmp_path / "data", "office", 2023)
    return yaml.safe_load(folder.profile.read_text(encoding="utf-8")), folder


def written(reason=REASON):
    return TEXT.replace("{reason}", reason)


@pytest.fixture
def profile(tmp_path):
    return profile_of(tmp_path, written())[0]


def test_a_section_that_has_nothing_else_is_all_own_words(profile):
    assert "负责“三公”经费；办理{{其他}}事项。" == profile["duties"]


def test_a_list_has_its_entries_without_numbers_and_what_follows_is_no_entry(profile):
    assert ["服务中心", "信息中心"] == profile["units"]
    assert "以上单位均不独立编制预算。" == profile["units_note"]
    assert "内设股室3个。" == profile["organisation"]


def test_a_line_without_a_number_goes_on_with_the_entry_before(profile):
    assert ["甲：指甲。这一句接着上一条。", "“乙”：指乙。"] == profile["glossary"]


def test_what_was_bound_and_is_printed_alike_is_a_slot(profile):
    assert "人员经费{人员经费}万元，比2022年{变动 人员经费}" == profile["reasons"]["收支总计"]


def test_words_between_words_of_a_declaration_end_where_these_go_on(profile):
    assert "甲项目、乙项目" == profile["performance"]["项目"]


def test_what_nothing_leads_into_stands_after_the_sentence_before(profile):
    assert "本年没有安排。" == profile["reasons"]["政府性基金"]


def test_names_of_rows_are_kept_where_no_amount_of_them_is_known(profile):
    assert ["基本工资", "津贴补贴", "{{{{怪}}}}", "奖金"] == profile["economic_items"]["人员经费"]


def test_the_short_name_is_what_the_sentences_print_for_it(profile):
    assert "某某局" == profile["short_name"]


def test_the_full_name_is_what_the_text_says_is_shortened_so(tmp_path):
    text = written().replace("负责“三公”", "示例省某某局（简称某某局）负责“三公”")
    assert "示例省某某局" == profile_of(tmp_path, text)[0]["department"]


def test_what_a_department_calls_itself_is_no_short_name(tmp_path):
    text = written().replace("某某局", "我局")
    assert profile_of(tmp_path, text)[0]["short_name"] != "我局"


@pytest.mark.parametrize(
    "reason, kept",
    [
        ("主要原因是办公费增加。另外，培训增多。", "办公费增加。另外，培训增多"),
        ("变动的主要原因为：办公费增加。", "办公费增加"),
        ("（主要原因是办公费增加）。", "办公费增加"),
        *((f"{lead}办公费增加。", "办公费增加") for lead in LEADS),
        ("主要变动原因是2023年8月调入3人。", "2023年8月调入3人"),
        ("主要变动原因是人员经费9000元增加。", "人员经费9000元增加"),
    ],
)
def test_own_words_are_kept_however_they_are_led_into(tmp_path, reason, kept):
    assert kept == profile_of(tmp_path, written(reason))[0]["reasons"]["收支总计"]


def test_the_lines_of_a_page_are_no_words(tmp_path):
    text = written().replace("内设股室3个。", "内设股室3个，\n- 12 -\n都在编。")
    assert ["内设股室3个，", "都在编。"] == profile_of(tmp_path, text)[0]["organisation"]


def test_nothing_is_led_into_where_the_sentence_is_not_there(tmp_path):
    assert "收支总计" not in profile_of(tmp_path, written(""))[0]["reasons"]


@pytest.mark.parametrize(
    "hostile",
    [
        "*别名 &锚 !!python/object:os.system [1, 2]",
        "键: 值 # 注释 - 项",
        "{人员经费} {文字 职责} {{",
        "=cmd|' /C calc'!A0",
        "<script>alert(1)</script>",
        "制表\t和\x07响铃\u202e反向\x85换行\u2028",
        "'单' \"双\" \\n \\u0000",
        "是",
        "true",
    ],
)
def test_hostile_words_stay_words(tmp_path, hostile):
    text = written(f"主要变动原因是{hostile}。")
    said, folder = profile_of(tmp_path, text)
    assert isinstance(said["reasons"]["收支总计"], str)
    printed = disclosure.load("office", 2023, tmp_path / "data").statements["一"].sentences
    plain = re.sub(r"[\x00-\x1f\x85\u2028\u202e]", "", fold(hostile)[0])
    assert plain in fold("".join(sentence.text for sentence in printed))[0]


def test_words_that_no_profile_holds_are_left_out_and_the_figures_stand(tmp_path):
    said, folder = profile_of(tmp_path, written("主要变动原因是" + "\U000e0001甲" * 45_000 + "。"))
    assert folder.figures.is_file() and folder.profile.stat().st_size < 500_000


def test_the_account_says_how_many(tmp_path, capsys):
    profile_of(tmp_path, written())
    assert "自己的话 " in capsys.readouterr().out


def test_a_list_of_names_ends_before_the_next_number():
    text = (
        "六、一般公共预算财政拨款基本支出决算情况说明\n一般公共预算财政拨款基本支出90万元。其中："
        "人员经费60万元，主要包括：基本工资、饭贴；公用经费30万元，主要包括：办公费、电费。\n"
    )
    declared = patterns.load("shanghai-2024")
    found = reading.read(declared, Narrative(text, "narrative.txt"), 2024)
    lists = {
        one.slots[0][0]: found.text[one.start : one.end]
        for one in stretches.stretches(found, declared)
        if one.slots[0][1] == stretches.LISTED
    }
    assert {"经济科目/人员经费", "经济科目/公用经费"} == set(lists)
    assert "饭贴" in lists["经济科目/人员经费"]
    assert "办公费" not in lists["经济科目/人员经费"]


@pytest.mark.parametrize("edition", declared.names())
def test_what_was_published_without_fault_is_imported_without_one(tmp_path, edition):
    """Own words end where the form's next sentence begins, though other words stand before what it is known by."""
    folders = sample.create(
        tmp_path / "data", 2, range(2023, 2025), 1, published=True, edition=edition
    )
    for folder in (f for f in folders if f.year == 2024):
        files = (str(folder.workbook), str(folder.narrative))
        asked = ("import", *files, "-d", folder.department, "-y", "2024", "--edition", edition)
        assert cli.BUILT == cli.main([*asked, "--data", str(tmp_path / "in"), "--quiet"])
        before, after = (
            report.load(folder.department, 2024, tmp_path / place) for place in ("data", "in")
        )
        known = {(f.rule, f.message) for f in before.found}
        serious = [(f.rule, f.message) for f in after.found if f.severity in SERIOUS]
        assert [] == [one for one in serious if one not in known]
        own = after.disclosure.profile.texts
        assert "保有量" not in "".join(own.get("三公明细/公务用车运行维护费", ()))


def test_a_row_that_is_not_known_costs_none_of_the_own_words(tmp_path, capsys):
    [folder] = sample.create(tmp_path / "data", 1, range(2023, 2024), 1, published=True)
    text = folder.narrative.read_text(encoding="utf-8")
    (row,) = re.findall(r"（款）([^（）\n]+)（项）：支出决算为[^。]*主要原因", text)[:1]
    other = folder.narrative.with_name("other.txt")
    other.write_text(text.replace(f"（款）{row}（项）", "（款）某某杂事（项）"), encoding="utf-8")
    asked = ("import", str(folder.workbook), str(other), "-d", "office", "-y", "2023")
    assert cli.BUILT == cli.main([*asked, "--data", str(tmp_path / "in")])
    kept = yaml.safe_load(
        Folder(tmp_path / "in", "office", 2023).profile.read_text(encoding="utf-8")
    )
    assert "duties" in kept and "" not in kept["reasons"]
    assert "没有写进 profile.yaml" not in capsys.readouterr().out


def test_own_words_end_where_the_text_comes_to_another_matter():
    text = (
        "（一）“三公”经费财政拨款支出决算总体情况说明。\n"
        "2024年度“三公”经费财政拨款支出决算数比2023年度增加5.00万元，增长10.00%，其中："
        "公务用车购置及运行维护费支出决算增加5.00万元，增长20.00%；公务接待费支出决算0.30万元。"
        "公务用车购置及运行维护费支出增加的主要原因是新购置一辆公车，用于执法。公务接待费与2023年持平。\n"
    )
    known = patterns.load("shanghai-2024")
    found = reading.read(known, Narrative(text, "narrative.txt"), 2024)
    (cars,) = (
        one for one in stretches.stretches(found, known) if one.slots[0][0] == "原因/公务用车"
    )
    assert "新购置一辆公车,用于执法。" == found.text[cars.start : cars.end]
