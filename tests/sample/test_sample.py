"""The invented district: reproducible, clean, exact by another route, and refused in one line where the request is wrong."""

import csv
import re
import shutil
from collections import Counter
from pathlib import Path

import pytest

from helpers import cli
from helpers.basics import paths
from helpers.basics.errors import DataError
from helpers.basics.paths import Folder
from helpers.batch import inspection
from helpers.disclosure import profile
from helpers.edition import codes
from helpers.report import files, report
from helpers.sample import district, kinds, sample

SEED, YEARS = 7, range(2019, 2024)
KINDS = [kind.slug for kind in kinds.kinds()]
ROUNDS = 2  # departments of each kind; with five years, ten department-years of each


@pytest.fixture(scope="module")
def everyone(tmp_path_factory) -> list[Folder]:
    return sample.create(tmp_path_factory.mktemp("district"), ROUNDS * len(KINDS), YEARS, SEED)


def kind_of(folder: Folder) -> str:
    return folder.department.split("-", 2)[2]


def rows_of(folder: Folder) -> list[dict[str, str]]:
    with folder.figures.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def fen(rows, item: str, basis: str = "", **wanted: str) -> int:
    """Return the sum of some rows in whole 分; 支出 is taken where it has an economic class."""
    some = [
        r
        for r in rows
        if r["item"] == item and r["basis"] == basis and all(r[k] == v for k, v in wanted.items())
    ]
    return sum(
        int(r["amount"].replace(".", "")) for r in some if r["economic"] or item != "支出" or basis
    )


def bytes_under(place: Path) -> dict[str, bytes]:
    return {
        p.relative_to(place).as_posix(): p.read_bytes()
        for p in sorted(place.rglob("*"))
        if p.is_file()
    }


# Reproducible


def test_the_same_seed_writes_the_same_bytes(tmp_path):
    for place in ("a", "b"):
        sample.create(tmp_path / place, 5, YEARS, SEED)
    assert bytes_under(tmp_path / "a") == bytes_under(tmp_path / "b")


def test_another_seed_writes_other_figures(tmp_path):
    one, other = (
        sample.create(tmp_path / str(seed), 1, range(2023, 2024), seed)[0] for seed in (1, 2)
    )
    assert one.figures.read_bytes() != other.figures.read_bytes()


def test_a_department_and_a_year_do_not_depend_on_how_many_are_made(tmp_path, everyone):
    """The first year made also states the year before it; all later ones are the same files."""
    few = sample.create(tmp_path, 2, range(2022, 2024), SEED)
    assert [f.figures.read_bytes() for f in few if f.year == 2023] == [
        f.figures.read_bytes() for f in everyone[: 2 * len(YEARS)] if f.year == 2023
    ]


def test_ten_thousand_departments_have_ten_thousand_names():
    made = [district.department(SEED, n) for n in range(0, 10_000, 7)]
    assert (
        len(made)
        == len({sample.name_of(one) for one in made})
        == len({district.place(one.ordinal) + one.kind.name for one in made})
    )
    assert all(re.fullmatch(r"sample-[a-z0-9-]+", sample.name_of(one)) for one in made)


# Plainly invented


def test_every_file_says_that_it_is_invented(everyone):
    for folder in everyone:
        assert sample.MARK in folder.figures.read_text(encoding="utf-8")
        assert sample.MARK in folder.profile.read_text(encoding="utf-8").splitlines()[0]
        assert profile.load(folder.profile, "profile.yaml", folder.year).department.endswith(
            "（虚构）"
        )


# Clean


@pytest.mark.parametrize("kind", KINDS)
def test_a_department_of_every_kind_raises_nothing(everyone, kind):
    chosen = [f for f in everyone if kind_of(f) == kind]
    seen = inspection.inspect(chosen)
    assert len(chosen) >= 10 and () == seen.failures
    assert [] == [
        (f.department, f.year, x.rule, x.message) for f, found in seen.found for x in found
    ]


def test_what_is_published_with_the_figures_agrees_with_them(tmp_path):
    folders = sample.create(tmp_path, 6, range(2023, 2024), SEED, published=True)
    assert all(f.narrative.is_file() and f.workbook for f in folders)
    seen = inspection.inspect(folders)
    # The invented departments say no purpose of their funds, and are told so.
    assert {"校-用途"} >= {f.rule for _, found in seen.found for f in found}
    assert {"error": 0, "warning": 0, "missing": 0}.items() <= seen.counts().items()
    assert not any("【" in f.narrative.read_text(encoding="utf-8") for f in folders)
    this = report.load(folders[0].department, 2023, tmp_path)
    assert files.narrative_txt(this.disclosure) == this.review.narrative.text


