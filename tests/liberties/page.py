"""Liberties of the page: lines wrapped, page numbers, running heads, contents, captions, residue."""

from __future__ import annotations

import re
import unicodedata
from random import Random

from liberties.liberty import in_body, liberty

_EVERY = 24  # lines of a page
_WIDEST = 84  # columns of a page, tabs and blanks put in included


def _width(character: str) -> int:
    return 2 if unicodedata.east_asian_width(character) in "WFA" else 1


def wrapped(text: str, columns: int) -> str:
    """Return the text with its lines broken where they are full, inside numbers too; one that is set already stays."""
    lines = []
    if all(sum(map(_width, line)) <= _WIDEST for line in text.split("\n")):
        return text
    for paragraph in text.split("\n"):
        line, used = "", 0
        for character in paragraph:
            if used + _width(character) > columns:
                lines.append(line)
                line, used = "", 0
            line, used = line + character, used + _width(character)
        lines.append(line)
    return "\n".join(lines)


def _indented(text: str) -> str:
    return re.sub(r"^(?=[^\n第])", "\u3000\u3000", text, flags=re.M)


def _paged(text: str, between) -> str:
    """Return the text with something between its pages."""
    lines, pages = text.split("\n"), []
    for n in range(0, len(lines), _EVERY):
        pages.append("\n".join([*lines[n : n + _EVERY], *between(n // _EVERY + 1)]))
    return "\n".join(pages)


for _columns in (60, 76, 80):
    liberty(f"版面：每行 {_columns} 栏")(lambda text, chance, c=_columns: wrapped(text, c))
liberty("版面：缩进、每行 76 栏")(lambda text, chance: wrapped(_indented(text), 76))
liberty("版面：页码 - 1 -")(lambda text, chance: _paged(wrapped(text, 76), lambda n: [f"- {n} -"]))
liberty("版面：页码 — 1 —")(lambda text, chance: _paged(text, lambda n: [f"— {n} —"]))
liberty("版面：页码 1")(lambda text, chance: _paged(wrapped(text, 80), lambda n: [str(n)]))
liberty("版面：页码 第 1 页 共 9 页")(
    lambda text, chance: _paged(text, lambda n: [f"第 {n} 页 共 9 页"])
)


@liberty("版面：页眉")
def running_head(text: str, chance: Random) -> str:
    head = "".join(text.split("\n")[:2])
    return _paged(wrapped(text, 76), lambda n: [head])


@liberty("版面：页眉、页码、换页")
def head_and_foot(text: str, chance: Random) -> str:
    head = "".join(text.split("\n")[:2])
    return _paged(wrapped(text, 76), lambda n: ["", f"{n}", f"\f{head}", ""])


@liberty("版面：目录在前")
def contents(text: str, chance: Random) -> str:
    headings = re.findall(r"^(?:第.部分|[一二三四五六七八九十]+、|（.）).*$", text, re.M)
    pages = "\n".join(f"{line}{'.' * 20}{n // 4 + 1}" for n, line in enumerate(headings))
    name, year, rest = text.split("\n", 2)
    return f"{name}\n{year}\n目  录\n{pages}\n{rest}"


@liberty("版面：目录用省略号")
def contents_dotted(text: str, chance: Random) -> str:
    headings = re.findall(r"^(?:第.部分|[一二三四五六七八九十]+、).*$", text, re.M)
    pages = "\n".join(f"{line} …………… {n // 4 + 1}" for n, line in enumerate(headings))
    name, year, rest = text.split("\n", 2)
    return f"{name}\n{year}\n目录\n公开时间：2024年9月30日\n{pages}\n{rest}"


@liberty("版面：PAGEREF 留在目录里")
def pageref(text: str, chance: Random) -> str:
    headings = re.findall(r"^(?:第.部分|[一二三四五六七八九十]+、).*$", text, re.M)
    pages = "\n".join(
        f'HYPERLINK \\l "_Toc{1535 + n}" {line}\tPAGEREF _Toc{1535 + n} \\h {n // 4 + 1}'
        for n, line in enumerate(headings)
    )
    return f"目录\n{pages}\n{text}"


_CAPTIONS = {
    "一、收入支出决算总体情况说明": "收、支决算总计变动情况图",
    "二、收入决算情况说明": "收入决算结构图",
    "三、支出决算情况说明": "支出决算结构图",
    "四、财政拨款收入支出决算总体情况说明": "财政拨款收、支决算总计变动情况",
}


def _captioned(text: str, caption: str) -> str:
    for n, (heading, title) in enumerate(_CAPTIONS.items(), 1):
        text = re.sub(rf"(^{heading}\n.*$)", rf"\1\n{caption.format(n, title)}", text, flags=re.M)
    return text


liberty("版面：图注（图1：…）（单位：万元）")(
    lambda text, chance: _captioned(text, "（图{0}：{1}）（单位：万元）")
)
liberty("版面：图注 图1 …")(lambda text, chance: _captioned(text, "图{0} {1}"))
liberty("版面：图的占位 [image]")(lambda text, chance: _captioned(text, "[image: image{0}]"))
liberty("版面：段间空行")(lambda text, chance: text.replace("\n", "\n\n"))
liberty("版面：段首缩进")(lambda text, chance: _indented(text))
liberty("版面：行末有空格")(lambda text, chance: text.replace("\n", "  \n"))
liberty("版面：制表符缩进")(lambda text, chance: re.sub(r"^", "\t", text, flags=re.M))


@liberty("版面：数与单位之间断行")
def unit_below(text: str, chance: Random) -> str:
    def change(body: str) -> str:
        return re.sub(r"(?<=\d)(?=万元)", lambda m: "\n" if chance.random() < 0.1 else "", body)

    return in_body(text, change)
