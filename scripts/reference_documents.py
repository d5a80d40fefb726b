"""Make src/afweging/memo/reference.docx and .odt: pandoc's styles on A4, in plain letters.

Run it after a new version of pandoc: python scripts/reference_documents.py
"""

from __future__ import annotations

import re
import subprocess
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

import pypandoc

TARGET = Path(__file__).parent.parent / "src" / "afweging" / "memo"
FONT = "Arial"
PAGE = (
    '<w:pgSz w:w="11906" w:h="16838"/>'
    '<w:pgMar w:top="1247" w:right="1361" w:bottom="1247" w:left="1361" w:header="709"'
    ' w:footer="709" w:gutter="0"/></w:sectPr>'
)
FONTS = f'<w:rFonts w:ascii="{FONT}" w:hAnsi="{FONT}" w:eastAsia="{FONT}" w:cs="{FONT}"/>'
WITH_NEXT = '<style:paragraph-properties fo:keep-with-next="always"/>'
CONTENTS_HEAD = (  # above the table of contents; no heading, for it is not listed itself
    '<style:style style:name="Contents_20_Heading" style:display-name="Contents Heading" '
    'style:family="paragraph" style:parent-style-name="Text_20_body" style:class="index">'
    f'{WITH_NEXT}<style:text-properties fo:font-size="14pt" fo:font-weight="bold"/></style:style>'
)
SIZES = {"Title": 36, "Heading1": 28, "Heading2": 23, "Heading3": 21}  # half points


def docx_styles(text: str) -> str:
    """Return the styles with one plain font, black headings and small letters in tables."""
    text = re.sub(r"<w:rFonts [^>]*/>", FONTS, text)
    text = re.sub(r'<w:sz w:val="24" />\s*<w:szCs w:val="24" />', size(20), text, count=1)
    text = re.sub(r"<w:color [^>]*/>", '<w:color w:val="1A1A1A"/>', text)
    text = text.replace('<w:spacing w:before="180" w:after="180" />', spacing(60, 120))
    for name, half_points in SIZES.items():
        text = in_style(
            text, name, r'<w:sz w:val="\d+" />\s*<w:szCs w:val="\d+" />', size(half_points)
        )
    text = in_style(text, "Title", r'<w:jc w:val="center" />', '<w:jc w:val="left"/>')
    text = in_style(text, "Compact", r"</w:pPr>", f"</w:pPr><w:rPr>{size(17)}</w:rPr>")
    text = in_style(text, "Caption", r"<w:i />", "<w:b/>")
    text = in_style(text, "CaptionedFigure", r"<w:keepNext />", "<w:keepNext/>")
    head = '<w:tblStylePr w:type="firstRow"><w:rPr><w:b/></w:rPr>'
    return in_style(text, "Table", r'<w:tblStylePr w:type="firstRow">', head)


def size(half_points: int) -> str:
    """Return the size of letters."""
    return f'<w:sz w:val="{half_points}"/><w:szCs w:val="{half_points}"/>'


def spacing(before: int, after: int) -> str:
    """Return the room around a paragraph, in twentieths of a point."""
    return f'<w:spacing w:before="{before}" w:after="{after}"/>'


def in_style(text: str, name: str, pattern: str, new: str) -> str:
    """Return the styles with what matches replaced in one of them."""
    found = re.search(rf'<w:style [^>]*w:styleId="{name}".*?</w:style>', text, re.DOTALL)
    if found is None:
        raise ValueError(name)
    return text.replace(found[0], re.sub(pattern, new, found[0], count=1))


def odt_styles(text: str) -> str:
    """Return the styles on A4 with one plain font and small letters in tables."""
    text = re.sub(r'fo:page-width="[^"]*"', 'fo:page-width="21cm"', text)
    text = re.sub(r'fo:page-height="[^"]*"', 'fo:page-height="29.7cm"', text)
    for side in ("left", "right", "top", "bottom"):
        pattern = rf'(<style:page-layout-properties[^>]*fo:margin-{side}=)"[^"]*"'
        text = re.sub(pattern, r'\1"2.2cm"', text)
    text = re.sub(r'style:font-name="[^"]*"', f'style:font-name="{FONT}"', text)
    text = re.sub(
        r'(<style:default-style style:family="paragraph">.*?fo:font-size=)"[^"]*"',
        r'\1"10pt"',
        text,
        count=1,
        flags=re.DOTALL,
    )
    contents = re.search(
        r'<style:style style:name="Table_20_Contents".*?</style:style>', text, re.DOTALL
    )
    if contents is None:
        raise ValueError("Table_20_Contents")
    small = '<style:text-properties fo:font-size="8.5pt"/></style:style>'
    text = text.replace(contents[0], contents[0].replace("</style:style>", small))
    caption = re.search(r'<style:style style:name="TableCaption"[^>]*>', text)
    if caption is None:
        raise ValueError("TableCaption")
    text = text.replace(caption[0], f"{caption[0]}{WITH_NEXT}")
    return text.replace("</office:styles>", f"{CONTENTS_HEAD}</office:styles>")


def changed(name: str, content: bytes) -> bytes:
    """Return one part of a document as it is to be."""
    text = content.decode("utf-8") if name.endswith(".xml") else ""
    if name == "word/styles.xml":
        return docx_styles(text).encode()
    if name == "word/document.xml":
        return text.replace("</w:sectPr>", PAGE).encode()
    if name == "styles.xml":
        return odt_styles(text).encode()
    return content


def main() -> None:
    """Write both documents."""
    for form in ("docx", "odt"):
        command = [pypandoc.get_pandoc_path(), "--print-default-data-file", f"reference.{form}"]
        package = subprocess.run(command, check=True, capture_output=True).stdout
        target = BytesIO()
        with ZipFile(BytesIO(package)) as old, ZipFile(target, "w") as new:
            for name in old.namelist():
                info = ZipInfo(name, (1980, 1, 1, 0, 0, 0))
                info.compress_type = ZIP_STORED if name == "mimetype" else ZIP_DEFLATED
                new.writestr(info, changed(name, old.read(name)))
        (TARGET / f"reference.{form}").write_bytes(target.getvalue())


if __name__ == "__main__":
    main()
