"""profile.yaml read and vetted: who the department is, and the words that only it can write."""

from __future__ import annotations

from pathlib import Path

from helpers.basics.errors import DataError, Problems, Refusal, shown
from helpers.basics.model import Profile
from helpers.basics.yamltext import Mapping, Sequence, Word, read, vet
from helpers.edition import declared
from helpers.edition import edition as editions

_TEXT, _NESTED = (Word, Sequence), (Word, Sequence, Mapping)
# English key → Chinese key, type. Texts may be one text, a list of them, or a mapping of named texts.
KEYS: dict[str, tuple[str, type | tuple[type, ...]]] = {
    "department": ("部门", Word),
    "short_name": ("简称", Word),
    "year": ("年度", Word),
    "edition": ("版本", Word),
    "region": ("地区", Word),
    "kind": ("类型", Word),
    "sector": ("部门类别", Word),
    "duties": ("职责", _TEXT),
    "organisation": ("机构设置", _TEXT),
    "units": ("二级单位", Sequence),
    "units_note": ("二级单位说明", _TEXT),
    "staff": ("人员", _TEXT),
    "reasons": ("原因", Mapping),
    "purposes": ("用途", Mapping),
    "three_public_details": ("三公明细", _NESTED),
    "assets_use": ("资产用途", _TEXT),
    "performance": ("绩效", _NESTED),
    "glossary": ("名词解释", Sequence),
    "economic_items": ("经济科目", Mapping),
    "style": ("格式", Mapping),
}
LARGEST = 500_000
REQUIRED = ("department", "short_name", "year", "edition")
_DECIMALS, _TRIM = "百分比小数位", "省略末尾零"
# English key → Chinese key. Any style that the edition names may be written as 名百分比小数位.
_STYLE = {
    "percent_decimals": _DECIMALS,
    "three_public_percent_decimals": f"三公{_DECIMALS}",
    "trim_zeros": _TRIM,
}
_YES, _NO = ("true", "yes", "是"), ("false", "no", "否")


def load(path: Path, name: str, year: int) -> Profile:
    """Return the profile of a department-year, or refuse it with all that is wrong in it. `name` is how messages call the file."""
    problems = Problems()
    raw, refused = _english(read(path, name, LARGEST), name, problems)
    kind = raw.get("kind", Word.at("部门", 1))
    for key in REQUIRED:
        with problems.gathered():
            if key not in refused and not raw.get(key, "").strip():
                raise DataError(name, f"缺少「{key}」（{KEYS[key][0]}）")
    with problems.gathered():
        if raw.get("year", "").strip() and raw["year"] != f"{year:04d}":
            raise DataError(
                _at(name, raw["year"]),
                f"年度「{shown(raw['year'])}」与文件夹 {year} 不一致",
                f"{year}",
            )
    known = declared.names()
    with problems.gathered():
        if raw.get("edition", "").strip() and raw["edition"] not in known:
            raise DataError(
                _at(name, raw["edition"]), f"没有版本「{shown(raw['edition'])}」", "、".join(known)
            )
    with problems.gathered():
        if kind not in ("部门", "单位"):
            raise DataError(_at(name, kind), f"类型「{shown(kind)}」不对", "部门 或 单位")
    style: dict = {}
    if raw.get("edition") in known:
        with problems.gathered():
            style = style_of(raw.get("style", Mapping()), name, str(raw["edition"]))
    with problems.gathered():
        texts, lines = _texts(raw, name)
    problems.tell()
    return Profile(
        department=str(raw["department"]),
        short_name=str(raw["short_name"]),
        year=year,
        edition=str(raw["edition"]),
        region=str(raw.get("region", "")),
        kind=str(kind),
        sector=str(raw.get("sector", "")).strip(),
        texts=texts,
        lines=lines,
        **style,
    )


def glance(path: Path, name: str) -> Mapping:
    """Return what a profile says, under English keys and as it stands; nothing where it cannot be read."""
    try:
        return _english(read(path, name, LARGEST), name, Problems())[0]
    except Refusal:
        return Mapping()


