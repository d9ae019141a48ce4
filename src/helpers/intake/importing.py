"""One department-year made of what was published: figures.csv, profile.yaml and published/ in a new folder."""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from helpers.basics.csvtext import csv_text
from helpers.basics.errors import DataError, Refusal
from helpers.basics.model import FINAL
from helpers.basics.paths import Folder
from helpers.disclosure import figures, profile
from helpers.disclosure.accounts import Accounts
from helpers.disclosure.measured import Measured
from helpers.disclosure.tables import Tables
from helpers.edition import edition, patterns
from helpers.intake import (
    budgets,
    identity,
    inverse,
    misread,
    own_words,
    readings,
    recognition,
    residual,
    sources,
    strangers,
)
from helpers.intake.account import Account, Dispute
from helpers.intake.claims import Claim, Claimed, Key, Standing, of_tables, settled
from helpers.intake.narrative import Read
from helpers.intake.readings import Reading
from helpers.published.printed import PrintedTable

COLUMNS = (*figures.REQUIRED, "note", "source")


@dataclass(frozen=True)
class Request:
    """What is to be imported where; a blank edition is one to be recognised, a blank name one to be read."""

    files: tuple[Path, ...]
    folder: Folder
    edition: str = ""
    called: str = ""


def make(request: Request, into: Path) -> Account:
    """Write the three parts of a department-year into an empty folder, and return the account of it."""
    handed, folder = sources.assigned(request.files), request.folder
    handed.refuse_another_year(folder.year)
    of_edition = request.edition or recognition.recognised(handed, folder.year)
    tables = recognition.blank_tables(of_edition, folder.year)
    printed = handed.printed(of_edition, folder.year)
    identity.refuse_several(printed)
    read = handed.read(of_edition, folder.year)
    claimed, standing = understood(tables, printed, read.readings)
    made = inverse.rows_of(standing)
    if not made.rows:
        raise DataError(_names(handed), "没有读出一个数", "有数的表或说明")
    (into / "figures.csv").write_text(figures_csv(made.rows, standing), encoding="utf-8")
    figures.load(into / "figures.csv", folder.name(folder.figures))
    (into / "published").mkdir()
    for source in handed.files:
        shutil.copyfile(source.path, into / "published" / source.kept_as)
    kept = _kept_profile(folder, of_edition)
    words, unwritten = tuple[str, ...](), tuple[str, ...]()
    if kept:
        shutil.copyfile(folder.profile, into / "profile.yaml")
    else:
        who = _identity(request, of_edition, tables, printed, handed, read)
        words, unwritten = _write_profile(who, read, into)
    return Account(
        department=folder.department,
        year=folder.year,
        edition=of_edition,
        files={source.kept_as: source.path.name for source in handed.files},
        tables=tuple(printed),
        lacking=tuple(t.form.number for t in tables.published() if t.form.number not in printed),
        cells=sum(len(table.cells) for _, table in printed.values()),
        rows=len(made.rows),
        numbers=read.counts,
        unread=(
            *handed.left_out,
            *handed.strange(tables),
            *claimed.unread,
            *strangers.told(printed),
            *read.unread,
            *unwritten,
        ),
        disputes=tuple(Dispute.between(one) for one in standing.values() if one.others),
        inferred=_concluded(made.rows, residual=False),
        residuals=_concluded(made.rows, residual=True),
        unbuilt=tuple(f"{_told(claim)} {claim.written}" for claim in made.unbuilt),
        kept=tuple(_kept(folder, kept)),
        words=words,
    )


def _kept(folder: Folder, profile: bool) -> Iterator[str]:
    """Yield what stays of a folder that is replaced."""
    if profile:
        yield folder.profile.name
    if folder.corrections.exists():
        yield folder.corrections.name


def _identity(
    request: Request,
    of_edition: str,
    tables: Tables,
    printed: dict[str, tuple[str, PrintedTable]],
    handed: sources.Sources,
    read: Read,
) -> identity.Identity:
    """Return who the department is, as its documents say."""
    said = "".join(word for _, table in printed.values() for word in table.words) + handed.text
    declared = patterns.load(of_edition)
    facts = {
        word: identity.fact_in(read.found, declared, word) if read.found else ""
        for word in identity.FACTS
    }
    full, short, region = facts.values()
    name = identity.name_in(printed, handed.text, full)
    return identity.Identity(
        folder=request.folder,
        edition=of_edition,
        name=name or identity.full_name(handed.text, short) or request.called,
        short=short,
        region=region,
        kind=identity.kind_in(said),
        style=identity.style_of(tables, read.readings),
    )


