"""The index of a batch, without a browser: which rows there are, in which order, what is written and what is left alone."""

import base64
import csv
import hashlib
import json
import re
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest
from desks import cause

from helpers.across import overview
from helpers.across.overview import INDEX
from helpers.across.page import SHOWN
from helpers.across.row import Row

GOOD = Row(
    "education-bureau", "教育局", 2023, "ok", 3, 1, 0, 9, 10.25, "education-bureau/2023/report.html"
)
BEFORE = replace(GOOD, year=2022, error=5, report="education-bureau/2022/report.html")
FAILED = Row(
    "finance-bureau",
    "",
    2023,
    "failed",
    0,
    0,
    0,
    0,
    0.1,
    "",
    "figures.csv 第 7 行：「1,2O0」不是数字",
)
INDEXED = ("index.csv", "index.html", "findings.html")
HOSTILE = '</script><script>alert("1")</script>&\N{RIGHT-TO-LEFT OVERRIDE}倒'


def put(outputs, department, year, run, report=True):
    """Lay a run.json, and a report beside it, into an outputs folder."""
    place = outputs / department / str(year)
    place.mkdir(parents=True, exist_ok=True)
    (place / "run.json").write_text(
        run if isinstance(run, str) else json.dumps(run, ensure_ascii=False, indent=1),
        encoding="utf-8",
    )
    if report:
        (place / "report.html").touch()


def page_of(outputs):
    return (outputs / "index.html").read_text(encoding="utf-8")


