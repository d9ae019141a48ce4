"""A chart's SVG made fit to stand in a page with others: ids of its own, the page's colour, nothing said twice."""

from __future__ import annotations

import re
from xml.etree import ElementTree

from helpers.report.sheet import FONT_FAMILY, INK, TEXT

_SVG, _LINK = "{http://www.w3.org/2000/svg}", "{http://www.w3.org/1999/xlink}"


def inline(drawn: str, prefix: str, alt: str) -> str:
    """Return an SVG that can stand in a page with others: ids of its own, the page's colour, a text alternative."""
    root = ElementTree.fromstring(drawn)
    for parent in list(root.iter()):
        for child in list(parent):
            if child.tag in (f"{_SVG}metadata", f"{_SVG}style"):
                parent.remove(child)
    for empty in [d for d in root.findall(f"{_SVG}defs") if not len(d)]:
        root.remove(empty)
    for group in root.findall(f"{_SVG}g"):
        group[:] = _ungrouped(group)
    for element in root.iter():
        element.tag = element.tag.removeprefix(_SVG)
        element.tail = None
        if element.tag != "text":
            element.text = None
        if element.attrib.get("transform", "").startswith("rotate(-0 "):
            del element.attrib["transform"]
        element.attrib = {
            k.removeprefix(_LINK): _own(k.removeprefix(_LINK), v, prefix)
            for k, v in element.attrib.items()
        }
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


def _ungrouped(group) -> list:
    """Return what stands in a group, without the groups in it that only give ids to single shapes."""
    return [
        inner
        for child in group
        for inner in (
            _ungrouped(child)
            if child.tag == f"{_SVG}g" and set(child.attrib) == {"id"}
            else [child]
        )
    ]


def _inherit(attributes: dict[str, str]) -> None:
    """Leave out of a text's style what it has from the whole picture, and say shortly what it has not."""
    usual = (f"font-size: {TEXT}px", "fill: currentColor")
    parts = [part for part in attributes.pop("style").split("; ") if part not in usual]
    for name, _, value in (part.partition(": ") for part in parts):
        attributes[name] = value


def _own(key: str, value: str, prefix: str) -> str:
    if key == "id":
        return prefix + value
    if key == "href":
        return value.replace("#", f"#{prefix}", 1)
    value = value.replace("url(#", f"url(#{prefix}")
    if key in ("d", "x", "y"):
        value = re.sub(r"\d+\.\d{3,}", lambda m: f"{float(m[0]):.2f}", value)
    if key == "style":
        value = (
            value.replace(INK, "currentColor")
            .replace(f" font-family: '{FONT_FAMILY}';", "")
            .replace(" text-anchor: start;", "")
        )
    return " ".join(value.split())
