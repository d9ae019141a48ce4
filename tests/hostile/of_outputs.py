"""Commands whose outputs already hold something hostile."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

from hostile.commands import Command, files
from hostile.inputs import BIDI, ESC, FIGURES, YEAR, Spoil
from hostile.spoiling import NO_FILES, link, put


def standing() -> Iterator[Command]:
    """Yield commands whose outputs folder already holds something hostile."""
    at = f"outputs/good/{YEAR}"
    texts = {
        "empty": "",
        "deep": "[" * 200_000,
        "deep-objects": '{"a":' * 100_000,
        "null": "null",
        "a-list": "[]",
        "a-number": "9" * 10_000,
        "half": '{"status": "ok",',
        "wrong-types": json.dumps(
            {
                "department": 1,
                "name": [1],
                "year": "x",
                "status": {"a": 1},
                "error": 5,
                "started": None,
                "seconds": "x",
                "inputs": 7,
                "findings": "many",
                "packages": 1,
            }
        ),
        "ok-without-findings": json.dumps({"status": "ok"}),
        "nan": '{"seconds": NaN, "year": 1e999, "status": "ok", "findings": {"error": -1e999}}',
        "unseen": json.dumps(
            {
                "department": f"good{ESC}",
                "name": BIDI,
                "year": YEAR,
                "status": "failed",
                "error": f"{ESC}{BIDI}",
                "started": "",
                "seconds": 0,
                "inputs": {},
            }
        ),
    }
    for name, text in texts.items():
        yield Command(f"record-{name}", prepare=files({f"{at}/run.json": text}), own=True)
        yield Command(
            f"record-of-another-{name}",
            prepare=files(
                {
                    f"outputs/another/{YEAR}/run.json": text,
                    f"outputs/another/{YEAR}/report.html": "x",
                }
            ),
            own=True,
        )
    for name in (
        "is-a-pipe",
        "is-a-folder",
        "is-dev-zero",
        "is-sparse",
        "is-its-own-link",
        "is-a-socket",
    ):
        spoil = NO_FILES[name]
        yield Command(
            f"record-{name}",
            statuses=(0, 3),
            prepare=lambda here, s=spoil: _spoilt(here / at, s("run.json")),
            own=True,
        )
        yield Command(
            f"record-of-another-{name}",
            statuses=(0, 3),
            prepare=lambda here, s=spoil: _spoilt(here / f"outputs/another/{YEAR}", s("run.json")),
            own=True,
        )
        yield Command(
            f"index-{name}",
            statuses=(0, 3),
            prepare=lambda here, s=spoil: _spoilt(here / "outputs", s("index.html")),
            own=True,
        )
        yield Command(
            f"table-of-all-{name}",
            statuses=(0, 3),
            prepare=lambda here, s=spoil: _spoilt(here / "outputs", s("index.csv")),
            own=True,
        )
        yield Command(
            f"lock-{name}",
            statuses=(0, 3),
            prepare=lambda here, s=spoil: _spoilt(here / "outputs", s(".making-x.lock")),
            own=True,
        )
        yield Command(
            f"report-{name}",
            statuses=(0, 3),
            prepare=lambda here, s=spoil: _spoilt(here / at, s("report.html")),
            own=True,
        )
    yield Command(
        "place-is-a-file",
        statuses=(0, 3),
        prepare=lambda here: _spoilt(here / "outputs/good", put(str(YEAR), b"x")),
        own=True,
    )
    yield Command(
        "department-place-is-a-file",
        statuses=(0, 3),
        prepare=lambda here: _spoilt(here / "outputs", put("good", b"x")),
        own=True,
    )
    yield Command(
        "place-dangles",
        statuses=(0, 3),
        prepare=lambda here: _spoilt(here / "outputs/good", link(str(YEAR), "nowhere")),
        own=True,
    )
    yield Command(
        "place-links-to-the-data",
        statuses=(0, 2, 3),
        prepare=lambda here: _spoilt(
            here / "outputs/good",
            link(str(YEAR), str(here.parent / f"data/departments/good/{YEAR}")),
        ),
        own=True,
    )
    yield Command(
        "department-place-links-to-the-data",
        statuses=(0, 2, 3),
        prepare=lambda here: _spoilt(
            here / "outputs", link("good", str(here.parent / "data/departments/good"))
        ),
        own=True,
    )
    yield Command(
        "place-links-to-the-data-of-a-broken-one",
        statuses=(2, 3),
        prepare=_broken_and_linked,
        own=True,
    )
    yield Command("leftover-links-to-the-data", statuses=(0, 3), prepare=_leftover, own=True)


def _spoilt(place: Path, spoil: Spoil) -> None:
    place.mkdir(parents=True, exist_ok=True)
    spoil(place)


def _broken_and_linked(here: Path) -> None:
    (here.parent / f"data/departments/good/{YEAR}/{FIGURES}").write_text("item\n", encoding="utf-8")
    _spoilt(here / "outputs", link("good", str(here.parent / "data/departments/good")))


def _leftover(here: Path) -> None:
    _spoilt(here / "outputs", link(".making-x", str(here.parent / "data/departments")))
    (here / "outputs/.making-x.lock").write_bytes(b"")
