"""The mark of a draft on every page of a DOCX or an ODT: in the header, and behind the text.

It stands in headers, which are no part of the contents: who hears the document read is told once,
in its first line. A header that the house style has stays, with the mark after it.
"""

from __future__ import annotations

import re
from typing import Literal
from xml.sax.saxutils import escape, quoteattr

from afweging.io.archive import read_parts, write_parts

DOCUMENT, RELATIONS, TYPES = (
    "word/document.xml",
    "word/_rels/document.xml.rels",
    "[Content_Types].xml",
)
HEADER, HEADER_ID = "word/header-concept.xml", "rIdConcept"
KINDS = ("default", "first", "even")  # of headers: a document may have one of each
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
HEADER_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.header+xml"
XMLNS = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" '
    'xmlns:w10="urn:schemas-microsoft-com:office:word"'
)
GREY = "#e0e0e0"  # letters of ink on it have a contrast of 13 to 1
SECTION = re.compile(r"<w:sectPr\b(?P<in>[^>]*?)(?P<empty>/)?>")
HEADER_END = re.compile(r"</style:header(-left|-first)?>")
MASTER = re.compile(r"(<style:master-page\b[^>]*?)(/>|>)")


def marked(package: bytes, form: Literal["docx", "odt"], text: str) -> bytes:
    """Return a document with a mark on each page; the same bytes for the same document.

    Raises
    ------
    DossierError
        When it is no package of this form.
    """
    parts = read_parts(package)
    return write_parts(_docx(parts, text) if form == "docx" else _odt(parts, text))


# --- DOCX ---------------------------------------------------------------------------------------


def _docx(parts: dict[str, bytes], text: str) -> dict[str, bytes]:
    """Put the mark in the headers that are there, and in one of our own for every other kind."""
    found = dict(parts)
    for name, part in parts.items():
        if re.fullmatch(r"word/header[^/]*\.xml", name):
            found[name] = _before(part, "</w:hdr>", _paragraph(text))
    header = f'<?xml version="1.0" encoding="UTF-8"?>\n<w:hdr {XMLNS}>{_paragraph(text)}</w:hdr>'
    found[HEADER] = header.encode("utf-8")
    kind = f'<Override PartName="/{HEADER}" ContentType="{HEADER_TYPE}"/>'
    found[TYPES] = _before(parts[TYPES], "</Types>", kind)
    target = HEADER.partition("/")[2]
    link = f'<Relationship Id="{HEADER_ID}" Type="{OFFICE}/header" Target="{target}"/>'
    found[RELATIONS] = _before(parts[RELATIONS], "</Relationships>", link)
    found[DOCUMENT] = _headed(parts[DOCUMENT].decode("utf-8")).encode("utf-8")
    return found


def _headed(document: str) -> str:
    """Return the document with a header of every kind in each of its sections."""
    if not SECTION.search(document):
        document = document.replace("</w:body>", "<w:sectPr/></w:body>")
    return SECTION.sub(lambda match: _section(match, document), document)


def _section(match: re.Match[str], document: str) -> str:
    end = document.find("</w:sectPr>", match.end())
    own = "" if match["empty"] else document[match.end() : end]
    there = re.findall(r'<w:headerReference\b[^>]*w:type="(\w+)"', own)
    added = "".join(
        f'<w:headerReference xmlns:r="{OFFICE}" w:type="{kind}" r:id="{HEADER_ID}"/>'
        for kind in KINDS
        if kind not in there
    )
    closed = "</w:sectPr>" if match["empty"] else ""
    return f"<w:sectPr{match['in']}>{added}{closed}"


def _paragraph(text: str) -> str:
    """Return the mark as a line at the right, and as a picture of letters behind the page."""
    style = (
        "position:absolute;margin-left:0;margin-top:0;width:430pt;height:100pt;rotation:315;"
        "z-index:-251658752;mso-position-horizontal:center;"
        "mso-position-horizontal-relative:margin;mso-position-vertical:center;"
        "mso-position-vertical-relative:margin"
    )
    shape = (
        '<v:shapetype id="_x0000_t136" coordsize="21600,21600" o:spt="136" adj="10800" '
        'path="m@7,l@8,m@5,21600l@6,21600e"><v:formulas><v:f eqn="sum #0 0 10800"/>'
        '<v:f eqn="prod #0 2 1"/><v:f eqn="sum 21600 0 @1"/><v:f eqn="sum 0 0 @2"/>'
        '<v:f eqn="sum 21600 0 @3"/><v:f eqn="if @0 @3 0"/><v:f eqn="if @0 21600 @1"/>'
        '<v:f eqn="if @0 0 @2"/><v:f eqn="if @0 @4 21600"/></v:formulas>'
        '<v:path textpathok="t" o:connecttype="rect"/><v:textpath on="t" fitshape="t"/>'
        "</v:shapetype>"
        f'<v:shape id="PowerPlusWaterMarkObject1" o:spid="_x0000_s2049" type="#_x0000_t136" '
        f'alt="" style="{style}" o:allowincell="f" fillcolor="{GREY}" stroked="f">'
        f'<v:textpath style="font-family:&quot;Liberation Sans&quot;;font-size:1pt" '
        f"string={quoteattr(text)}/></v:shape>"
    )
    return (
        '<w:p><w:pPr><w:jc w:val="right"/></w:pPr>'
        f"<w:r><w:t>{escape(text)}</w:t></w:r>"
        f"<w:r><w:rPr><w:noProof/></w:rPr><w:pict {XMLNS}>{shape}</w:pict></w:r></w:p>"
    )


