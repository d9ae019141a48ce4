"""The files of an edition as they are declared, and those of the edition that it follows beneath them (沿用)."""

from __future__ import annotations

import re
from collections.abc import Collection
from functools import lru_cache
from pathlib import Path
from typing import Any

from helpers.basics import paths
from helpers.basics.errors import DataError, nearest, shown
from helpers.basics.yamltext import Keys, Mapping, Sequence, Word, read, says_yes, vet
from helpers.edition import renumbering

_EDITION: Keys = {
    "名称": Word,
    "年度": Word,
    "默认": Word,
    "表称": Word,
    "沿用": Word,
    "改号": Mapping,
    "去掉": Mapping,
    "格式": Mapping,
}
_YEARS = re.compile(r"\d{4}(-\d{4})?", re.ASCII)
_SLOT = re.compile(r"\{([^{}]*)\}")
CALLED = ("表号", "名称")  # what 表称 may name of a table
FILES = (
    "edition.yaml",
    "tables.yaml",
    "statements.yaml",
    "checks.yaml",
    "charts.yaml",
    "outline.yaml",
    "proofreading.yaml",
    "indicators.yaml",
    "outliers.yaml",
    "findings.yaml",
    "causes.yaml",
)
_KINDS = ("表", "说明", "勾稽", "图", "比较数", "离群")


def names() -> list[str]:
    """Return the names of all editions, in order."""
    return sorted(p.name for p in paths.RULES.iterdir() if p.is_dir())


def about(edition: str) -> Mapping:
    """Return what an edition says of itself: edition.yaml, vetted; nothing where it has none."""
    place, file = paths.RULES / edition / "edition.yaml", f"rules/{edition}/edition.yaml"
    raw = vet(_content(place, file), file, _EDITION) if place.exists() else Mapping()
    if "年度" in raw and not _YEARS.fullmatch(raw["年度"]):
        raise DataError(f"{file} 第 {raw['年度'].line} 行", "年度写得不对", "2023 或 2022-2024")
    if "年度" in raw and (years := raw["年度"].split("-"))[0] > years[-1]:
        at = f"{file} 第 {raw['年度'].line} 行"
        raise DataError(at, f"年度「{raw['年度']}」前后颠倒", "早的在前，如 2022-2024")
    vet(raw.get("去掉", Mapping()), file, dict.fromkeys(_KINDS, Sequence))
    says_yes(raw, "默认")
    for old, new in raw.get("改号", Mapping()).items():
        if not isinstance(new, Word):
            raise DataError(
                f"{file} 第 {old.line} 行", f"「{shown(old)}」的新号不是文字", "旧号: 新号"
            )
    vet_slots(raw, "表称", CALLED, file)
    return raw


def vet_slots(raw: Mapping, key: str, known: Collection[str], file: str) -> None:
    """Refuse a word that has another slot than these."""
    written = raw.get(key, "").replace("{{", "").replace("}}", "")  # these print a bracket
    for slot in _SLOT.findall(written):
        if slot not in known:
            at = f"{file} 第 {raw[key].line} 行"
            problem = f"「{key}」里没有槽「{shown(slot)}」{nearest(slot, known)}"
            raise DataError(at, problem, "、".join(known))


def _content(place: Path, file: str) -> Any:
    """Return the content of a file, read once as long as it is not written again: editions follow one another."""
    try:
        stamp = place.stat()
    except OSError:
        return read(place, file)
    return _read_once(place, file, stamp.st_mtime_ns, stamp.st_size)


@lru_cache(maxsize=100)
def _read_once(place: Path, file: str, _written: int, _size: int) -> Any:
    return read(place, file)


def default() -> str:
    """Return the edition of a new department: the one that says 默认: 是, else the first."""
    return next((name for name in names() if says_yes(about(name), "默认")), names()[0])


def chain(edition: str) -> tuple[str, ...]:
    """Return an edition after all that it follows, the eldest first."""
    followed = [edition]
    while base := about(followed[0]).get("沿用"):
        at = f"rules/{followed[0]}/edition.yaml 第 {base.line} 行"
        if base not in names():
            raise DataError(
                at, f"没有版本「{shown(base)}」{nearest(base, names())}", "、".join(names())
            )
        if base in followed:
            raise DataError(at, f"「沿用」绕回到「{base}」", "不沿用自己的版本")
        followed.insert(0, str(base))
    return tuple(followed)


def is_of(edition: str, year: int) -> bool:
    """Return whether an edition is of a year, by its own 年度: `2022-2024`; one that says none is of every year."""
    years = str(about(edition).get("年度", "")).split("-")
    return years == [""] or int(years[0]) <= year <= int(years[-1])


