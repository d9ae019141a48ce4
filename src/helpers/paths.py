"""Where things are. No other module knows a folder by name."""

import os
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
DATA = ROOT / "data"
CODES = DATA / "codes"
RULES = DATA / "rules"
SAMPLE = DATA / "sample"
OUTPUTS = ROOT / "outputs"
NOTEBOOK = ROOT / "notebooks" / "department_report.ipynb"
LOOK = Path(__file__).resolve().parent / "look"


@dataclass(frozen=True)
class Folder:
    """One department-year under a data folder. `told` is what the data folder is called where it is a copy."""

    data: Path
    department: str
    year: int
    told: str = ""

    @cached_property
    def path(self) -> Path:
        return Path(f"{self.data}/departments/{self.department}/{self.year:04d}")

    @cached_property
    def figures(self) -> Path:
        return self.path / "figures.csv"

    @cached_property
    def profile(self) -> Path:
        return self.path / "profile.yaml"

    @property
    def narrative(self) -> Path:
        return self.path / "published" / "narrative.txt"

    @property
    def workbook(self) -> Path | None:
        """The published workbook, where one was kept."""
        kept = (self.path / "published" / f"tables.{kind}" for kind in ("xlsx", "xls"))
        return next((p for p in kept if p.is_file()), None)

    def unread(self) -> list[str]:
        """Return the names of published files that are neither the narrative nor the workbook; hidden ones do not count."""
        place = self.path / "published"
        read = {self.narrative, self.workbook}
        return sorted(p.name for p in place.iterdir() if p not in read and not p.name.startswith(".")) if place.is_dir() else []

    @property
    def corrections(self) -> Path:
        return self.path / "corrections.yaml"

    @property
    def last_year(self) -> "Folder":
        return Folder(self.data, self.department, self.year - 1, self.told)

    def name(self, file: Path) -> str:
        """Return a file's name as messages print it: department/year/file."""
        return file.relative_to(self.data / "departments").as_posix()

    def inputs(self) -> dict[str, str]:
        """Return every file that the report of this folder is made from, by its name in the data folder."""
        root, before = str(self.data), str(self.last_year.path)
        own = [os.path.join(place, name) for place, _, names in os.walk(self.path) for name in names]
        earlier = [p for p in (f"{before}/figures.csv", f"{before}/profile.yaml") if os.path.isfile(p)]
        return {path[len(root) + 1 :].replace(os.sep, "/"): path for path in (*sorted(own), *earlier)}
