"""Many department-years at a glance."""

from helpers.across.frames import cells, figures, findings, indicators, reports, sql, statements

__all__ = ["cells", "figures", "findings", "indicators", "reports", "sql", "statements"]
