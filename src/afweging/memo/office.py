"""What a word processor adds to the text of a memo: a table of contents and numbers of pages.

Both are fields that the word processor fills in; it knows the pages. Pandoc leaves a mark where
the table of contents has to come.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

MARK = "\ue0c0"  # a character that stands for nothing: no letter of any language
DOCX_TYPES, DOCX_BODY = "[Content_Types].xml", "word/document.xml"
DOCX_LINKS, DOCX_FOOTER = "word/_rels/document.xml.rels", "word/afweging-footer.xml"
WORDML = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
RELATED = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
FOOTER_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.footer+xml"
FOOTER_ID = "afweging-footer"
FIRST_ID = 90_000  # of the bookmarks
DOCX_RIGHT = 9180  # twentieths of a point: where the numbers of pages end
ODT_BODY, ODT_STYLES = "content.xml", "styles.xml"
PAGE_NUMBER = re.compile(r"<text:page-number[^>]*>\s*\d*\s*</text:page-number>")


def furnished_docx(
    parts: Mapping[str, bytes], headings: Sequence[str], labels: Mapping[str, str]
) -> dict[str, bytes]:
    """Return the parts of a DOCX that change: with the headings listed, and pages numbered.

    A footer that the house style brings along stays as it is.
    """
    body = parts[DOCX_BODY].decode("utf-8")
    changed: dict[str, bytes] = {}
    if "<w:footerReference" not in body:
        body, others = _with_footer(body, parts, labels)
        changed |= others
    entry = '<w:pStyle w:val="Heading1" /></w:pPr>'
    marks = (f"{entry}{_bookmark(k)}" for k in range(len(headings)))
    body = _with_marks(body, entry, list(marks))
    listing = _docx_contents(headings, labels["contents"]) if headings else ""
    return {**changed, DOCX_BODY: _placed(body, "w:p", listing).encode("utf-8")}


def _with_marks(body: str, entry: str, marks: Sequence[str]) -> str:
    """Return a body with other texts for the first places of an entry."""
    before, *others = body.split(entry)
    told = [*marks, *[entry] * (len(others) - len(marks))]
    return before + "".join(f"{mark}{rest}" for mark, rest in zip(told, others, strict=True))


def _placed(body: str, name: str, listing: str) -> str:
    """Return a body with a listing in place of the paragraph that holds the mark."""
    at = body.find(MARK)
    if at < 0:
        return body
    start = max(body.rfind(f"<{name}>", 0, at), body.rfind(f"<{name} ", 0, at))
    end = body.index(f"</{name}>", at) + len(f"</{name}>")
    return body[:start] + listing + body[end:]


def _bookmark(place: int) -> str:
    name = f'w:id="{FIRST_ID + place}"'
    return f'<w:bookmarkStart {name} w:name="{_name(place)}"/><w:bookmarkEnd {name}/>'


def _name(place: int) -> str:
    return f"_Toc{FIRST_ID + place}"


def _field(code: str) -> str:
    """Return a field of Word that has not been filled in yet."""
    parts = ("begin", code, "separate", "end")
    return "".join(
        f'<w:r><w:instrText xml:space="preserve"> {part} </w:instrText></w:r>'
        if part == code
        else f'<w:r><w:fldChar w:fldCharType="{part}"/></w:r>'
        for part in parts
    )


def _page_of(place: int) -> str:
    return _field(f"PAGEREF {_name(place)} \\h")


def _text(text: str) -> str:
    return f'<w:r><w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def _docx_contents(headings: Sequence[str], title: str) -> str:
    """Return the table of contents: links to the headings in a field that can be filled in."""
    opened, closed = _field('TOC \\o "1-1" \\h \\z \\u').rsplit("<w:r>", 1)
    last = len(headings) - 1
    form = (
        '<w:pPr><w:pStyle w:val="Compact"/><w:tabs>'
        f'<w:tab w:val="right" w:pos="{DOCX_RIGHT}"/></w:tabs></w:pPr>'
    )
    entries = "".join(
        f"<w:p>{form}{opened if place == 0 else ''}"
        f'<w:hyperlink w:anchor="{_name(place)}" w:history="1">{_text(heading)}'
        f"<w:r><w:tab/></w:r>{_page_of(place)}</w:hyperlink>"
        f"{f'<w:r>{closed}' if place == last else ''}</w:p>"
        for place, heading in enumerate(headings)
    )
    return (
        '<w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val="Table of Contents"/>'
        "<w:docPartUnique/></w:docPartObj></w:sdtPr><w:sdtContent>"
        f'<w:p><w:pPr><w:pStyle w:val="TOCHeading"/></w:pPr>{_text(title)}</w:p>'
        f"{entries}</w:sdtContent></w:sdt>"
    )


def _with_footer(
    body: str, parts: Mapping[str, bytes], labels: Mapping[str, str]
) -> tuple[str, dict[str, bytes]]:
    """Return the body with a footer on each page, and the parts that the footer takes."""
    footer = (
        f'<?xml version="1.0" encoding="UTF-8"?><w:ftr xmlns:w="{WORDML}"><w:p><w:pPr>'
        f'<w:jc w:val="right"/></w:pPr>{_text(labels["page"] + " ")}{_field("PAGE")}'
        f"{_text(' ' + labels['of'] + ' ')}{_field('NUMPAGES')}</w:p></w:ftr>"
    )
    types = parts[DOCX_TYPES].decode("utf-8")
    override = f'<Override PartName="/{DOCX_FOOTER}" ContentType="{FOOTER_TYPE}"/></Types>'
    links = parts[DOCX_LINKS].decode("utf-8")
    target = DOCX_FOOTER.removeprefix("word/")
    link = f'<Relationship Id="{FOOTER_ID}" Type="{RELATED}/footer" Target="{target}"/>'
    refers = (
        f'<w:sectPr><w:footerReference w:type="default" r:id="{FOOTER_ID}" xmlns:r="{RELATED}"/>'
    )
    return body.replace("<w:sectPr>", refers, 1), {
        DOCX_FOOTER: footer.encode("utf-8"),
        DOCX_TYPES: types.replace("</Types>", override).encode("utf-8"),
        DOCX_LINKS: links.replace("</Relationships>", f"{link}</Relationships>").encode("utf-8"),
    }


def furnished_odt(
    parts: Mapping[str, bytes], headings: Sequence[str], labels: Mapping[str, str]
) -> dict[str, bytes]:
    """Return the parts of an ODT that change: with the headings listed, and pages numbered."""
    body = parts[ODT_BODY].decode("utf-8")
    entry = '<text:h text:style-name="Heading_20_1" text:outline-level="1">'
    marks = [f'{entry}<text:bookmark text:name="{_name(k)}"/>' for k in range(len(headings))]
    body = _with_marks(body, entry, marks)
    listing = _odt_contents(headings, labels["contents"]) if headings else ""
    body = _placed(body, "text:p", listing)
    if headings:
        body = body.replace("</office:automatic-styles>", f"{STOP}</office:automatic-styles>", 1)
    styles = parts[ODT_STYLES].decode("utf-8")
    number = '<text:page-number text:select-page="current">1</text:page-number>'
    footer = (
        f"{escape(labels['page'])} {number} {escape(labels['of'])} "
        "<text:page-count>1</text:page-count>"
    )
    return {
        ODT_BODY: body.encode("utf-8"),
        ODT_STYLES: PAGE_NUMBER.sub(lambda _: footer, styles, count=1).encode("utf-8"),
    }


STOP = (
    '<style:style style:name="afwContents" style:family="paragraph" '
    'style:parent-style-name="Text_20_body"><style:paragraph-properties fo:margin-top="0cm" '
    'fo:margin-bottom="0.1cm"><style:tab-stops><style:tab-stop style:position="16.4cm" '
    'style:type="right" style:leader-style="dotted" style:leader-text="."/></style:tab-stops>'
    "</style:paragraph-properties></style:style>"
)


def _odt_contents(headings: Sequence[str], title: str) -> str:
    """Return the table of contents: links to the headings, with the pages they refer to."""
    entries = "".join(
        f'<text:p text:style-name="afwContents"><text:a xlink:type="simple" '
        f'xlink:href="#{_name(place)}">{escape(heading)}</text:a><text:tab/>'
        f'<text:bookmark-ref text:reference-format="page" text:ref-name="{_name(place)}"/></text:p>'
        for place, heading in enumerate(headings)
    )
    return (
        '<text:table-of-content text:name="afwContents" text:protected="false">'
        '<text:table-of-content-source text:outline-level="1">'
        f"<text:index-title-template>{escape(title)}</text:index-title-template>"
        "</text:table-of-content-source><text:index-body>"
        '<text:index-title text:name="afwContents_Head">'
        '<text:p text:style-name="Contents_20_Heading">'
        f"{escape(title)}</text:p></text:index-title>{entries}</text:index-body>"
        "</text:table-of-content>"
    )
