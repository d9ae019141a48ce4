"""YAML read as text: `010` stays 010, `NO` stays NO, every word knows its line."""

from __future__ import annotations

from collections import abc
from pathlib import Path

import yaml

from helpers.basics.errors import DataError, Problems, nearest, shown
from helpers.basics.filetext import LARGEST, text_of

DEEPEST, MOST_ENTRIES = 30, 30_000
Keys = abc.Mapping[str, type | tuple[type, ...]]  # what may stand in a mapping, and of which type
_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class Word(str):
    """A text that knows the line it was written on."""

    line: int = 0

    @classmethod
    def at(cls, text: str, line: int) -> Word:
        """Return a text as a word on a line."""
        word = cls(text)
        word.line = line
        return word


class Mapping(dict):
    """A mapping of words; `file` and `line` are where it starts."""

    line: int = 0
    file: str = ""


class Sequence(list):
    """A list; `line` is where it starts."""

    line: int = 0


def read(path: Path, name: str, largest: int = LARGEST, empty: Mapping | Sequence | None = None):
    """Return the file's content as Mapping, Sequence and Word; `empty` where it has comments alone, if they are enough.

    `name` is how messages call it.
    """
    text = text_of(path, name, largest)
    try:
        _bounded(text, name)
        root = yaml.compose(text, Loader=_Loader)
        if root is None and empty is not None:
            return empty
        if root is None:
            raise DataError(name, "只有注释，没有内容", "「键: 值」")
        return _plain(root, name)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        place = f"{name} 第 {mark.line + 1} 行第 {mark.column + 1} 列" if mark else name
        raise DataError(
            place, "YAML 写法有误", "缩进对齐的「键: 值」，含冒号等符号的文字请加引号"
        ) from None
    except yaml.YAMLError:
        raise DataError(name, "含有 YAML 不允许的字符", "纯文本") from None


def _bounded(text: str, name: str) -> None:
    """Refuse what could swell or exhaust the reader: references, deep nesting, entries by the hundred thousand."""
    depth = 0
    for count, event in enumerate(yaml.parse(text, Loader=_Loader)):
        at = f"{name} 第 {event.start_mark.line + 1} 行" if event.start_mark else name
        if count > MOST_ENTRIES:
            raise DataError(at, f"前面已有 {MOST_ENTRIES} 项", "更少的内容")
        if isinstance(event, yaml.AliasEvent):
            raise DataError(at, "用了 YAML 的引用（&、*）", "直接写出的文字")
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(
            event, yaml.CollectionEndEvent
        )
        if depth > DEEPEST:
            raise DataError(at, "嵌套过深", "普通的键和值")


def _plain(node, name: str):
    line = node.start_mark.line + 1
    if isinstance(node, yaml.ScalarNode):
        return Word.at(node.value, line)
    if isinstance(node, yaml.SequenceNode):
        sequence = Sequence(_plain(item, name) for item in node.value)
        sequence.line = line
        return sequence
    mapping, lines = Mapping(), dict[str, int]()
    mapping.line, mapping.file = line, name
    for key_node, value_node in node.value:
        key = _plain(key_node, name)
        at = f"{name} 第 {key_node.start_mark.line + 1} 行"
        if not isinstance(key, Word):
            raise DataError(at, "键不是一个词", "「键: 值」")
        if key in mapping:
            raise DataError(
                at, f"键「{shown(key)}」重复，前一个在第 {lines[key]} 行", "每个键只写一次"
            )
        mapping[key], lines[key] = _plain(value_node, name), key.line
    return mapping


def vet(value: object, name: str, keys: Keys, required: abc.Iterable[str] = ()) -> Mapping:
    """Return `value` if it is a mapping with only these keys, each of its type."""
    at = f"{name} 第 {getattr(value, 'line', 1)} 行"
    if not isinstance(value, Mapping):
        raise DataError(at, "不是「键: 值」", "键有：" + "、".join(keys))
    problems = Problems()
    for key, item in value.items():
        with problems.gathered():
            where = f"{name} 第 {key.line} 行"
            if key not in keys:
                raise DataError(
                    where,
                    f"不认识的键「{shown(key)}」{nearest(key, keys)}",
                    "以下之一：" + "、".join(keys),
                )
            if not isinstance(item, keys[key]):
                raise DataError(where, f"「{key}」的值类型不对", _KINDS[keys[key]])
    for key in required:
        with problems.gathered():
            if key not in value:
                raise DataError(at, f"缺少「{key}」")
    problems.tell()
    return value


def says_yes(raw: Mapping, key: str, otherwise: bool = False) -> bool:
    """Return whether a key says 是; a word that is neither 是 nor 否 is refused, a key that is not there says `otherwise`."""
    if key not in raw:
        return otherwise
    if raw[key] not in ("是", "否"):
        raise DataError(
            f"{raw.file} 第 {raw[key].line} 行", f"「{key}」写了「{shown(raw[key])}」", "是 或 否"
        )
    return raw[key] == "是"


_KINDS: dict[type | tuple[type, ...], str] = {
    (Sequence, Mapping): "一个列表或一组「键: 值」",
    Word: "一段文字",
    Sequence: "一个列表（每行以 - 开头）",
    Mapping: "一组「键: 值」",
    (Word, Sequence): "一段文字或一个列表",
    (Word, Mapping): "一段文字或一组「键: 值」",
    (Word, Sequence, Mapping): "文字、列表或一组「键: 值」",
}
