"""What is shown of one department-year: the page, its charts and tables, the files beside it."""

from helpers.report.report import load

__all__ = ["load"]
