"""The disclosure as a Word document: the project's own, or an office's with marks where things stand."""

from __future__ import annotations

import io
from collections.abc import Iterator
from copy import deepcopy

from docx import Document
from docx.document import Document as WordDocument
from docx.oxml.ns import qn

from helpers.disclosure.disclosure import Disclosure
from helpers.edition.outline import CHART, STATEMENT, TABLE, Part, Section
from helpers.export import contents, fitting, marks, pages, word
from helpers.export.marks import Mark
from helpers.export.template import Template
from helpers.export.word import paragraph_xml, parse_all, run_xml
from helpers.export.wordtable import table_xml
from helpers.report import charts, laid
from helpers.report.laid import Laid

DRAFT = "草　稿"
OWN = "自带的版式"
MOST_MONEY = 12  # columns of a page that lies
_HEADING = 1200  # twips: a heading, or the title of a table, with the line under it
_PICTURE = 130  # millimetres
_BREAK, _CENTRED = "<w:pageBreakBefore/>", '<w:ind w:firstLineChars="0" w:firstLine="0"/>'


def docx(disclosure: Disclosure, template: Template | None, is_draft: bool) -> bytes:
    """Return the disclosure as a docx. `template` is an office's own docx that was looked through, or nothing."""
    document = Document(io.BytesIO(template.content)) if template else _own(disclosure)
    if is_draft:
        _mark_as_draft(document)
    _Filling(document, disclosure, template.name if template else OWN).fill()
    return word.saved(document, disclosure.name)


# The project's own: what a template of an office would hold


def _own(disclosure: Disclosure) -> WordDocument:
    document = word.blank()
    document.sections[0].different_first_page_header_footer = True
    styles, who = word.styles(document), disclosure.profile
    cover = [
        paragraph_xml(run_xml(text), styles[word.COVER], "", f'<w:spacing w:before="{above}"/>')
        for text, above in (
            (who.department, 4000),
            (f"{disclosure.folder.year}年度{who.kind}决算", 600),
        )
    ]
    title = paragraph_xml(run_xml("目　录"), styles[word.CAPTION], "center", _BREAK)
    list_of_contents = paragraph_xml(run_xml(marks.CONTENTS), styles[word.CONTENTS])
    parts = [
        line
        for part in disclosure.edition.outline.parts
        for line in _part(part, disclosure, styles)
    ]
    body = document.element.body
    for element in parse_all("".join([*cover, title, list_of_contents, *parts])):
        body[-1].addprevious(element)
    return document


def _part(part: Part, disclosure: Disclosure, styles: dict[str, str]) -> Iterator[str]:
    first, second, _ = (styles[name] for name in word.HEADINGS)
    yield paragraph_xml(run_xml(part.heading(disclosure.profile)), first, "", _BREAK)
    for n, section in enumerate(part.sections):
        if section.title:
            of_table = bool(section.items) and section.items[0].kind == TABLE
            look = (_BREAK if n else "") + _CENTRED if of_table else ""
            yield paragraph_xml(run_xml(section.heading), second, "center" * of_table, look)
        yield from _items(section, disclosure, styles)


def _items(section: Section, disclosure: Disclosure, styles: dict[str, str]) -> Iterator[str]:
    for item in section.items:
        if item.ordinal:
            title = f"（{item.ordinal}）{disclosure.statements[item.number].title}"
            yield paragraph_xml(run_xml(title), styles[word.HEADINGS[2]])
        yield paragraph_xml(run_xml(marks.written(item)), styles[word.BODY])


def _mark_as_draft(document: WordDocument) -> None:
    """Write on every page that it is a draft, in the headers that the pages have."""
    styles = word.styles(document)
    look = '<w:color w:val="C00000"/><w:sz w:val="32"/>'
    words = paragraph_xml(run_xml(DRAFT, look), styles[word.NOTE], "center")
    even = document.settings.odd_and_even_pages_header_footer
    for n, section in enumerate(document.sections):
        kinds = [section.header, *([section.even_page_header] if even else [])]
        kinds += [section.first_page_header] if section.different_first_page_header_footer else []
        for header in kinds:
            is_new = header.is_linked_to_previous
            if n and is_new:
                continue
            header.is_linked_to_previous = False
            given = list(header._element) if is_new else []
            header._element.insert(0, word.parse(words))
            for empty in given:
                header._element.remove(empty)


# What stands in the place of a mark


