"""Hostile folders: names, links, and what stands where something else is meant."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

from hostile.inputs import BIDI, EITHER, EMOJI, FIGURES, FINE, LAST, PROFILE, REFUSED, Input, Spoil
from hostile.spoiling import folder, link, locked, pipe, plug, put, recoded, sparse


def strange(name: bytes) -> Spoil:
    """Put a file with such a name beside the published ones, and one beside the figures."""

    def spoil(place: Path) -> None:
        for where in (place / "published", place):
            with open(os.path.join(os.fsencode(where), name), "wb") as file:
                file.write(b"x")

    return spoil


def _many(place: Path) -> None:
    for n in range(5000):
        (place / "published" / f"{n}.txt").write_bytes(b"")


def _deep(place: Path) -> None:
    here = os.open(place / "published", os.O_RDONLY)
    for _ in range(400):
        os.mkdir("d", dir_fd=here)
        lower = os.open("d", os.O_RDONLY, dir_fd=here)
        os.close(here)
        here = lower
    os.close(here)


def _last(spoil: Spoil) -> Spoil:
    """Do it to the year before instead."""
    return lambda place: spoil(place.with_name(str(LAST)))


def _department_is_a_link(place: Path) -> None:
    aside = place.parents[3] / f"aside-{place.parent.name}"
    place.parent.rename(aside)
    place.parent.symlink_to(aside)


def _year_is_a_link(place: Path) -> None:
    aside = place.parents[3] / f"aside-{place.parent.name}"
    place.rename(aside)
    place.symlink_to(aside)


def folders() -> Iterator[Input]:
    """Yield the inputs whose folders are hostile."""
    names = {
        "gbk": "表".encode("gbk") + b".txt",
        "newline": b"a\nb.txt",
        "escape": b"\x1b[31mred.txt",
        "bidi": f"a{BIDI}txt.exe".encode(),
        "255-letters": b"a" * 255,
        "quotes": b"'\"$(touch x).txt",
        "markup": b"<script>alert(1)<script>",
        "dash": b"-rf",
        "bytes": bytes(range(128, 200)),
        "formula": b"=1+1.csv",
        "emoji": EMOJI.encode(),
    }
    for name, raw in names.items():
        yield Input(f"name-in-{name}", strange(raw), EITHER, "")
    yield Input(
        "published-in-published",
        lambda place: (
            shutil.copytree(place / "published", place / "published" / "published") and None
        ),
        FINE,
    )
    yield Input("published-is-a-file", put("published", b"x"), EITHER, "published")
    yield Input("published-is-a-dangling-link", link("published", "nowhere"), EITHER, "published")
    yield Input("published-is-its-own-link", link("published", "published"), EITHER, "published")
    yield Input(
        "published-is-the-last-years",
        link("published", f"../{LAST}/published"),
        EITHER,
        "published",
    )
    yield Input("published-is-the-folder-itself", link("published", "."), EITHER, "published")
    yield Input("published-is-etc", link("published", "/etc"), EITHER, "published")
    yield Input("published-is-devices", link("published", "/dev"), EITHER, "published")
    yield Input("published-is-a-pipe", pipe("published"), EITHER, "published")
    yield Input("published-is-empty", folder("published"), FINE)
    yield Input("published-has-5000-files", _many, EITHER, "published")
    yield Input("published-is-400-deep", _deep, EITHER, "published")
    yield Input("published-has-a-pipe", pipe("published/notes.txt"), EITHER, "published")
    yield Input("published-has-a-socket", plug("published/notes.txt"), EITHER, "published")
    yield Input("published-has-a-sparse-file", sparse("published/scan.pdf"), EITHER, "published")
    yield Input(
        "published-has-dev-zero", link("published/scan.pdf", "/dev/zero"), EITHER, "published"
    )
    yield Input(
        "published-has-a-dangling-link", link("published/scan.pdf", "nowhere"), EITHER, "published"
    )
    yield Input("year-has-a-pipe", pipe("notes"), EITHER, "notes")
    yield Input(
        "year-has-an-editors-lock", link(".~lock.figures.csv#", "someone@somewhere:1"), EITHER, ""
    )
    yield Input("year-links-to-the-root", link("everything", "/"), EITHER, "")
    yield Input("year-is-locked", locked("."), REFUSED, "", not_as_root=True)
    yield Input("department-is-a-link", _department_is_a_link, EITHER, "")
    yield Input("year-is-a-link", _year_is_a_link, EITHER, "")
    yield Input("department-has-a-pipe", pipe("../notes"), EITHER, "")
    yield Input(
        "year-is-empty",
        lambda place: (shutil.rmtree(place), place.mkdir()) and None,
        REFUSED,
        PROFILE,
    )
    yield Input(
        "folder-9999",
        lambda place: place.rename(place.with_name("9999")) and None,
        REFUSED,
        PROFILE,
        year=9999,
    )
    for name, spoil in {
        "broken": put(FIGURES, "item\n"),
        "gbk": recoded(FIGURES, "gbk"),
        "a-pipe": pipe(FIGURES),
        "a-folder": folder(FIGURES),
        "dev-zero": link(FIGURES, "/dev/zero"),
        "sparse": sparse(FIGURES),
        "empty": put(FIGURES, b""),
        "dangling": link(FIGURES, "nowhere"),
    }.items():
        yield Input(f"last-years-figures-{name}", _last(spoil), FINE)
    for name, spoil in {
        "broken": put(PROFILE, "- a\n"),
        "a-pipe": pipe(PROFILE),
        "dev-zero": link(PROFILE, "/dev/zero"),
        "sparse": sparse(PROFILE),
    }.items():
        yield Input(f"last-years-profile-{name}", _last(spoil), FINE)
