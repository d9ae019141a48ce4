"""Where things are: the folders of the repository, and the files of a department-year."""

import os
import stat
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from helpers.basics.errors import DataError, system

CODE = Path(__file__).resolve().parents[1]
LARGEST = 20_000_000  # bytes of an input that is read
LARGEST_RECORD = 5_000_000  # bytes of a run.json
WHOLE = tuple(f"disclosure.{kind}" for kind in ("pdf", "docx", "html"))  # text and tables in one
TEXTS = (*(f"narrative.{kind}" for kind in ("txt", "html", "docx", "pdf")), *WHOLE)
TABLES = (*(f"tables.{kind}" for kind in ("xlsx", "xls", "ods", "pdf", "docx", "html")), *WHOLE)
LETTER = "letter.docx"  # beside a report
MOST_FILES = 20_000  # in one department-year; more is a link that leads somewhere else


def _home() -> tuple[Path, Path]:
    """Return where rules, codes and notebooks are, and where data and outputs are by default.

    In a clone both are its top; an installed wheel carries the first, and the second is the current folder.
    """
    clone = CODE.parents[1]
    return (
        (clone, clone)
        if (clone / "data" / "rules").is_dir()
        else (Path(sys.prefix, "share", "juesuan"), Path.cwd())
    )


ROOT, DESK = _home()
DATA = DESK / "data"
CODES = ROOT / "data" / "codes"
RULES = ROOT / "data" / "rules"
SAMPLE = ROOT / "data" / "sample"
OUTPUTS = DESK / "outputs"
NOTEBOOK = ROOT / "notebooks" / "department_report.ipynb"
ACROSS = ROOT / "notebooks" / "across.ipynb"
LOOK = CODE / "report" / "look"


def is_address(place: str) -> bool:
    """Return whether a place is an address and not a folder of this machine."""
    return "://" in place


def place_of(data: Path, department: str, year: int) -> str:
    """Return where a department-year is, as a plain text: for who asks ten thousand times."""
    return f"{data}/departments/{department}/{year:04d}"


def figures_of(data: Path, department: str, year: int) -> str:
    """Return where the figures of a department-year are, as a plain text."""
    return f"{place_of(data, department, year)}/figures.csv"


def report_of(outputs: Path, department: str, year: int) -> str:
    """Return where the report of a department-year stands, as a plain text."""
    return f"{outputs}/{department}/{year:04d}"


def is_given(name: str) -> bool:
    """Return whether a file or folder is there to be read, by its name: not hidden, nor laid beside one that is open.

    >>> [is_given(name) for name in ("a.docx", "~$a.docx", ".~lock.figures.csv#", ".figures.csv.swp")]
    [True, False, False, False]
    """
    return not name.startswith((".", "~"))


@dataclass(frozen=True)
class Folder:
    """One department-year under a data folder. `told` is what the data folder is called where it is a copy."""

    data: Path
    department: str
    year: int
    told: str = ""

    @cached_property
    def path(self) -> Path:
        return Path(place_of(self.data, self.department, self.year))

    @property
    def called(self) -> str:
        """What messages call it."""
        return f"{self.department}/{self.year}"

    @cached_property
    def figures(self) -> Path:
        return Path(figures_of(self.data, self.department, self.year))

    @cached_property
    def profile(self) -> Path:
        return self.path / "profile.yaml"

    @property
    def narrative(self) -> Path:
        """The published text, of whichever kind was kept; narrative.txt where none was."""
        return self._kept(TEXTS) or self.path / "published" / TEXTS[0]

    @property
    def workbook(self) -> Path | None:
        """The published tables, of whichever kind was kept."""
        return self._kept(TABLES)

    def _kept(self, names: tuple[str, ...]) -> Path | None:
        place = f"{self.path}/published"
        try:
            there = os.listdir(place)
        except OSError:
            return None
        return next((Path(place, name) for name in names if name in there), None)

    def unread(self) -> list[str]:
        """Return the names of published files that are read neither for text nor for tables; hidden and lock files do not count."""
        place = self.path / "published"
        if not place.is_dir():
            if place.is_symlink() or place.exists():
                raise DataError(self.name(place), "不是文件夹", "放公开过的文本和表的文件夹")
            return []
        read = {self.narrative, self.workbook}
        return sorted(p.name for p in place.iterdir() if p not in read and is_given(p.name))

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
        earlier = [
            p for p in (f"{before}/figures.csv", f"{before}/profile.yaml") if os.path.lexists(p)
        ]
        paths = (*sorted(self._files()), *earlier)
        return {_writable(path[len(root) + 1 :].replace(os.sep, "/")): path for path in paths}

    def sums(self) -> dict[str, str]:
        """Return the sha256 of every file that the report of this folder is made from, by its name."""
        return {name: sha256(path) for name, path in self.inputs().items()}

    def _files(self) -> Iterator[str]:
        """Yield every file that is given in the folder, through links too; one that leads back is not gone down again."""
        seen: set[tuple[int, int]] = set()
        count = int(not _first_seen(str(self.path), seen))
        for place, folders, names in os.walk(self.path, followlinks=True):
            given = filter(is_given, folders)
            folders[:] = [name for name in given if _first_seen(os.path.join(place, name), seen)]
            yield from (os.path.join(place, name) for name in names if is_given(name))
            count += len(names) + len(folders)
            if count > MOST_FILES:
                problem = f"文件太多，超过 {MOST_FILES} 个"
                raise DataError(self.name(self.path), problem, "一个部门一年的几个文件")


def _first_seen(folder: str, seen: set[tuple[int, int]]) -> bool:
    try:
        found = os.stat(folder)
    except OSError:  # gone since, or not for us: whoever reads in it will say so
        return False
    known = (found.st_dev, found.st_ino) in seen
    seen.add((found.st_dev, found.st_ino))
    return not known


def _writable(name: str) -> str:
    """Return a file's name as JSON can hold it, whatever its bytes."""
    return name.encode("utf-8", "backslashreplace").decode()


def sha256(path: str | Path) -> str:
    """Return the sum of a file; of what nobody can or will read, only what it is: who reads it says what is wrong."""
    import hashlib  # a twentieth of the start of a command that needs no sum

    try:
        found = os.stat(path)
        if not stat.S_ISREG(found.st_mode):
            return "不是普通文件"
        if found.st_size > LARGEST:
            return f"{found.st_size} 字节，太大，不读"
        with open(path, "rb", buffering=0) as file:
            return hashlib.sha256(file.readall()).hexdigest()
    except OSError as error:
        return f"读不了（{system(error)}）"
