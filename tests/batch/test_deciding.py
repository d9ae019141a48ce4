"""A decision's way round: a batch, its page, the keys of a reviewer, the exported file, the command, the next batch."""

from __future__ import annotations

import csv

import pytest
from browser import browser, needs_chromium, opened

from helpers import cli
from helpers.sample import sample

pytestmark = needs_chromium


@pytest.fixture(scope="module")
def data(tmp_path_factory):
    """A data folder with one invented department-year, one line of which is ten times what was published."""
    place = tmp_path_factory.mktemp("data")
    [folder] = sample.create(place, 1, range(2023, 2024), 3, True)
    ten_times(folder.figures)
    return place


def ten_times(figures):
    """Let the first amount of basic pay be ten times what it is."""
    lines = figures.read_text(encoding="utf-8").splitlines()
    head = lines[0].split(",")
    at = next(n for n, line in enumerate(lines) if line.startswith("支出,") and ",30101," in line)
    cells = dict(zip(head, lines[at].split(",")))
    cells["amount"] = cells["amount"].replace(".", "") + "0.00"
    lines[at] = ",".join(cells[name] for name in head)
    figures.write_text("\n".join(lines) + "\n", encoding="utf-8")


def batch(data, outputs):
    assert cli.BUILT == cli.main(
        ["run", "--quiet", "--jobs", "1", "--data", str(data), "--outputs", str(outputs)]
    )
    with (outputs / "index.csv").open(encoding="utf-8", newline="") as file:
        [line] = csv.DictReader(file)
    return line


def test_what_is_decided_by_keyboard_is_shown_by_the_next_batch(data, tmp_path, capsys):
    outputs, exported = tmp_path / "outputs", tmp_path / "decisions.json"
    before = batch(data, outputs)
    assert "0" == before["decided"] and int(before["error"]) > 10 > int(before["causes"])
    assert "个根因" in capsys.readouterr().out
    with browser() as running, opened(running, outputs / "findings.html") as (page, complaints):
        assert "疑因 figures.csv 第" in page.locator("tbody .said").first.inner_text()
        page.keyboard.press("j")
        page.keyboard.press("d")
        page.keyboard.type("张三")
        page.keyboard.press("Shift+Tab")
        page.keyboard.type("另有批文")
        page.keyboard.press("Enter")
        with page.expect_download() as waiting:
            page.get_by_role("button", name="导出决定").click()
        waiting.value.save_as(exported)
        assert [] == complaints
    assert cli.BUILT == cli.main(["decide", str(exported), "--data", str(data)])
    after = batch(data, outputs)
    assert ("1", "0") == (after["decided"], after["error"]) and after["causes"] == before["causes"]
    with browser() as running, opened(running, outputs / "findings.html") as (page, complaints):
        assert "1" == page.locator("#total-settled dd").inner_text()
        assert [] == complaints
    ten_times(data / "departments" / after["department"] / after["year"] / "figures.csv")
    again = batch(data, outputs)
    assert "0" == again["decided"] and int(again["error"]) > 10, "another amount, not yet decided"
