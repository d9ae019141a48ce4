"""An invented district as numbers to compare, without its reports: for tests and measures of what stands out."""

from __future__ import annotations

from collections.abc import Iterable

from helpers.across.numbers import Numbers, Report
from helpers.basics.model import SEVERITIES
from helpers.basics.paths import Folder
from helpers.disclosure import disclosure


def numbers(folders: Iterable[Folder]) -> Numbers:
    """Return what the reports of these folders would say of what departments are compared by."""
    reports, amounts, labels = {}, {}, {}
    for folder in folders:
        given = disclosure.load(folder.department, folder.year, folder.data)
        key = folder.department, folder.year
        reports[key] = Report(
            department=folder.department,
            name=given.profile.department,
            sector=given.profile.sector,
            year=folder.year,
            edition=given.profile.edition,
            status="ok",
            findings=dict.fromkeys(SEVERITIES, 0),
            link=f"{folder.department}/{folder.year}/report.html",
        )
        for one in given.indicators:
            amounts[(*key, one.indicator, one.key)] = one.amount and one.amount.value
            if one.key:
                labels[one.indicator, one.key] = one.label
    return Numbers(
        reports=reports,
        amounts=amounts,
        labels=labels,
        broken={},
        year=max(year for _, year in reports),
    )
