"""What a report says as files for programs: cells.csv, statements.json, findings.csv; and the text as it would be published."""

from __future__ import annotations

import json
from dataclasses import asdict, fields

from helpers.basics import money
from helpers.basics.csvtext import csv_text
from helpers.basics.model import Finding, Number, Statement
from helpers.disclosure.disclosure import Disclosure
from helpers.edition.outline import STATEMENT
from helpers.report.report import Report
from helpers.review.comparison import UNPUBLISHED, Comparison

FINDING = tuple(field.name for field in fields(Finding))

INDICATOR = ("indicator", "key", "label", "value", "unit", "state")


def cells_csv(report: Report) -> str:
    """Return `table,row,column,value,state`: every cell, 万元 with two decimals, blank where missing."""
    rows = (
        (c.address.table, c.address.row, c.address.column, _two(c.amount), c.state)
        for table in report.tables.published()
        for c in table.cells()
    )
    return csv_text(("table", "row", "column", "value", "state"), rows)


def _two(amount) -> str:
    return "" if amount is None else money.printed(amount.value, 2, trim=False)


def _exactly(amount) -> str:
    return "" if amount is None else f"{amount.value:f}"


def findings_csv(report: Report) -> str:
    """Return the columns of `FINDING`, worst first; `cause` is the number of the root cause, shared by all that it led to.

    A message says of whom and of which year it is, so that it can be sent as it stands.
    """
    rows = ({**asdict(f), "message": report.review.sendable(f)} for f in report.found)
    return csv_text(FINDING, (row.values() for row in rows))


def causes(report: Report) -> list[dict]:
    """Return the root causes with what they led to, the worst first, for run.json and the page of all causes.

    `rule` and `title` are those of the only finding, else the kind of the cause and its name.
    """
    return [
        {
            **asdict(cause),
            "decision": cause.decision,
            "section": cause.section,
            "rule": cause.kind if len(cause.members) > 1 else cause.rule,
            "title": cause.name if len(cause.members) > 1 else report.review.about(cause.rule)[0],
        }
        for cause in report.review.causes
    ]


def indicators_csv(report: Report) -> str:
    """Return `indicator,key,label,value,unit,state`: what departments are compared by, as exactly as it is known."""
    rows = (
        (
            one.indicator,
            one.key,
            one.label,
            _exactly(one.amount),
            one.unit,
            one.state,
        )
        for one in report.disclosure.indicators
    )
    return csv_text(INDICATOR, rows)


def statements_json(report: Report) -> str:
    """Return every sentence in reading order with its numbers and the cells they come from, a line for each."""
    comparison = report.review.comparison
    entries = []
    for statement in report.statements.values():
        for sentence in statement.sentences:
            beside = comparison.by_sentence.get(sentence.id)
            entries.append(
                {
                    "id": sentence.id,
                    "section": sentence.section,
                    "text": sentence.text,
                    "numbers": [
                        {
                            "text": n.text,
                            "value": None if n.value is None else n.text,
                            "unit": n.unit,
                            "kind": n.measure.kind,
                            "cells": report.cells_of(n),
                            **_published(comparison, sentence.id, n),
                        }
                        for n in sentence.numbers
                    ],
                    "published": beside.published if beside else "",
                    "verdict": beside.verdict if beside else UNPUBLISHED,
                }
            )
    return "[\n" + ",\n".join(json.dumps(e, ensure_ascii=False) for e in entries) + "\n]\n"


def _published(comparison: Comparison, sentence: str, number: Number) -> dict:
    """Return what was published in the place of a number, where it was read."""
    judged = comparison.published.get((sentence, number.start))
    if judged is None or comparison.reading is None:
        return {}
    reading, mark = comparison.reading, judged.printed
    return {
        "published": {
            "text": reading.original(mark.start, mark.end + len(mark.unit)),
            "value": mark.text,
            "place": reading.place(mark.start),
        }
    }


def narrative_txt(disclosure: Disclosure) -> str:
    """Return the disclosure's text with the headings of its outline, as a department would publish it."""
    who = disclosure.profile
    lines = [who.department, f"{who.year}年度{who.kind}决算", ""]
    for part in disclosure.edition.outline.parts:
        lines.append(part.heading(who))
        for section in part.sections:
            lines += [section.heading] if section.title else []
            for item in section.items:
                lines += (
                    _said(disclosure.statements[item.number], item.ordinal)
                    if item.kind == STATEMENT
                    else []
                )
    return "\n".join(lines) + "\n"


def _said(statement: Statement, ordinal: str) -> list[str]:
    heading = [f"（{ordinal}）{statement.title}"] if ordinal else []
    return heading + ["".join(s.text for s in paragraph) for paragraph in statement.paragraphs]
