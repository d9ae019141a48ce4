"""What is shown of one department-year: the page, its charts and tables, the files beside it."""

from __future__ import annotations

from importlib import import_module

__all__ = ["load"]


def __getattr__(name: str):
    """Return what a notebook asks for; it is loaded then, since most commands show nothing."""
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module("helpers.report.report"), name)
