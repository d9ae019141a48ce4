"""What a report says as files for programs: cells.csv, statements.json, findings.csv; and the text as it would be published."""

from __future__ import annotations

import json
import re

from helpers.basics import money, paths
from helpers.basics.csvtext import csv_text
from helpers.disclosure.disclosure import Disclosure
from helpers.report.report import Report

FINDING = ("rule", "severity", "place", "message", "expected", "found", "difference")


def cells_csv(report: Report) -> str:
    """Return `table,row,column,value,state`: every cell, 万元 with two decimals, blank where missing."""
    rows = (
        (c.address.table, c.address.row, c.address.column, _two(c.amount), c.state)
        for table in report.tables.published() for c in table.cells()
    )
    return csv_text(("table", "row", "column", "value", "state"), rows)


def _two(amount) -> str:
    return "" if amount is None else money.printed(amount.value, 2, trim=False)


def findings_csv(report: Report) -> str:
    """Return `rule,severity,place,message,expected,found,difference`, worst first."""
    rows = ((f.rule, f.severity, f.place, f.message, f.expected, f.found, f.difference) for f in report.found)
    return csv_text(FINDING, rows)


def statements_json(report: Report) -> str:
    """Return every sentence in reading order with its numbers and the cells they come from."""
    compared = report.review.comparison.by_sentence
    entries = []
    for statement in report.statements.values():
        for sentence in statement.sentences:
            beside = compared.get(sentence.id)
            entries.append({
                "id": sentence.id,
                "section": sentence.section,
                "text": sentence.text,
                "numbers": [
                    {
                        "text": n.text,
                        "value": None if n.value is None else n.text,
                        "unit": n.unit,
                        "cells": report.cells_of(n),
                    }
                    for n in sentence.numbers
                ],
                "published": beside.reading.published if beside else "",
                "verdict": beside.verdict if beside else "unpublished",
            })
    return json.dumps(entries, ensure_ascii=False, indent=1) + "\n"


def narrative_txt(disclosure: Disclosure) -> str:
    """Return the disclosure's text with the headings of the notebook, as a department would publish it."""
    import nbformat

    lines: list[str] = [f"{disclosure.profile.department}", f"{disclosure.folder.year}年度{disclosure.profile.kind}决算", ""]
    for cell in nbformat.read(paths.NOTEBOOK, as_version=4).cells:
        if cell.cell_type == "markdown":
            lines += [m[1].replace("决算情况说明", f"{disclosure.folder.year}年度{disclosure.profile.kind}决算情况说明") if m[1].startswith("第") else m[1]
                      for m in re.finditer(r"^#{2,}\s+((?:第.部分|[一二三四五六七八九十]+、).*)$", cell.source, re.M)]
        elif shown := re.fullmatch(r'this\.statement\("(.+)"\)', cell.source.strip()):
            statement = disclosure.statements[shown[1]]
            part, _, number = statement.number.partition(".")
            lines += [f"（{number}）{statement.title}"] if number and len(part) == 1 else []
            lines += ["".join(s.text for s in paragraph) for paragraph in statement.paragraphs]
    return "\n".join(lines) + "\n"
