"""How fast the page of all causes answers: `python tests/desk.py` filters and searches ten thousand in a real browser."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

from browser import browser, opened
from desks import many

from helpers.across import overview

CAUSES = 10_000
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


if __name__ == "__main__":
    main()