class _Filling:
    """A document while its marks are replaced."""

    def __init__(self, document: WordDocument, disclosure: Disclosure, name: str):
        self.document, self.disclosure, self.name = document, disclosure, name
        self.body = document.element.body
        self.styles = word.styles(document)
        self.pictures = 1000  # above the numbers of a template's own
        self.lying: list = []
        self.ends: dict[
            str, list
        ] = {}  # the paragraph in which a section ends behind a mark, by its number

    def fill(self) -> None:
        """Replace every mark, lay wide tables on pages of their own, then list the contents."""
        found = marks.marks_in(self.body, self.disclosure.edition.outline, self.name)
        self._fill_words()
        write = {STATEMENT: self._statement, CHART: self._chart, TABLE: self._table}
        for mark in found:
            self.ends[mark.item.number] = pages.set_apart(mark.paragraph)
            write[mark.item.kind](mark)
        for place in marks.contents_in(self.body):
            width = pages.width(self.body[-1], False)
            contents.write(place, self.body, self.styles, width)
        pages.lay(self.body, self.lying)

    def _fill_words(self) -> None:
        who = self.disclosure.profile
        words = {"【部门】": who.department, "【年度】": str(who.year), "【类型】": who.kind}
        words = {mark: word.plain_attribute(text) for mark, text in words.items()}
        marks.fill_words(self.body, words)
        for section in self.document.sections:
            for part in (
                *(section.header, section.first_page_header, section.even_page_header),
                *(section.footer, section.first_page_footer, section.even_page_footer),
            ):
                if not part.is_linked_to_previous:
                    marks.fill_words(part._element, words)

    def _statement(self, mark: Mark) -> None:
        """Write a statement's paragraphs in the look of the paragraph that marks it."""
        look = mark.paragraph.find(qn("w:pPr"))
        letters = mark.paragraph.find(f"{qn('w:r')}/{qn('w:rPr')}")
        for sentences in self.disclosure.statements[mark.item.number].paragraphs:
            text = "".join(sentence.text for sentence in sentences)
            written = word.parse(f"<w:p>{run_xml(text)}</w:p>")
            if letters is not None and len(written):
                written[0].insert(0, deepcopy(letters))
            if look is not None:
                written.insert(0, deepcopy(look))
            mark.paragraph.addprevious(written)
        mark.paragraph.getparent().remove(mark.paragraph)

    def _chart(self, mark: Mark) -> None:
        chart = self.disclosure.edition.charts[mark.item.number]
        drawn = charts.picture(chart, self.disclosure.tables, self.disclosure.profile)
        self.pictures += 1
        picture = word.picture(self.document, drawn.png, drawn.alt, _PICTURE, self.pictures)
        style = self.styles[word.PICTURE]
        self._replace(
            mark,
            paragraph_xml(picture, style, "center", "<w:keepNext/>")
            + paragraph_xml(run_xml(f"{drawn.number}　{drawn.title}"), style, "center"),
        )

    def _table(self, mark: Mark) -> None:
        filled = self.disclosure.tables.table(mark.item.number)
        some = laid.pieces(filled, MOST_MONEY)
        in_body = mark.paragraph.getparent() is self.body
        lies = in_body and fitting.lies(some)
        section = pages.governing(mark.paragraph) if in_body else self.body[-1]
        notes = laid.notes(filled, self.disclosure.empty_note(mark.item.number)) or [""]
        before = [] if not in_body else self._headings_before(mark.paragraph)
        width = pages.width(section, lies)
        taken = _HEADING * max(len(before), 1) + sum(fitting.note_height(n, width) for n in notes)
        room = pages.height(section, lies) - taken
        titled = any(_ends_with(heading, some[0].title) for heading in before)
        written = [
            *((not titled) * [self._title(some[0].title)]),
            self._piece(some[0], filled.form.called, width, room),
        ]
        for piece in some[1:]:
            written.append(self._title(piece.title, _BREAK))
            written.append(self._piece(piece, filled.form.called, width, room))
        elements = self._replace(mark, "".join([*written, *map(self._note, notes)]))
        if lies:
            self.lying += [*before, *elements, *self.ends[mark.item.number]]

    def _title(self, text: str, properties: str = "") -> str:
        return paragraph_xml(run_xml(text), self.styles[word.CAPTION], "", properties)

    def _piece(self, piece: Laid, called: str, width: int, room: int) -> str:
        """Return a table with what stands above it: whose it is, what it is called, its unit."""
        fitted, note = fitting.fit(piece, width, room), self.styles[word.NOTE]
        tab = f'<w:keepNext/><w:tabs><w:tab w:val="right" w:pos="{sum(fitted.widths)}"/></w:tabs>'
        left = run_xml(f"部门：{self.disclosure.profile.department}")
        above = f"{left}<w:r><w:tab/></w:r>{run_xml(f'{called}　{laid.UNIT}')}"
        return paragraph_xml(above, note, "left", tab) + table_xml(
            piece.head, piece.body, fitted.widths, note, fitted.size, piece.title
        )

    def _note(self, text: str) -> str:
        return paragraph_xml(run_xml(text), self.styles[word.NOTE])

    def _headings_before(self, element) -> list:
        """Return the headings right before an element: they lie on its page."""
        of_headings = {self.styles[name] for name in word.HEADINGS if name in self.styles}
        found = []
        for before in element.itersiblings(preceding=True):
            style = before.find(f"{qn('w:pPr')}/{qn('w:pStyle')}")
            if style is None or style.get(qn("w:val")) not in of_headings:
                break
            found.append(before)
        return found

    def _replace(self, mark: Mark, written: str) -> list:
        elements = parse_all(written)
        for element in elements:
            mark.paragraph.addprevious(element)
        mark.paragraph.getparent().remove(mark.paragraph)
        return elements


def _ends_with(paragraph, title: str) -> bool:
    return "".join(t.text or "" for t in paragraph.iter(qn("w:t"))).endswith(title)