def lines_of(outputs):
    with (outputs / "index.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def told_of(outputs):
    """Return what the page tells its script."""
    return json.loads(
        re.search(
            r'<script type="application/json" id="rows">(.*?)</script>', page_of(outputs), re.S
        )[1]
    )


def text_of(markup):
    return re.sub(r"<[^>]*>", "", markup)


def test_a_row_is_what_run_json_says(tmp_path):
    run = {
        "department": "education-bureau",
        "name": "教育局",
        "year": 2023,
        "status": "ok",
        "error": "",
        "started": "",
        "seconds": 10.25,
        "inputs": {"a{b}.csv": "00", 'c"inputs": {.csv': "00"},
        "version": "0.1.0",
        "packages": {"pandas": "3"},
        "findings": {"error": 3, "warning": 1, "hint": 0, "missing": 9},
    }
    put(tmp_path, "education-bureau", 2023, run)
    put(
        tmp_path,
        "finance-bureau",
        2023,
        {
            "name": "",
            "status": "failed",
            "error": FAILED.reason,
            "seconds": 0.1,
            "inputs": {},
            "findings": {},
        },
        report=False,
    )
    assert [GOOD, FAILED] == sorted(overview.rows(tmp_path), key=lambda r: r.department)


@pytest.mark.parametrize(
    "run",
    [
        "",
        "[]",
        "{}",
        "{half",
        '{"status": "ok", "findings": {"error": "三"}}',
        '{"status": "ok", "findings": [1]}',
        '{"status": "ok", "seconds": "十"}',
    ],
)
def test_a_run_json_that_cannot_be_read_is_a_failure_and_not_a_gap(tmp_path, run):
    put(tmp_path, "education-bureau", 2023, run)
    overview.write_index(tmp_path)
    assert [("education-bureau", "2023", "failed")] == [
        (r["department"], r["year"], r["status"]) for r in lines_of(tmp_path)
    ]
    assert "education-bureau/2023/run.json 读不懂" in page_of(tmp_path)


def test_half_a_character_spoils_neither_the_index_nor_its_comparison(tmp_path):
    put(
        tmp_path,
        "education-bureau",
        2023,
        '{"status": "failed", "name": "教\\ud800局", "error": "\\r\\n\\u0000\\udfff"}',
    )
    overview.write_index(tmp_path)
    assert "教?局" == lines_of(tmp_path)[0]["name"]
    kept = (tmp_path / "index.html").stat().st_mtime_ns
    overview.write_index(tmp_path)
    assert kept == (tmp_path / "index.html").stat().st_mtime_ns


def test_what_is_no_report_is_no_row(tmp_path):
    for department, year in (
        ("education-bureau", ".2023-half"),
        ("Education", 2023),
        (".hidden", 2023),
        ("education-bureau", "二〇二三"),
    ):
        put(tmp_path, department, year, {"status": "ok"})
    (tmp_path / "education-bureau" / "2021").mkdir()
    (tmp_path / "README.md").touch()
    assert [] == overview.rows(tmp_path)
    overview.write_index(tmp_path)
    assert (
        "还没有报告" in page_of(tmp_path)
        and [",".join(INDEX)] == (tmp_path / "index.csv").read_text().splitlines()
    )


def test_failures_come_first_then_the_worst(tmp_path):
    warned, clean = (
        replace(GOOD, department=name, error=0, warning=warning, missing=0)
        for name, warning in (("warned", 2), ("clean", 0))
    )
    overview.write(tmp_path, [clean, GOOD, warned, BEFORE, FAILED])
    assert [
        "finance-bureau 2023",
        "education-bureau 2022",
        "education-bureau 2023",
        "warned 2023",
        "clean 2023",
    ] == [f"{r['department']} {r['year']}" for r in lines_of(tmp_path)]


ORDERED = [
    Row(department, "", year, status, error, warning, hint, missing, 0, "")
    for department, year, status, error, warning, hint, missing in (
        ("b-bureau", 2021, "failed", 0, 0, 0, 0),
        ("a-bureau", 2021, "ok", 2, 0, 0, 0),
        ("a-bureau", 2022, "ok", 1, 2, 0, 0),
        ("b-bureau", 2019, "ok", 1, 1, 0, 2),
        ("a-bureau", 2020, "ok", 1, 1, 0, 1),
        ("b-bureau", 2022, "ok", 1, 1, 0, 1),
        ("b-bureau", 2020, "ok", 1, 1, 9, 1),
        ("c-bureau", 2024, "ok", 1, 1, 9, 1),
        ("a-bureau", 2023, "ok", 1, 0, 9, 9),
        ("a-bureau", 2024, "ok", 0, 9, 9, 9),
    )
]


@pytest.mark.parametrize(
    "found_in", [ORDERED[::-1], ORDERED[1::2] + ORDERED[::2]], ids=["backwards", "mixed"]
)
def test_rows_stand_by_errors_warnings_and_what_is_missing_then_by_name_the_latest_year_first(
    tmp_path, found_in
):
    overview.write(tmp_path, found_in)
    assert [(r.department, r.year) for r in ORDERED] == [
        (r["department"], int(r["year"])) for r in lines_of(tmp_path)
    ]
    names, columns = (told_of(tmp_path)[key] for key in ("departments", "columns"))
    assert [(r.department, r.year) for r in ORDERED] == [
        (names[at][0], year) for at, year in zip(columns["of"], columns["year"], strict=True)
    ]


def test_one_matter_of_many_findings_stands_after_two_matters_of_few(tmp_path):
    """A figure of a few yuan can break sixty relations."""
    one = replace(GOOD, department="one", error=66, matters=(cause(0, 2023),))
    two = replace(GOOD, department="two", error=2, matters=(cause(0, 2023), cause(4, 2023)))
    overview.write(tmp_path, [one, two])
    assert ["two", "one"] == [r["department"] for r in lines_of(tmp_path)]
    page = page_of(tmp_path)
    assert "<dt>根因（件）</dt><dd>3</dd>" in page and "<dt>错误（项）</dt><dd>68</dd>" in page


def test_what_was_decided_is_no_longer_open(tmp_path):
    decided = cause(0, 2023, decision="属实")
    overview.write(tmp_path, [replace(GOOD, matters=(decided, cause(4, 2023)))])
    assert "<dt>未定（件）</dt><dd>1</dd>" in page_of(tmp_path)
    columns = told_of(tmp_path)["columns"]
    assert ([2], [1]) == (columns["causes"], columns["open"])


def test_what_is_still_to_be_verified_stays_open(tmp_path):
    overview.write(tmp_path, [replace(GOOD, matters=(cause(0, 2023, decision="待核"),))])
    assert "<dt>未定（件）</dt><dd>1</dd>" in page_of(tmp_path)
    assert "0" == lines_of(tmp_path)[0]["decided"]


def test_last_year_stands_beside_this_year_and_leads_to_its_report(tmp_path):
    now, before = (replace(r, matters=(cause(1, r.year),) * n) for r, n in ((GOOD, 3), (BEFORE, 5)))
    overview.write(tmp_path, [now, before])
    line = re.search(r"<tr>.*2023/report.html.*", page_of(tmp_path))[0]
    assert '<small>上年 <a href="education-bureau/2022/report.html">2022</a></small>' in line
    assert "3 上年 5" in text_of(line) and 2 == line.count("上年")
    assert 1 == page_of(tmp_path).count("2022</a>")


def test_a_year_that_failed_counts_nothing_beside_the_next(tmp_path):
    overview.write(tmp_path, [GOOD, replace(BEFORE, status="failed", reason="坏")])
    line = re.search(r"<tr>.*2023/report.html.*", page_of(tmp_path))[0]
    assert "上年 2022" in text_of(line) and "</b><small>" not in line


def test_a_failure_shows_its_reason_its_name_of_another_year_and_the_last_good_report(tmp_path):
    kept = replace(
        BEFORE,
        name="",
        year=2024,
        status="failed",
        report="education-bureau/2024/report.html",
        reason="缺少列",
    )
    overview.write(tmp_path, [kept, GOOD, FAILED])
    first, second = re.findall(r'<tr class="failed">.*', page_of(tmp_path))
    assert (
        "教育局" in first
        and '失败</b> 缺少列 <a href="education-bureau/2024/report.html">上一份报告</a>' in first
    )
    assert "finance-bureau" in second and FAILED.reason in second and "上一份" not in second


def test_a_failure_adds_no_findings_to_the_totals(tmp_path):
    overview.write(tmp_path, [GOOD, replace(FAILED, error=7)])
    assert {
        "reports": "2",
        "failed": "1",
        "causes": "0",
        "open": "0",
        "error": "3",
        "warning": "1",
        "hint": "0",
        "missing": "9",
    } == dict(re.findall(r'id="total-(\w+)"><dt>[^<]+</dt><dd>(\d+)</dd>', page_of(tmp_path)))


def test_no_text_from_data_becomes_markup_or_script(tmp_path):
    overview.write(tmp_path, [replace(GOOD, name=HOSTILE), replace(FAILED, reason=HOSTILE * 1000)])
    page = page_of(tmp_path)
    assert 2 == len(re.findall(r"<script\b", page)) == page.count("</script>")
    assert "\N{RIGHT-TO-LEFT OVERRIDE}" not in page
    assert HOSTILE.replace("\N{RIGHT-TO-LEFT OVERRIDE}", "\N{REPLACEMENT CHARACTER}") in [
        name for _, name in told_of(tmp_path)["departments"]
    ]


def test_only_the_pages_own_script_may_run(tmp_path):
    overview.write(tmp_path, [GOOD])
    policy = re.search(
        r'http-equiv="Content-Security-Policy" content="([^"]*)"', page_of(tmp_path)
    )[1]
    script = re.search(r"<script>(.*?)</script>", page_of(tmp_path), re.S)[1]
    allowed = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    rules = dict(rule.split(" ", 1) for rule in policy.split("; "))
    assert ("'none'", f"'sha256-{allowed}'") == (rules["default-src"], rules["script-src"])


def test_nothing_but_links_to_reports_and_the_table_leaves_the_page(tmp_path):
    overview.write(tmp_path, [GOOD, BEFORE])
    assert {"index.csv", "findings.html", GOOD.report, BEFORE.report} == set(
        re.findall(r'(?:src|href)\s*=\s*"([^"]*)"', page_of(tmp_path))
    )


def test_of_many_rows_the_first_stand_in_the_table_and_all_are_told_to_the_script(tmp_path):
    many = [
        replace(GOOD, department=f"bureau-{n}", report=f"bureau-{n}/2023/report.html")
        for n in range(SHOWN + 1)
    ]
    overview.write(tmp_path, many)
    assert SHOWN == page_of(tmp_path).count('<th scope="row">')
    assert SHOWN + 1 == len(told_of(tmp_path)["columns"]["of"])
    assert f"最前的 {SHOWN} 份，共 {SHOWN + 1} 份" in page_of(tmp_path)
    overview.write(tmp_path, many[1:])
    assert "<noscript>" not in page_of(tmp_path)


def test_one_report_makes_a_small_page_and_ten_thousand_a_page_of_half_a_megabyte(tmp_path):
    overview.write(tmp_path, [GOOD])
    assert (tmp_path / "index.html").stat().st_size < 100_000
    many = [
        replace(
            GOOD,
            department=f"invented-bureau-{n // 5:04}",
            name=f"虚构第{n // 5}教育局",
            year=2019 + n % 5,
        )
        for n in range(10_000)
    ]
    overview.write(tmp_path, many)
    assert (tmp_path / "index.html").stat().st_size < 700_000


def test_what_says_the_same_is_not_written_again(tmp_path, monkeypatch):
    overview.write(tmp_path, [GOOD])
    kept = {file.name: file.stat().st_mtime_ns for file in tmp_path.iterdir()}
    monkeypatch.setattr(
        overview.typeface,
        "face",
        lambda _: pytest.fail("the typeface is made only for what is written"),
    )
    overview.write(tmp_path, [GOOD])
    assert {"index.csv", "index.html", "findings.html"} == set(kept) and kept == {
        file.name: file.stat().st_mtime_ns for file in tmp_path.iterdir()
    }


def test_what_changed_or_was_cut_short_is_written_again(tmp_path):
    overview.write(tmp_path, [GOOD])
    whole = page_of(tmp_path)
    (tmp_path / "index.html").write_bytes(whole.encode()[:-3])
    overview.write(tmp_path, [GOOD])
    assert whole == page_of(tmp_path)
    overview.write(tmp_path, [replace(GOOD, hint=1)])
    assert whole != page_of(tmp_path) and "1" == lines_of(tmp_path)[0]["hint"]


def test_batches_that_end_together_lose_no_report_and_leave_nothing_behind(tmp_path):
    def batch(n):
        put(
            tmp_path,
            f"bureau-{n}",
            2023,
            {"name": f"第{n}局", "status": "ok", "seconds": 1, "findings": {}},
        )
        overview.write_index(tmp_path)

    with ThreadPoolExecutor(8) as threads:
        list(threads.map(batch, range(40)))
    assert {f"bureau-{n}" for n in range(40)} == {r["department"] for r in lines_of(tmp_path)}
    assert 40 == len(told_of(tmp_path)["columns"]["of"])
    assert [] == list(tmp_path.glob(".*"))


def test_a_write_that_breaks_off_leaves_the_old_index(tmp_path, monkeypatch):
    overview.write(tmp_path, [GOOD])
    whole = page_of(tmp_path)

    def full(*_):
        raise OSError("disk full")

    monkeypatch.setattr(overview.os, "replace", full)
    with pytest.raises(OSError):
        overview.write(tmp_path, [BEFORE])
    assert whole == page_of(tmp_path) and [] == list(tmp_path.glob(".*"))


@pytest.mark.parametrize(
    ("published", "told"),
    [
        ([], "没有公开的文本和表"),
        (["text"], "没有公开的表"),
        (["tables"], "没有公开的文本"),
        (["text", "tables"], ""),
        (None, ""),  # an older run.json does not say
    ],
)
def test_a_report_that_was_held_against_nothing_published_says_so(tmp_path, published, told):
    put(tmp_path, "education-bureau", 2023, {"status": "ok", "published": published})
    overview.write_index(tmp_path)
    assert re.findall("<small>([^<]*)", page_of(tmp_path)) == ([told] if told else [])


def test_what_a_killed_batch_left_half_written_is_gone_after_the_next(tmp_path):
    put(tmp_path, "education-bureau", 2023, {"status": "ok"})
    (tmp_path / ".replacing-1").touch()
    overview.write_index(tmp_path)
    assert {"education-bureau", *INDEXED} == {file.name for file in tmp_path.iterdir()}
