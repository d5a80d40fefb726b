"""A memo as files: PDF through Typst, DOCX and ODT through pandoc, and HTML.

Imports Typst and pandoc when they are called. The same input gives the same bytes: the date is
that of the document, and nothing reads a clock, a font of the machine, or a path.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import tempfile
from calendar import timegm
from importlib import resources
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Literal
from xml.sax.saxutils import escape
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from afweging.charts.png import missing, png_of, typst
from afweging.errors import Fault, RequestError
from afweging.memo.contents import listed
from afweging.memo.drawn import png_pictures
from afweging.memo.glyphs import drawable
from afweging.memo.html import html_page
from afweging.memo.marks import marked
from afweging.memo.office import MARK, furnished_docx, furnished_odt
from afweging.wording import Words, texts_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from afweging.memo.blocks import Block, MemoText
    from afweging.wording import Language

Format = Literal["pdf", "docx", "odt", "html"]
FORMATS: tuple[Format, ...] = ("pdf", "docx", "odt", "html")
ATTACHED = "afweging-dossier.json"
WIDEST, HIGHEST = 16.0, 21.0  # centimetres of a picture: a page with its caption
MOST_LETTERS, MOST_PLACES = 22, 44  # of a word and a text that a column makes room for
VIEW = re.compile(r'viewBox="0 0 ([0-9.]+) ([0-9.]+)"')
FRAME_END = "</draw:frame>"
SCALES = (1.2, 1.1, 1.0, 0.9, 0.8, 0.7, 0.6, 0.5, 0.4, 0.3)  # of a poster, until it is one page
EARLIEST = (1980, 1, 1, 0, 0, 0)  # the least that a zip file can hold


def pdf_bytes(text: MemoText, fingerprint: str, dossier: bytes) -> bytes:
    """Return a memo as PDF/A-3a and PDF/UA-1, with its dossier attached as its source.

    A poster is one page of A1, its letters and pictures as large as fit.

    Raises
    ------
    RequestError
        When Typst is not installed, or pypdf for a poster.
    """
    with tempfile.TemporaryDirectory() as folder:
        root = _staged(Path(folder), text, fingerprint)
        (root / ATTACHED).write_bytes(dossier)
        if text.kind != "poster":
            return _compiled(root)
        made = (_compiled(root, scale) for scale in SCALES)
        return next((each for each in made if _pages(each) == 1), _compiled(root, SCALES[-1]))


def _pages(pdf: bytes) -> int:
    try:
        from pypdf import PdfReader
    except ImportError as error:
        raise missing("pypdf") from error
    return len(PdfReader(BytesIO(pdf)).pages)


def _compiled(root: Path, scale: float = 1.0) -> bytes:
    compiled: bytes = typst().compile(
        str(root / "print.typ"),
        format="pdf",
        pdf_standards=["ua-1", "a-3a"],
        ignore_system_fonts=True,
        sys_inputs={"on-paper": "yes", "scale": str(scale)},
    )
    return compiled


def html_bytes(text: MemoText, fingerprint: str) -> bytes:
    """Return a memo as one HTML page."""
    labels = _labels(text)
    contents = listed(text, labels)
    return html_page(text, labels, fingerprint, qr_svg(fingerprint), contents).encode("utf-8")


def office_bytes(
    text: MemoText,
    fingerprint: str,
    form: Literal["docx", "odt"],
    *,
    reference: bytes | None = None,
) -> bytes:
    """Return a memo as DOCX or ODT; `reference` is a document with the styles to use.

    Raises
    ------
    RequestError
        When Typst or pandoc is not installed, or pandoc cannot use the reference document.
    """
    pandoc = _pandoc()
    with tempfile.TemporaryDirectory() as folder:
        root = _staged(Path(folder), text, fingerprint, pictures="png")
        arguments = ["--from=typst", f"--to={form}", f"--output=memo.{form}", "memo.typ"]
        arguments += [f"--metadata=title:{text.title}", f"--metadata=lang:{text.language}"]
        (root / f"reference.{form}").write_bytes(reference or own_reference(form))
        arguments += [f"--reference-doc=reference.{form}", "--lua-filter=tables.lua"]
        _run([pandoc, *arguments], root, _seconds(text.date))
        package = (root / f"memo.{form}").read_bytes()
    if form == "odt":
        pictures = [block.lines[1] for block in text.blocks if block.kind == "figure"]
        package = described(package, [*pictures, _labels(text)["qr"]])
    furnished = _furnished(package, text, form)
    return marked(furnished, form, _labels(text)["concept"]) if text.concept else furnished


def _furnished(package: bytes, text: MemoText, form: Literal["docx", "odt"]) -> bytes:
    """Return a document with its table of contents and the numbers of its pages."""
    with ZipFile(BytesIO(package)) as whole:
        parts = {name: whole.read(name) for name in whole.namelist()}
    labels = _labels(text)
    furnish = furnished_docx if form == "docx" else furnished_odt
    return settled(package, furnish(parts, listed(text, labels), labels))


def own_reference(form: Literal["docx", "odt"]) -> bytes:
    """Return the document with the styles that are used where no other is given."""
    return (resources.files("afweging.memo") / f"reference.{form}").read_bytes()


def _seconds(day: str) -> int:
    """Return the start of a day in seconds since 1970."""
    year, month, number = (int(part) for part in day.split("-"))
    return timegm((year, month, number, 0, 0, 0))


def _run(command: list[str], root: Path, seconds: int) -> None:
    kept = {name: os.environ[name] for name in ("PATH", "SYSTEMROOT") if name in os.environ}
    done = subprocess.run(  # noqa: S603 - the program of our own package, on files of our own
        command,
        cwd=root,
        env={**kept, "LC_ALL": "C.UTF-8", "HOME": str(root), "SOURCE_DATE_EPOCH": str(seconds)},
        capture_output=True,
        check=False,
        timeout=120,
    )
    if done.returncode:
        reason = done.stderr.decode("utf-8", "replace").strip().splitlines()
        raise RequestError([Fault("memo-failed", value=(reason or ["pandoc"])[-1])])


def settled(package: bytes, changed: Mapping[str, bytes] | None = None) -> bytes:
    """Return a zip file with its contents in the same order, all of the earliest time.

    `changed` holds parts with other contents, and new ones, which come last.
    """
    target, others = BytesIO(), changed or {}
    with ZipFile(BytesIO(package)) as old, ZipFile(target, "w") as new:
        for name in dict.fromkeys((*old.namelist(), *others)):
            info = ZipInfo(name, EARLIEST)
            info.compress_type = ZIP_STORED if name == "mimetype" else ZIP_DEFLATED
            info.external_attr = 0o644 << 16
            content = others[name] if name in others else old.read(name)
            new.writestr(info, content, compresslevel=9)
    return target.getvalue()


def described(package: bytes, alternatives: Sequence[str]) -> bytes:
    """Return an ODT with the alternative text of each picture, which pandoc leaves out.

    Raises
    ------
    ValueError
        When there are not as many pictures as texts.
    """
    with ZipFile(BytesIO(package)) as parts:
        before, *others = parts.read("content.xml").decode("utf-8").split(FRAME_END)
    told = (f"<svg:desc>{escape(text)}</svg:desc>{FRAME_END}" for text in alternatives)
    pieces = (f"{end}{rest}" for end, rest in zip(told, others, strict=True))
    return settled(package, {"content.xml": "".join((before, *pieces)).encode("utf-8")})


def qr_svg(fingerprint: str) -> str:
    """Return a fingerprint as a QR code.

    Raises
    ------
    RequestError
        When segno is not installed.
    """
    try:
        import segno
    except ImportError as error:
        raise missing("segno") from error
    target = BytesIO()
    segno.make(f"sha256:{fingerprint}", error="m", micro=False).save(
        target, kind="svg", scale=4, border=4, xmldecl=False, nl=False, light="#ffffff"
    )
    return target.getvalue().decode("utf-8")


def _labels(text: MemoText) -> Mapping[str, str]:
    language: Language = "en" if text.language == "en" else "nl"
    words = Words(language)
    return {key: words.text(f"memo.print.{key}") for key in texts_of(language, "memo")["print"]}


def _staged(
    root: Path, text: MemoText, fingerprint: str, *, pictures: Literal["svg", "png"] = "svg"
) -> Path:
    """Write what the template reads into a folder, and return that."""
    source = resources.files("afweging.memo")
    for name in ("memo.typ", "print.typ", "tables.lua"):
        (root / name).write_text(source.joinpath(name).read_text("utf-8"), "utf-8")
    kept = drawable if pictures == "svg" else str  # only a PDF has to have all letters
    figures = [k for k, block in enumerate(text.blocks) if block.kind == "figure"]
    if pictures == "png":
        drawn = [*png_pictures(text), *png_of([qr_svg(fingerprint)])]
    else:
        said = [text.blocks[k].svg for k in figures] + [qr_svg(fingerprint)]
        drawn = [kept(svg).encode("utf-8") for svg in said]
    for name, content in zip([*(f"picture{k}" for k in figures), "qr"], drawn, strict=True):
        (root / f"{name}.{pictures}").write_bytes(content)
    blocks = [_plain(block, f"picture{k}.{pictures}") for k, block in enumerate(text.blocks)]
    labels = _labels(text)
    document = {
        "title": text.title,
        "kind": text.kind,
        "date": text.date,
        "language": text.language,
        "concept": text.concept,
        "fingerprint": fingerprint,
        "print": labels,
        "contents": "" if not listed(text, labels) else MARK,
        "qr": f"qr.{pictures}",
        "blocks": blocks,
    }
    (root / "memo.json").write_text(kept(json.dumps(document, ensure_ascii=False)), "utf-8")
    return root


def _plain(block: Block, picture: str) -> dict[str, object]:
    return {
        "kind": block.kind,
        "level": block.level,
        "lines": block.lines,
        "heads": block.heads,
        "rows": block.rows,
        "left": block.left,
        "widths": column_widths(block),
        "picture": picture if block.kind == "figure" else "",
        "width": _width(block.svg) if block.kind == "figure" else WIDEST,
    }


def column_widths(block: Block) -> list[float]:
    """Return how wide the columns of a table are, in proportion.

    A column has room for its longest word, and for a part of its longest text.

    Examples
    --------
    >>> from afweging.memo.blocks import Block
    >>> rows = (("Een heel lange naam van een optie", "0,577"),)
    >>> column_widths(Block("table", "a.1", heads=("optie", "score"), rows=rows))
    [21.45, 8.0]
    """
    columns = zip(block.heads, *block.rows, strict=True)
    return [max(_longest_word(column), _part(column)) for column in columns]


def _longest_word(texts: Sequence[str]) -> float:
    """Return how wide the longest word is in bold, with the room beside it."""
    longest = max(min(len(word), MOST_LETTERS) for text in texts for word in text.split(" "))
    return round(1.2 * longest + 2, 2)


def _part(texts: Sequence[str]) -> float:
    return round(0.65 * min(max(map(len, texts)), MOST_PLACES), 2)


def _width(svg: str) -> float:
    """Return how wide a picture is printed, in centimetres, such that it fits on a page.

    Examples
    --------
    >>> _width('<svg viewBox="0 0 640 320">'), _width('<svg viewBox="0 0 640 1680">')
    (16.0, 8.0)
    """
    found = VIEW.search(svg)
    wide, high = (float(part) for part in found.groups()) if found else (1.0, 1.0)
    return round(min(WIDEST, HIGHEST * wide / high), 2)


def _pandoc() -> str:
    try:
        import pypandoc
    except ImportError as error:
        raise missing("pypandoc-binary") from error
    try:
        path: str = pypandoc.get_pandoc_path()
    except OSError as error:
        raise missing("pypandoc-binary") from error
    return shutil.which(path) or path