# Exact, by plain sums of the written rows


FUNDS = ("一般公共预算", "政府性基金预算", "国有资本经营预算")
FISCAL = {f"{fund}财政拨款收入": fund for fund in FUNDS}


def test_each_fund_balances_and_opens_with_what_the_year_before_left(everyone):
    for folder in everyone:
        rows = rows_of(folder)
        income = Counter()
        for r in rows:
            if r["item"] == "收入" and not r["basis"]:
                income[FISCAL.get(r["category"], "非财政拨款")] += int(r["amount"].replace(".", ""))
        for fund in (*FUNDS, "非财政拨款"):
            opening, used, allotted, closing = (
                fen(rows, "结转结余", category=c, fund=fund)
                for c in ("年初结转和结余", "使用非财政拨款结余", "结余分配", "年末结转和结余")
            )
            assert (
                opening + income[fund] + used == fen(rows, "支出", fund=fund) + allotted + closing
            ), folder.path
        before = folder.last_year
        if before.path.exists():
            carried = [
                {
                    (r["fund"], r["function"], r["amount"])
                    for r in rows_of(f)
                    if r["category"] == c and not r["basis"]
                }
                for f, c in ((before, "年末结转和结余"), (folder, "年初结转和结余"))
            ]
            assert carried[0] == carried[1]


def test_three_public_money_is_what_was_paid_for_by_economic_class(everyone):
    classes = {"因公出国（境）费": "30212", "公务用车运行维护费": "30231"}
    for folder in everyone:
        rows = rows_of(folder)
        for category, economic in classes.items():
            assert fen(rows, "三公经费", category=category) == fen(rows, "支出", economic=economic)
        guests = sum(fen(rows, "三公经费", category=c) for c in ("国内公务接待费", "外事接待费"))
        assert guests == fen(rows, "支出", economic="30217")


def test_the_first_year_states_the_year_before(tmp_path, everyone):
    (early, late) = sample.create(tmp_path, 1, range(2021, 2023), SEED)
    (alone,) = sample.create(tmp_path / "alone", 1, range(2022, 2023), SEED)
    for item in ("收入", "三公经费", "机关运行经费"):
        assert fen(rows_of(early), item) == fen(rows_of(alone), item, basis="上年决算")
    assert fen(rows_of(early), "结转结余", category="年末结转和结余") == fen(
        rows_of(alone), "结转结余", basis="上年决算", category="年末结转和结余"
    )


# Varied


def test_the_district_is_varied(everyone):
    spent = {
        f.path: [r for r in rows_of(f) if r["item"] == "支出" and not r["basis"]] for f in everyone
    }
    sizes = sorted(fen(rows, "支出") for rows in spent.values())
    assert sizes[-1] > 50 * sizes[0]
    with_fund = {
        fund: sum(any(r["fund"] == fund for r in rows) for rows in spent.values())
        for fund in (*FUNDS[1:], "非财政拨款")
    }
    assert all(0 < n < len(everyone) for n in with_fund.values()), with_fund
    for economic in ("30212", "30231", "31013", "30217"):
        assert (
            0
            < sum(any(r["economic"] == economic for r in rows) for rows in spent.values())
            < len(everyone)
        )
    natures = {r["nature"] for rows in spent.values() for r in rows}
    assert set(codes.vocabulary().natures) == natures


