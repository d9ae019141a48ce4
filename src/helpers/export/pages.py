"""The sections of a Word document: wide tables lie on pages of their own, headers and page numbers go on."""

from __future__ import annotations

from collections.abc import Iterable
from copy import deepcopy

from docx.oxml.ns import qn

from helpers.export.word import parse

_MARGIN = 850  # twips, 15 mm around a page that lies
_TINY = (
    '<w:p><w:pPr><w:spacing w:before="0" w:after="0" w:line="20" w:lineRule="exact"/></w:pPr></w:p>'
)
_A4 = (11906, 16838)


def width(section, lying: bool) -> int:
    """Return how wide the text of a section is, in twips, on its own pages or on pages that lie."""
    size, margins = section.find(qn("w:pgSz")), section.find(qn("w:pgMar"))
    across, high = _A4 if size is None else (_of(size, "w"), _of(size, "h"))
    if lying:
        return max(across, high) - 2 * _MARGIN
    sides = 2 * _MARGIN if margins is None else _of(margins, "left") + _of(margins, "right")
    return across - sides


def height(section, lying: bool) -> int:
    """Return how high the text of a section is, in twips, on its own pages or on pages that lie."""
    size, margins = section.find(qn("w:pgSz")), section.find(qn("w:pgMar"))
    across, high = _A4 if size is None else (_of(size, "w"), _of(size, "h"))
    if lying:
        return min(across, high) - 2 * _MARGIN
    ends = 2 * _MARGIN if margins is None else _of(margins, "top") + _of(margins, "bottom")
    return high - ends


def governing(element):
    """Return the section that an element of the body stands in."""
    for following in element.itersiblings():
        if following.tag == qn("w:sectPr"):
            return following
        found = following.find(f"{qn('w:pPr')}/{qn('w:sectPr')}")
        if found is not None:
            return found
    raise LookupError("a body without a section")


def set_apart(paragraph) -> list:
    """Let a section that ends with a paragraph end behind it, in an own one, which is returned: what is written in the
    place of the paragraph is of that section."""
    section = paragraph.find(f"{qn('w:pPr')}/{qn('w:sectPr')}")
    if section is None:
        return []
    section.getparent().remove(section)
    last = parse(_TINY)
    last.get_or_add_pPr().append(section)
    paragraph.addnext(last)
    return [last]


def lay(body, lying: Iterable) -> None:
    """Give the elements of a body that lie pages of their own; the others keep theirs."""
    wide = {id(element) for element in lying}
    children = [child for child in body if child.tag != qn("w:sectPr")]
    for child, following in zip(children, [*children[1:], None]):
        own = child.find(f"{qn('w:pPr')}/{qn('w:sectPr')}")
        is_wide = id(child) in wide
        if own is not None:
            _turn(own, is_wide)
        elif following is None:
            _turn(governing(child), is_wide)
        elif is_wide != (id(following) in wide):
            rest = governing(child)
            section = deepcopy(rest)
            _go_on(rest)
            _turn(section, is_wide)
            _end(child, section)


def _end(child, section) -> None:
    if child.tag != qn("w:p"):
        child.addnext(parse(_TINY))
        child = child.getnext()
    child.get_or_add_pPr().append(section)


def _go_on(section) -> None:
    """Let a section be one that goes on: it has no first page of its own, and its numbers do not begin anew."""
    for tag in ("w:titlePg", "w:type"):
        for found in section.findall(qn(tag)):
            section.remove(found)
    numbers = section.find(qn("w:pgNumType"))
    if numbers is not None:
        numbers.attrib.pop(qn("w:start"), None)


def _turn(section, is_wide: bool) -> None:
    size, margins = section.find(qn("w:pgSz")), section.find(qn("w:pgMar"))
    if not is_wide or size is None:
        return
    across, high = _of(size, "w"), _of(size, "h")
    if across > high:
        return
    size.set(qn("w:w"), str(high))
    size.set(qn("w:h"), str(across))
    size.set(qn("w:orient"), "landscape")
    if margins is not None:
        for side in ("top", "bottom", "left", "right"):
            margins.set(qn(f"w:{side}"), str(_MARGIN))
        for edge in ("header", "footer"):
            margins.set(qn(f"w:{edge}"), str(_MARGIN // 2))


def _of(element, name: str) -> int:
    return int(element.get(qn(f"w:{name}"), "0"))