def _at(name: str, word: Word) -> str:
    return f"{name} 第 {word.line} 行"


def _english(raw, name: str, problems: Problems) -> tuple[Mapping, set[str]]:
    """Return the mapping with English keys; either language may be written. Besides, the keys whose value cannot be."""
    chinese = {c: e for e, (c, _) in KEYS.items()}
    types = {k: t for e, (c, t) in KEYS.items() for k in (e, c)}
    if not isinstance(raw, Mapping):
        vet(raw, name, types)
    with problems.gathered():
        vet(raw, name, types)
    mapping, refused = Mapping(), set[str]()
    mapping.line = raw.line
    for key, value in raw.items():
        english = Word.at(chinese.get(key, key), key.line)
        with problems.gathered():
            if english in mapping:
                first = next(k for k in raw if chinese.get(k, k) == english)
                problem = f"「{key}」与「{first}」是同一个键，写了两次"
                raise DataError(_at(name, key), problem, "每个键只写一次")
            if key in types and isinstance(value, types[key]):
                mapping[english] = value
            else:
                refused.add(english)
    return mapping, refused


def style_of(raw: Mapping, name: str, edition: str) -> dict:
    """Return how a department writes its numbers, where it does not say so as its edition does (格式)."""
    known = editions.load(edition)
    percents = {f"{style}{_DECIMALS}": style for style in known.wording.percents}
    chinese = {**_STYLE, **{key: key for key in (*_STYLE.values(), *percents)}}
    written: dict[str, Word] = {}
    for style, file in ((known.style, f"rules/{edition}/edition.yaml"), (raw, name)):
        vet(style, file, dict.fromkeys(chinese, Word))
        problems = Problems()
        for key, word in style.items():
            with problems.gathered():
                first = next(k for k in style if chinese[k] == chinese[key])
                if first != key:
                    problem = f"「{key}」与「{first}」是同一个键，写了两次"
                    raise DataError(_at(file, key), problem, "每个键只写一次")
                allowed = (*_YES, *_NO) if chinese[key] == _TRIM else ("0", "1", "2", "3", "4")
                if word.lower() not in allowed:
                    expected = "true 或 false" if chinese[key] == _TRIM else "0 到 4 的整数"
                    raise DataError(_at(file, word), f"「{key}」写了「{shown(word)}」", expected)
                written[chinese[key]] = word
        problems.tell()
    return {
        "percent_decimals": int(written.get(_DECIMALS, "1")),
        "other_percent_decimals": {s: int(written[k]) for k, s in percents.items() if k in written},
        "trim_zeros": written.get(_TRIM, "是").lower() in _YES,
    }


def _texts(
    raw: Mapping, name: str
) -> tuple[dict[str, tuple[str, ...]], dict[str, tuple[int, ...]]]:
    """Return every text by 键 or 键/小键, as paragraphs, and the lines that each of them starts on."""
    texts: dict[str, tuple[str, ...]] = {}
    lines: dict[str, tuple[int, ...]] = {}

    def keep(key: str, value) -> None:
        parts = value if isinstance(value, Sequence) else [value]
        for part in parts:
            if not isinstance(part, Word):
                raise DataError(
                    f"{name} 第 {part.line} 行", f"「{shown(key)}」里有一项不是文字", "一段文字"
                )
        paragraphs = tuple(
            (line.strip(), part.line)
            for part in parts
            for line in part.splitlines()
            if line.strip()
        )
        if paragraphs:
            texts[key] = tuple(text for text, _ in paragraphs)
            lines[key] = tuple(line for _, line in paragraphs)

    for key, value in raw.items():
        chinese = KEYS[key][0]
        if key in REQUIRED or key in ("style", "region", "kind", "sector"):
            continue
        if isinstance(value, Mapping):
            for part, text in value.items():
                if not isinstance(text, (Word, Sequence)):
                    raise DataError(
                        _at(name, part), f"「{shown(part)}」不是文字", "一段文字或一个列表"
                    )
                keep(f"{chinese}/{part}", text)
        else:
            keep(chinese, value)
    return texts, lines
