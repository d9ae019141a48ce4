"""A chart's SVG made fit to stand in a page with others: no ids, the page's colour, nothing said twice."""

from __future__ import annotations

import re
from xml.etree import ElementTree

from helpers.report.sheet import FONT_FAMILY, INK, TEXT

_SVG = "{http://www.w3.org/2000/svg}"
_UNTURNED = "rotate(0 "
_NOT_SHOWN = (f"{_SVG}metadata", f"{_SVG}defs")


def inline(drawn: str, alt: str) -> str:
    """Return an SVG of boxes and texts that can stand in a page with others: the page's colour, a text alternative."""
    root = ElementTree.fromstring(drawn)
    root[:] = [element for element in root if element.tag not in _NOT_SHOWN]
    for element in root.iter():
        element.tag = element.tag.removeprefix(_SVG)
        element.tail = None
        if element.tag != "text":
            element.text = None
        if element.attrib.get("transform", "").startswith(_UNTURNED):
            del element.attrib["transform"]
        element.attrib = {key: _short(key, value) for key, value in element.attrib.items()}
        if element.tag == "text":
            _inherit(element.attrib)
    root.attrib = {
        "xmlns": _SVG.strip("{}"),
        "viewBox": root.attrib["viewBox"],
        "role": "img",
        "aria-label": alt,
        "style": f"font: {TEXT}px '{FONT_FAMILY}', sans-serif; fill: currentColor",
    }
    return ElementTree.tostring(root, encoding="unicode")


def _inherit(attributes: dict[str, str]) -> None:
    """Leave out of a text's style what it has from the whole picture, and say shortly what it has not."""
    usual = (f"font-size: {TEXT}px", "fill: currentColor")
    parts = [part for part in attributes.pop("style").split("; ") if part not in usual]
    for name, _, value in (part.partition(": ") for part in parts):
        attributes[name] = value


def _short(key: str, value: str) -> str:
    if key in ("d", "x", "y"):
        value = re.sub(r"\d+\.\d{3,}", lambda m: f"{float(m[0]):.2f}", value)
    if key == "style":
        value = (
            value.replace(INK, "currentColor")
            .replace(f" font-family: '{FONT_FAMILY}';", "")
            .replace(" text-anchor: start;", "")
        )
    return " ".join(value.split())
