"""What importing the PDFs that were published costs, against merely reading their text: `make importing` prints the table.

`--keep` writes it into docs/speed.md.
"""

import os
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from bench import keep

from helpers.basics.paths import DATA

DOCUMENTS, ROUNDS, YEAR = 200, 5, "2024"
PDFS = sorted(DATA.glob(f"departments/*/{YEAR}/published/disclosure.pdf"))
TEXT = (
    "import sys, pypdfium2 as p; d = p.PdfDocument(sys.argv[1]);"
    "[page.get_textpage().get_text_range() for page in d]"
)
TABLES = (
    "import sys; from helpers.published import pages;"
    "pages.read(open(sys.argv[1], 'rb').read(), 'disclosure.pdf')"
)


def cost(*command: str) -> float:
    """Return the processor's seconds of a command and of all that it starts: other work on the machine hardly counts."""
    before = _processor()
    subprocess.run([sys.executable, *command], check=True, capture_output=True)
    return _processor() - before


def _processor() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def imported(place: Path, data: Path, *options: str) -> float:
    shutil.rmtree(data, ignore_errors=True)
    options = ("--quiet", "--data", str(data), *options)
    return cost("-m", "helpers", "import", str(place), *options)


def single(place: Path) -> dict[str, list[float]]:
    """Return the processor's seconds of each way to read one document, the mean of the documents, round by round."""
    ways = {
        "its text alone, with pypdfium2": lambda pdf: cost("-c", TEXT, str(pdf)),
        "its text and every cell of its tables": lambda pdf: cost("-c", TABLES, str(pdf)),
        "`juesuan import`": lambda pdf: imported(pdf, place / "one", "-d", "one", "-y", YEAR),
    }
    return {
        said: [statistics.mean(way(pdf) for pdf in PDFS) for _ in range(ROUNDS)]
        for said, way in ways.items()
    }


def district(place: Path) -> tuple[float, float]:
    """Return the processor's seconds of one folder with many documents, on every core, and those by the clock."""
    folder = place / "district"
    for n in range(DOCUMENTS):
        of_one = folder / f"bureau-{n:03} {YEAR}"
        of_one.mkdir(parents=True)
        shutil.copyfile(PDFS[n % len(PDFS)], of_one / "disclosure.pdf")
    begun = time.perf_counter()
    return imported(folder, place / "many"), time.perf_counter() - begun


def lines() -> list[str]:
    """Return the table."""
    with tempfile.TemporaryDirectory(prefix="juesuan-importing-") as place:
        found = single(Path(place))
        of_all, by_clock = district(Path(place))
    medians = {said: statistics.median(rounds) for said, rounds in found.items()}
    text, *_, whole = medians.values()
    each_of_many, cores = of_all / DOCUMENTS, os.cpu_count() or 1
    return [
        f"| {len(PDFS)} PDFs of 25 and 30 pages, start-up included, {ROUNDS} rounds, medians "
        "| processor's seconds each | times its text |",
        "|---|--:|--:|",
        *(f"| {said} | {each:.2f} | {each / text:.1f} |" for said, each in medians.items()),
        f"| `juesuan import` of a folder of {DOCUMENTS}, each | {each_of_many:.2f} | {each_of_many / text:.1f} |",
        "",
        f"A document of the folder costs {each_of_many / whole:.2f} of one by itself. The folder takes {by_clock:.0f} s by "
        f"the clock on {cores} cores, {by_clock * cores / (whole * DOCUMENTS):.2f} of what its documents cost one by one.",
    ]


def main() -> int:
    table = lines()
    print("\n".join(table))
    if "--keep" in sys.argv[1:]:
        keep({"importing": table})
    return 0


if __name__ == "__main__":
    sys.exit(main())