def _write_profile(
    who: identity.Identity, read: Read, into: Path
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Write profile.yaml, first without own words: what a slot in them prints depends on figures, style and kind.

    Return the keys of the own words in it; where they are none that a profile holds, none, and why in words.
    """
    place, name = into / "profile.yaml", who.folder.name(who.folder.profile)
    place.write_text(who.profile, encoding="utf-8")
    if read.found is None:
        return (), ()
    plain = profile.load(place, name, who.folder.year)
    rows = figures.load(into / "figures.csv", who.folder.name(who.folder.figures))
    declared = edition.load(who.edition)
    tables = Tables(declared.forms, Accounts(rows), who.folder.year)
    measured = {
        number: Measured(declaration, tables, plain)
        for number, declaration in declared.wording.declarations.items()
    }
    found = own_words.words(read.found, patterns.load(who.edition), measured)
    place.write_text(replace(who, words=found).profile, encoding="utf-8")
    try:
        profile.load(place, name, who.folder.year)
    except Refusal as refused:
        place.write_text(who.profile, encoding="utf-8")
        return (), (f"部门自己的话一句也没有写进 profile.yaml，请自己填：{refused}",)
    return tuple(found.texts), ()


def understood(
    tables: Tables,
    printed: dict[str, tuple[str, PrintedTable]],
    read: Iterable[Reading] = (),
) -> tuple[Claimed, dict[Key, Standing]]:
    """Return what printed tables and a narrative claim, and what stands for each scope, residuals with it."""
    by_file: dict[str, dict[str, PrintedTable]] = {}
    for number, (file, table) in printed.items():
        by_file.setdefault(file, {})[number] = table
    parts = [of_tables(tables, some, file) for file, some in by_file.items()]
    claims, of_units = misread.in_their_unit(c for part in parts for c in part.claims)
    standing = settled(claims)
    told = readings.of_readings(tables, read, standing)
    if told.claims:
        standing = budgets.added_up(settled((*claims, *told.claims)))
    unread = (*of_units, *(line for part in (*parts, told) for line in part.unread))
    unknown = frozenset(key for part in parts for key in part.unknown)
    left = settled(residual.residuals(standing, unknown))
    return Claimed(claims=(*claims, *told.claims), unread=unread), left | standing


def figures_csv(rows: Iterable[Claim], standing: dict[Key, Standing]) -> str:
    """Return figures.csv; a row says where it stands, from what it was inferred, and who contradicts it."""
    return csv_text(
        COLUMNS,
        (
            (
                *claim.key[0],
                "" if claim.key[1] == FINAL else claim.key[1],
                claim.written,
                claim.unit,
                _note(claim, standing[claim.key].others),
                claim.place,
            )
            for claim in rows
        ),
    )


def _note(claim: Claim, others: tuple[Claim, ...]) -> str:
    notes = [claim.note] if claim.note else []
    notes += [f"与 {other.place} 的 {other.written} 不一致" for other in others]
    return "；".join(notes)


def _told(claim: Claim) -> str:
    basis = "" if claim.key[1] == FINAL else f"（{claim.key[1]}）"
    return f"{claim.key[0].label}{basis}"


def _concluded(rows: Iterable[Claim], residual: bool) -> tuple[str, ...]:
    return tuple(
        f"{_told(claim)} {claim.written}：{claim.inferred}"
        for claim in rows
        if claim.inferred and claim.residual == residual
    )


def _names(handed: sources.Sources) -> str:
    return "、".join(source.path.name for source in handed.files)


def _kept_profile(folder: Folder, edition: str) -> bool:
    """Return whether there is a profile of the same edition, which somebody may have written words into.

    One that cannot be read is refused: nobody can tell what would be lost with it.
    """
    if not folder.profile.exists():
        return False
    written = profile.load(folder.profile, folder.name(folder.profile), folder.year)
    return written.edition == edition
