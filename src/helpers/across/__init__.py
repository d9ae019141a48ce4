"""Many department-years at a glance: `from helpers import across`, then `across.cells()`, `across.district()`."""

from __future__ import annotations

from importlib import import_module

# What a notebook asks for, and the room that has it; loaded then, since most commands need none of it.
_ROOMS = dict.fromkeys(
    ("cells", "figures", "findings", "indicators", "reports", "sql", "statements"), "frames"
) | {"district": "view", "desk": "pickers"}
__all__ = [*_ROOMS]


def __getattr__(name: str):
    if name not in _ROOMS:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"helpers.across.{_ROOMS[name]}"), name)
