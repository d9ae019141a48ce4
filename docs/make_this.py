"""Write docs/this.md, the notebook author's page, from the docstrings of Report: `make author`.

tests/test_house.py compares the kept page with what this makes.
"""

from __future__ import annotations

import dataclasses
import inspect
import re
import types
import typing
from collections.abc import Iterator
from functools import cached_property
from pathlib import Path

from helpers.report.report import Report
from helpers.report.shown import Shown

PAGE = Path(__file__).with_name("this.md")
HEAD = """\
<!-- Written by docs/make_this.py from the docstrings of Report; `make author` renews it. -->
# `this`, the report in a notebook

```python
from helpers import report

this = report.load(department, year)
```

Every public name of `this`, with what it takes and what comes back. Amounts are `Decimal` in 万元, counts in the unit \
that stands beside them; nothing is a float. What is missing is `None`, never zero. \
`this.table(number).data` is a DataFrame with a line for each row of the form, by its name or code, and a column for \
each of its columns, by its name: `Decimal` or `None`. The notebooks that use it are \
`notebooks/department_report.ipynb`, the report itself, and `notebooks/explore.ipynb`.
"""
KINDS = property, cached_property
NONE = "—"


def said(thing: object) -> str:
    """Return a docstring as one paragraph, or nothing."""
    return " ".join((inspect.getdoc(thing) or "").split(">>>")[0].split())


def is_record(kind: type) -> bool:
    """Return whether a class says nothing of itself but its fields, as dataclasses do by themselves."""
    return said(kind).startswith(f"{kind.__name__}(")


def public(kind: type) -> Iterator[tuple[str, object]]:
    """Yield what a class offers, in the order in which it is written, what it inherits from ours first."""
    for one in reversed(kind.__mro__):
        if one.__module__.startswith("helpers."):
            for name, member in vars(one).items():
                if not name.startswith("_") and (
                    inspect.isfunction(member) or isinstance(member, KINDS)
                ):
                    yield name, member


def function_of(member: object) -> typing.Any:
    """Return the function behind a method or a property."""
    if isinstance(member, property):
        return member.fget
    return member.func if isinstance(member, cached_property) else member


def hints(thing: typing.Any) -> dict[str, object]:
    """Return annotations; as they are written where one names what is only imported for the type checker."""
    try:
        return typing.get_type_hints(thing)
    except NameError:
        return dict(thing.__annotations__)


def spelled(hint: object) -> str:
    """Return an annotation as it is written, each class by its own name."""
    text = hint.__name__ if isinstance(hint, type) and not typing.get_args(hint) else str(hint)
    return re.sub(r"\b(?:[a-z]\w*\.)+(?=[A-Z])", "", text).replace(" | None", " or None")


def signature(name: str, member: object) -> str:
    """Return how something is asked of its object: `name`, or `name(argument: type)`, and what comes back."""
    form = inspect.signature(function_of(member))
    hint = hints(function_of(member)).get("return")
    back = "" if hint is None else spelled(hint)
    if isinstance(member, KINDS):
        return name + (f" → {back}" if back else "")
    takes = ", ".join(spelled(str(p)) for p in list(form.parameters.values())[1:]).replace("'", "")
    return f"{name}({takes})" + (f" → {back}" if back else "")


def ours(hint: object) -> Iterator[type]:
    """Yield the classes of the house that an annotation names, the outermost first."""
    if isinstance(hint, type) and hint.__module__.startswith("helpers."):
        yield hint
    for part in typing.get_args(hint):
        yield from ours(part)


def comes_back(member: object) -> list[type]:
    """Return the classes of the house that something gives."""
    return list(ours(hints(function_of(member)).get("return")))


def sentence(member: object) -> str:
    """Return what something says of itself, else what it gives says of itself."""
    back = hints(function_of(member)).get("return")
    kind = next((kind for kind in ours(back) if said(kind) and not is_record(kind)), None)
    if said(member) or kind is None:
        return said(member) or NONE
    return said(kind) if kind in (back, *_either(back)) else f"Of each: {said(kind)}"


def _either(hint: object) -> tuple[object, ...]:
    """Return what an annotation with `or nothing` names, else nothing."""
    return typing.get_args(hint) if isinstance(hint, types.UnionType) else ()


def fields(kind: type) -> list[tuple[str, object]]:
    """Return the fields of a record with their annotations."""
    if dataclasses.is_dataclass(kind) or issubclass(kind, tuple):
        return list(hints(kind).items())
    return []


def given() -> list[type]:
    """Return every class that `this` gives, and those of the nouns that they are made of."""
    found: dict[type, None] = {}
    waiting = [kind for _, member in public(Report) for kind in comes_back(member)]
    while waiting:
        kind = waiting.pop(0)
        if kind not in found:
            found[kind] = None
            inner = [one for _, hint in fields(kind) for one in ours(hint)]
            inner += [one for _, member in public(kind) for one in comes_back(member)]
            waiting += [
                one
                for one in inner
                if one.__module__.startswith("helpers.basics.") or issubclass(kind, Shown)
            ]
    return list(found)


def rows(members: list[tuple[str, object]], before: str = "") -> str:
    """Return a table of what can be asked."""
    lines = [f"| `{before}{signature(name, one)}` | {sentence(one)} |" for name, one in members]
    return "\n".join(["| name | what it is |", "|---|---|", *lines])


def chapter(kind: type) -> str:
    """Return what there is to know of one class that `this` gives."""
    lines = [f"### `{kind.__name__}`", "" if is_record(kind) else said(kind)]
    if has := fields(kind):
        lines.append(
            "Fields: " + ", ".join(f"`{name}: {spelled(hint)}`" for name, hint in has) + "."
        )
    if asked := list(public(kind)):
        lines.append(rows(asked))
    return "\n\n".join(line for line in lines if line)


def page() -> str:
    """Return the page."""
    members = list(public(Report))
    looked = [(n, m) for n, m in members if any(issubclass(k, Shown) for k in comes_back(m))]
    held = [(n, m) for n, m in members if (n, m) not in looked and isinstance(m, KINDS)]
    asked = [(n, m) for n, m in members if (n, m) not in looked + held]
    parts = [
        HEAD,
        "## To look at\n\nHTML in a notebook, plain text elsewhere. The last expression of a cell is shown.",
        rows(looked, "this."),
        "## What it holds",
        rows(held, "this."),
        "## To ask",
        rows(asked, "this."),
        "## What comes back",
        *map(chapter, given()),
    ]
    return "\n\n".join(part.strip("\n") for part in parts) + "\n"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