def said(edition: str, key: str, otherwise: str = "") -> str:
    """Return a word of edition.yaml, its own or that of the nearest edition that it follows."""
    return next(
        (str(word) for name in reversed(chain(edition)) if (word := about(name).get(key))),
        otherwise,
    )


def style(edition: str) -> Mapping:
    """Return how numbers are usually written (格式), by the keys that a profile's 格式 has."""
    laid = Mapping()
    for name in chain(edition):
        laid |= about(name).get("格式", {})
    return laid


def files(edition: str, name: str) -> list:
    """Return the content of a file of an edition and of those that it follows, the eldest first; one must have it.

    Tables of an older one are called by the numbers that the edition gives them (改号).
    """
    found: list = []
    for of in chain(edition):
        if numbers := about(of).get("改号"):
            found = [renumbering.renumbered(content, numbers) for content in found]
        if (place := paths.RULES / of / name).exists():
            found.append(_content(place, f"rules/{of}/{name}"))
    return found or [_content(paths.RULES / edition / name, f"rules/{edition}/{name}")]


def has(edition: str, name: str) -> bool:
    """Return whether an edition, or one that it follows, has a file."""
    return any((paths.RULES / of / name).exists() for of in chain(edition))


def of_file(edition: str, name: str) -> str:
    """Return the edition whose file stands for an edition: itself, else the nearest that it follows and that has it."""
    chained = reversed(chain(edition))
    return next((of for of in chained if (paths.RULES / of / name).exists()), edition)


def optional(edition: str, name: str) -> list:
    """Return the content of a file as `files` does; nothing where neither the edition nor one that it follows has it."""
    return files(edition, name) if has(edition, name) else []


def file_of(raw: object, edition: str, name: str) -> str:
    """Return the file that a piece of an edition stands in, also of a piece that cannot know."""
    return getattr(raw, "file", "") or f"rules/{edition}/{name}"


def entries(edition: str, contents: list[Sequence], key: str, kind: str) -> list[Mapping]:
    """Return the entries of lists, each laid over the one before: the same key takes its place, what is 去掉 is left out.

    An entry knows its own file; one without the key stays, so that whoever vets it can say so.
    """
    laid: dict[object, Mapping] = {}
    for content in contents:
        if not isinstance(content, Sequence):
            place = getattr(content, "file", "") or f"rules/{edition}"
            raise DataError(
                f"{place} 第 {getattr(content, 'line', 1)} 行", "不是一个列表", "每项以 - 开头"
            )
        own = {
            entry.get(key, id(entry)) if isinstance(entry, Mapping) else id(entry): entry
            for entry in content
        }
        if len(own) < len(content):
            _repeated(content, key, kind)
        for name, entry in own.items():
            laid = _with(laid, name, entry)
    gone = _gone(edition, kind, laid)
    return [entry for name, entry in laid.items() if name not in gone]


def _gone(edition: str, kind: str, laid: Collection[object]) -> set[str]:
    """Return what an edition and those that it follows leave out (去掉), a table by the number that it would have here."""
    gone: set[str] = set()
    for of in chain(edition):
        said = about(of)
        if kind == "表":
            gone = {str(said.get("改号", Mapping()).get(number, number)) for number in gone}
        for name in said.get("去掉", Mapping()).get(kind, ()):
            if of == edition and name not in laid:
                known = [str(key) for key in laid]
                problem = f"要去掉的{kind}「{shown(name)}」沿用的版本里没有{nearest(name, known)}"
                place = f"rules/{of}/edition.yaml 第 {name.line} 行"
                raise DataError(place, problem, "、".join(known))
            gone.add(str(name))
    return gone


def _with(laid: dict[object, Mapping], name: object, entry: Mapping) -> dict[object, Mapping]:
    """Return entries with another: in the place of the one that has its name, else behind the one it asks for (后于)."""
    before = entry.get("后于") if isinstance(entry, Mapping) else None
    if before is None:
        return {**laid, name: entry}
    plain = type(entry)({key: value for key, value in entry.items() if key != "后于"})
    plain.line, plain.file = entry.line, entry.file
    if before not in laid:
        raise DataError(
            f"{entry.file} 第 {before.line} 行",
            f"「后于」的「{shown(before)}」没有{nearest(before, map(str, laid))}",
            "沿用的版本里的一项",
        )
    others = [(key, value) for key, value in laid.items() if key != name]
    place = [key for key, _ in others].index(before) + 1
    return dict([*others[:place], (name, plain), *others[place:]])


def _repeated(content: Sequence, key: str, kind: str) -> None:
    seen: set[str] = set()
    for entry in content:
        if entry[key] in seen:
            raise DataError(
                f"{entry.file} 第 {entry.line} 行",
                f"{key}「{shown(entry[key])}」重复",
                f"每{'张表一个表号' if kind == '表' else '个编号一次'}",
            )
        seen.add(entry[key])
