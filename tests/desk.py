"""How fast the pages over a batch answer in a real browser: `python tests/desk.py` filters and searches ten thousand causes
and opens an index of a hundred thousand reports."""

from __future__ import annotations

import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

from browser import browser, opened
from desks import many, row

from helpers.across import overview

CAUSES, REPORTS = 10_000, 100_000
LOADED = "performance.getEntriesByType('navigation')[0].loadEventEnd"
TIMED = """() => {
  const timed = (act) => { const clock = performance.now(); act(); document.body.offsetHeight; return performance.now() - clock };
  const best = (act) => Math.min(...Array.from({ length: 5 }, () => timed(act)));
  const search = document.querySelector("input[type=search]");
  const type = (text) => { search.value = text; search.dispatchEvent(new Event("input", { bubbles: true })) };
  const tick = (facet, n) => document.getElementById(`f-${facet}-${n}`).click();
  return [
    ["search: 一个字", best(() => type("教"))], ["search: two words", best(() => type("教育 第 9"))], ["search: nothing is found", best(() => type("没有的"))],
    ["search: cleared", best(() => type(""))], ["facet: severity", best(() => tick("severity", 0))],
    ["facet: department", best(() => tick("department", 0))], ["facet: year", best(() => tick("year", 0))],
    ["grouped by department", best(() => { const group = document.querySelector("select[name=group]"); group.value = "department"; group.dispatchEvent(new Event("input", { bubbles: true })); })],
  ];
}"""


def loaded(running, file: Path) -> tuple[float, float]:
    """Return the seconds in which a page opens, at best of three, and the megabytes that its script then holds."""
    took = []
    for _ in range(3):
        with opened(running, file) as (page, _):
            took.append(page.evaluate(LOADED) / 1000)
            browsing = page.context.new_cdp_session(page)
            browsing.send("HeapProfiler.collectGarbage")
            browsing.send("Performance.enable")
            metrics = browsing.send("Performance.getMetrics")["metrics"]
            held = {metric["name"]: metric["value"] for metric in metrics}
    return min(took), held["JSHeapUsedSize"] / 1e6


def of_index(running, place: Path) -> None:
    """Print what the index of a hundred thousand reports costs to write, and to open."""
    rows = [row(n, 2019 + y) for n in range(REPORTS // 5) for y in range(5)]
    clock = time.process_time()
    overview.write(place, rows)
    written = time.process_time() - clock
    file = place / "index.html"
    seconds, held = loaded(running, file)
    print(
        f"index.html of {REPORTS:,} reports: {file.stat().st_size / 1e6:.1f} MB, written with index.csv and findings.html"
        f" in {written:.1f} s of the processor, opened in {seconds:.2f} s, {held:.0f} MB held by its script"
    )


def main() -> None:
    """Print what each act took at best, in milliseconds, layout included."""
    with tempfile.TemporaryDirectory() as folder, browser() as running:
        overview.write(Path(folder), many(CAUSES))
        page_file = Path(folder) / "findings.html"
        with opened(running, page_file) as (page, complaints):
            took = page.evaluate(TIMED)
            print(f"{CAUSES} causes, {page_file.stat().st_size / 1e6:.1f} MB")
            print("\n| act | ms |\n|---|--:|")
            for act, milliseconds in took:
                print(f"| {act} | {milliseconds:.1f} |")
            print("\n".join(complaints))
        seconds, held = loaded(running, page_file)
        print(f"\nopened in {seconds:.2f} s, {held:.0f} MB held by its script\n")
        of_index(running, Path(folder))


if __name__ == "__main__":
    main()