def test_departments_grow_from_year_to_year_and_not_all_alike(everyone):
    pay = {(f.department, f.year): fen(rows_of(f), "支出", economic="30101") for f in everyone}
    rates = {pay[f.department, YEARS[-1]] * 1000 // pay[f.department, YEARS[0]] for f in everyone}
    assert min(rates) < 1000 < max(rates) < 1400


def test_every_declared_code_is_in_the_lists_and_of_its_fund():
    budgets = {"政府性基金预算": "政府性基金", "国有资本经营预算": "国有资本经营"}
    for kind in kinds.kinds():
        for task in kind.tasks:
            assert budgets.get(task.fund, "") == codes.functional()[task.function].budget
            assert [] == [code for code in task.economic if code not in codes.economic()]
        assert [] == [
            function for _, function, _ in kind.staff if function not in codes.functional()
        ]


# The command


def run(capsys, *arguments) -> tuple[int, str, str]:
    status = cli.main(["sample", *map(str, arguments)])
    said = capsys.readouterr()
    return status, said.out, said.err


def test_the_command_makes_what_juesuan_list_lists(tmp_path, capsys):
    status, out, err = run(
        capsys, "--departments", 3, "--years", "2022-2023", "--seed", 4, "--data", tmp_path
    )
    assert (0, "") == (status, err) and "3 个虚构部门，共 6 份" in out
    cli.main(["list", "--data", str(tmp_path)])
    assert 6 == len(capsys.readouterr().out.splitlines())


@pytest.mark.parametrize(
    "departments, years, seed",
    [
        ("0", "2023", "1"),
        ("-1", "2023", "1"),
        ("三", "2023", "1"),
        ("1.5", "2023", "1"),
        ("99999999", "2023", "1"),
        ("", "2023", "1"),
        ("1", "", "1"),
        ("1", "23", "1"),
        ("1", "2023-2019", "1"),
        ("1", "2019~2023", "1"),
        ("1", "2019-", "1"),
        ("1", "2019-2023-2024", "1"),
        ("1", "0001", "1"),
        ("1", "9999", "1"),
        ("1", "２０２３", "1"),
        ("1", "2023\n", "1"),
        ("1", "2023", "x"),
        ("1", "2023", "1.5"),
    ],
)
def test_a_wrong_request_is_refused_in_one_line_and_writes_nothing(
    tmp_path, capsys, departments, years, seed
):
    status, out, err = run(
        capsys,
        f"--departments={departments}",
        f"--years={years}",
        f"--seed={seed}",
        "--data",
        tmp_path / "data",
    )
    assert (2, "", 1) == (status, out, len(err.splitlines())), err
    assert re.search("[一-龥]", err) and "Traceback" not in err
    assert not (tmp_path / "data").exists()


@pytest.mark.parametrize("missing", ["--departments", "--years", "--data"])
def test_what_must_be_said_is_asked_for(tmp_path, capsys, missing):
    given = {"--departments": "1", "--years": "2023", "--data": str(tmp_path / "data")}
    del given[missing]
    status, _, err = run(capsys, *(word for pair in given.items() for word in pair))
    assert 2 == status and f"缺少 {missing}" in err


def test_a_department_that_is_there_is_never_touched(tmp_path, capsys):
    sample.create(tmp_path, 2, range(2023, 2024), SEED)
    shutil.rmtree(tmp_path / "departments" / "sample-0001-government-office")
    before = bytes_under(tmp_path)
    status, _, err = run(capsys, "--departments", 2, "--years", "2023", "--data", tmp_path)
    assert 2 == status and "sample-0002-finance 已经有了" in err and 1 == len(err.splitlines())
    assert before == bytes_under(tmp_path)


def test_a_run_that_fails_half_way_leaves_nothing(tmp_path, monkeypatch):
    write = sample.write

    def fails_at_the_third(one, *arguments):
        if one.ordinal == 2:
            raise OSError(28, "No space left on device")
        write(one, *arguments)

    monkeypatch.setattr(sample, "write", fails_at_the_third)
    assert 2 == cli.main(
        ["sample", "--departments", "4", "--years", "2023", "--data", str(tmp_path)]
    )
    assert [] == list((tmp_path / "departments").iterdir())


def test_a_place_that_cannot_be_written_is_said_in_one_line(tmp_path, capsys):
    (tmp_path / "file").write_text("x")
    status, _, err = run(capsys, "--departments", 1, "--years", "2023", "--data", tmp_path / "file")
    assert 2 == status and 1 == len(err.splitlines()) and "写不了" in err


# What is declared


@pytest.mark.parametrize(
    "before, after, said",
    [
        ("人数: [18, 90]", "人数: [90, 18]", "「90、18」不是从几到几"),
        ("车辆: [1, 6]", "车辆: [1]", "「1」不是从几到几"),
        ("  职责: 协助办理政府日常工作", "  职能: 协助办理政府日常工作", "不认识的键「职能」"),
    ],
)
def test_a_slip_in_the_declared_kinds_is_said_with_its_line(
    tmp_path, monkeypatch, before, after, said
):
    text = (paths.SAMPLE / "kinds.yaml").read_text(encoding="utf-8")
    (tmp_path / "kinds.yaml").write_text(text.replace(before, after), encoding="utf-8")
    monkeypatch.setattr(paths, "SAMPLE", tmp_path)
    for cached in (kinds.kinds, kinds._declared):
        cached.cache_clear()
    with pytest.raises(DataError, match=rf"sample/kinds.yaml 第 \d+ 行：.*{said}"):
        kinds.kinds()
    kinds._declared.cache_clear()