def _before(content: bytes, end: str, added: str) -> bytes:
    """Return the XML with something added as the last in the element that it ends with."""
    before, found, after = content.decode("utf-8").rpartition(end)
    if not found:
        raise ValueError(f"{end} is not there")
    return f"{before}{added}{found}{after}".encode()


# --- ODT ----------------------------------------------------------------------------------------


def _odt(parts: dict[str, bytes], text: str) -> dict[str, bytes]:
    """Put the mark in the headers of every master page; one is made where there is none."""
    styles = parts["styles.xml"].decode("utf-8")
    styles = HEADER_END.sub(lambda match: _drawn(text) + match[0], styles)
    styles = MASTER.sub(lambda match: _master(match, styles, text), styles)
    styles = styles.replace("<style:header-style />", "<style:header-style/>")
    styles = styles.replace("<style:header-style/>", HEADER_STYLE)
    content = _before(styles.encode("utf-8"), "</office:automatic-styles>", MARK_STYLES)
    return {**parts, "styles.xml": content}


def _master(match: re.Match[str], styles: str, text: str) -> str:
    """Return the start of a master page with the mark in its header."""
    if match[2] == "/>":
        return f"{match[1]}><style:header>{_drawn(text)}</style:header></style:master-page>"
    own = styles[match.end() : styles.find("</style:master-page>", match.end())]
    if "<style:header" in own:
        return match[0]
    return f"{match[0]}<style:header>{_drawn(text)}</style:header>"


HEADER_STYLE = (
    '<style:header-style><style:header-footer-properties fo:min-height="0.6cm" '
    'fo:margin-bottom="0.2cm" style:dynamic-spacing="false"/></style:header-style>'
)
MARK_STYLES = (
    '<style:style style:name="AfwMark" style:family="graphic"><style:graphic-properties '
    f'draw:fill="solid" draw:fill-color="{GREY}" draw:stroke="none" '
    'draw:auto-grow-height="false" draw:auto-grow-width="false" fo:min-height="3.5cm" '
    'fo:min-width="15cm" '
    'style:run-through="background" style:wrap="run-through" '
    'style:number-wrapped-paragraphs="no-limit" style:vertical-pos="middle" '
    'style:vertical-rel="page" style:horizontal-pos="center" style:horizontal-rel="page" '
    'draw:wrap-influence-on-position="once-concurrent" style:flow-with-text="false"/>'
    '<style:text-properties style:font-name="Liberation Sans" fo:font-size="96pt"/>'
    '</style:style><style:style style:name="AfwMarkLine" style:family="paragraph">'
    '<style:paragraph-properties fo:text-align="end"/></style:style>'
)


def _drawn(text: str) -> str:
    """Return the mark as a line at the right, and as a picture of letters behind the page."""
    shape = (
        '<draw:custom-shape text:anchor-type="paragraph" draw:z-index="0" '
        'draw:name="PowerPlusWaterMarkObject1" draw:style-name="AfwMark" '
        'svg:width="15cm" svg:height="3.5cm" '
        'draw:transform="rotate (0.785398) translate (3.6cm 18cm)">'
        f"<text:p>{escape(text)}</text:p>"
        '<draw:enhanced-geometry svg:viewBox="0 0 21600 21600" draw:type="fontwork-plain-text" '
        'draw:text-areas="0 0 21600 21600" draw:text-path="true" draw:text-path-mode="shape" '
        'draw:text-path-scale="path" draw:text-path-same-letter-heights="false" '
        'draw:enhanced-path="M 0 0 L 21600 0 N M 0 21600 L 21600 21600 N"/></draw:custom-shape>'
    )
    return f'<text:p text:style-name="AfwMarkLine">{shape}{escape(text)}</text:p>'
