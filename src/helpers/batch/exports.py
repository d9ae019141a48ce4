"""Disclosures exported, each in a child with limits: a file stands as a whole or not at all, and no failure harms another."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from helpers.basics import replacing
from helpers.basics.errors import DataError, RequestError, shown, system
from helpers.basics.paths import Folder
from helpers.batch import answers
from helpers.batch.answers import Unanswered
from helpers.batch.shelf import Shelf
from helpers.batch.workers import Limits
from helpers.disclosure import disclosure, folders
from helpers.disclosure.disclosure import Disclosure
from helpers.export import obstacles, template
from helpers.export.template import Template

_TEMPLATED = ("docx", "pdf")


@dataclass(frozen=True, kw_only=True)
class Order:
    """What is exported: the form, an office's own docx, as a draft, as a fragment."""

    form: str
    template: Template | None = None
    is_draft: bool = False
    is_fragment: bool = False

    def content(self, of: Disclosure) -> bytes:
        """Return the file of a disclosure."""
        return _WRITERS[self.form](of, self)


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """What was written, what is not ready with what stands in its way, and what failed with why."""

    written: list[Path] = field(default_factory=list)
    unready: list[tuple[Folder, list[str]]] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)


def order(form: str, path: str, is_draft: bool, is_fragment: bool) -> Order:
    """Return an order that can be carried out; a template or a fragment of another form, or no printer, is refused."""
    if path and form not in _TEMPLATED:
        raise RequestError("--template 只用于 docx 和 pdf")
    if is_fragment and form != "html":
        raise RequestError("--fragment 只用于 html")
    if path and not Path(path).is_file():
        raise RequestError(f"--template 没有「{shown(path, 200)}」这个文件，应为一个 .docx")
    if form == "pdf":
        from helpers.export import printing

        printing.need_printer(bool(path))
    return Order(
        form=form,
        template=template.read(Path(path)) if path else None,
        is_draft=is_draft,
        is_fragment=is_fragment,
    )


def places(
    chosen: list[Folder], data: Path, outputs: Path, to: str, form: str
) -> dict[Folder, Path]:
    """Return where each disclosure is written. `to` names one file, which may not lie in the data."""
    if not to:
        return {folder: Shelf(outputs).place(folder) / f"disclosure.{form}" for folder in chosen}
    place = Path(os.path.realpath(to))
    if len(chosen) != 1:
        raise RequestError(f"--to 只能写一份，选中了 {len(chosen)} 份；多份用 --outputs")
    if place.suffix.lower() != f".{form}" or not place.parent.is_dir() or place.is_dir():
        raise RequestError(f"--to 不能是「{shown(to, 200)}」，应为已有文件夹里的一个 .{form} 文件")
    if folders.overlap(str(place), os.path.realpath(data)):
        raise RequestError(f"--to {shown(to, 200)} 在数据文件夹里，会与数混在一起，请换一个")
    return {chosen[0]: place}


def run(wanted: dict[Folder, Path], what: Order, jobs: int, limits: Limits) -> Outcome:
    """Write every disclosure that is ready, so many at a time, each within its limits."""
    done = Outcome()
    works = {folder: partial(_made, folder, place, what) for folder, place in wanted.items()}
    for folder, answer in answers.ask(works, jobs, limits):
        if isinstance(answer, Unanswered):
            done.failed.append(answer.reason)
        elif answer:
            done.unready.append((folder, answer))
        else:
            done.written.append(wanted[folder])
    return done


def _made(folder: Folder, place: Path, what: Order) -> list[str]:
    """Write one disclosure in one step; return what stands in its way."""
    one = disclosure.load(folder.department, folder.year, folder.data)
    in_the_way = [] if what.is_draft else obstacles.obstacles(one)
    if not in_the_way:
        content = what.content(one)
        try:
            place.parent.mkdir(parents=True, exist_ok=True)
            replacing.write(place, content, durable=True)
        except OSError as error:
            raise DataError(str(place), f"写不了（{system(error)}）") from error
    return in_the_way


def _docx(of: Disclosure, what: Order) -> bytes:
    from helpers.export import document

    return document.docx(of, what.template, what.is_draft)


def _xlsx(of: Disclosure, what: Order) -> bytes:
    from helpers.report import xlsx

    with tempfile.TemporaryDirectory(prefix="juesuan-export-") as scratch:
        made = Path(scratch, "tables.xlsx")
        xlsx.tables_xlsx(of, made, what.is_draft)
        return made.read_bytes()


def _pdf(of: Disclosure, what: Order) -> bytes:
    from helpers.export import printing

    return printing.pdf(of, what.template, what.is_draft)


def _html(of: Disclosure, what: Order) -> bytes:
    from helpers.export import page

    written = page.fragment if what.is_fragment else page.page
    return written(of, what.is_draft).encode()


_WRITERS: dict[str, Callable[[Disclosure, Order], bytes]] = {
    "docx": _docx,
    "xlsx": _xlsx,
    "pdf": _pdf,
    "html": _html,
}
