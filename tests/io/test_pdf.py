from __future__ import annotations

import io
import tracemalloc
import zlib
from contextlib import suppress
from typing import TYPE_CHECKING

import pikepdf
import pytest
import typst

from afweging.errors import DossierError
from afweging.io.pdf import attachments, read_pdf

if TYPE_CHECKING:
    from pathlib import Path

SOURCE = """
#set document(title: "Proef", date: datetime(year: 2026, month: 11, day: 25))
#set text(lang: "nl", hyphenate: false)
#set page(height: 8cm, footer: context [Pagina #counter(page).display()])
#show figure: set block(breakable: true)
#pdf.attach(
  "afweging-dossier.json",
  relationship: "source",
  mime-type: "application/json",
  description: "x",
)
= Kop één
#text("De score is 72,5 -- “fiets” \\u{2212}0,12 (12,5\\u{a0}%). Effectief.")
- #text("eerste")
- #text("tweede")
#figure(
  table(
    columns: 2,
    table.header([optie], [score]),
    ..range(24).map(k => ([O#k], [#(k/2)])).flatten(),
  ),
  caption: "Tabel", kind: table, numbering: none,
)
#figure(image("a.svg", alt: "De balk is 3 lang"), caption: "Figuur", kind: image, numbering: none)
"""
SVG = """<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 60 20"><rect width="30" height="9"/>
<text x="4" y="18" font-size="9">3,25 punt</text></svg>"""


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """Return a tagged PDF with an attachment."""
    folder: Path = tmp_path_factory.mktemp("pdf")
    (folder / "a.typ").write_text(SOURCE, encoding="utf-8")
    (folder / "a.svg").write_text(SVG, encoding="utf-8")
    (folder / "afweging-dossier.json").write_bytes(b'{"a":1}')
    content: bytes = typst.compile(str(folder / "a.typ"), pdf_standards=["ua-1", "a-3a"])
    return content


def test_an_attachment_is_found_by_its_name(made: bytes) -> None:
    """And no other."""
    assert attachments(made, "afweging-dossier.json") == [b'{"a":1}']
    assert attachments(made, "other.json") == []


def test_the_text_is_that_of_the_tags(made: bytes) -> None:
    """In order and exact: bullets are none of it, cells are apart, repeated heads in the margin."""
    found = read_pdf(made)
    assert [seen.text for seen in found.body[:5]] == [
        "Kop één",
        "De score is 72,5 -- “fiets” −0,12 (12,5 %). Effectief.",
        "eerste",
        "tweede",
        "Tabel",
    ]
    cells = [seen.text for seen in found.body if seen.part == "cell"]
    assert cells[:2] == ["optie", "score"]
    assert [float(cell) for cell in cells[3::2]] == [k / 2 for k in range(24)]
    assert found.body[-1].text == "Figuur"
    assert found.alternatives == ["De balk is 3 lang"]
    assert "".join((found.pictures[0].words or "").split()) == "3,25punt"


def test_the_margin_is_apart(made: bytes) -> None:
    """A footer on each page with its number, and the heads of a table on the page it goes on."""
    found = read_pdf(made)
    assert found.pages is not None
    assert found.pages > 1
    texts = [(seen.page, seen.text) for seen in found.margin]
    for page in range(1, found.pages + 1):
        assert (page, f"Pagina {page}") in texts
    assert "optie" in " ".join(text for _, text in texts)


@pytest.mark.parametrize("keep", [9, 200, 0.3, 0.6, 0.9])
def test_a_truncated_pdf_is_refused_or_read(made: bytes, keep: float) -> None:
    """Never a crash: what is left is read, or there is a fault."""
    end = int(keep if keep > 1 else keep * len(made))
    for read in (read_pdf, lambda content: attachments(content, "x")):
        with suppress(DossierError):
            read(made[:end])


def test_a_locked_pdf_is_refused(made: bytes) -> None:
    """With the reason."""
    from pypdf import PdfWriter

    writer = PdfWriter(clone_from=io.BytesIO(made))
    writer.encrypt("secret", algorithm="RC4-128")
    stream = io.BytesIO()
    writer.write(stream)
    with pytest.raises(DossierError) as caught:
        read_pdf(stream.getvalue())
    assert caught.value.faults[0].code == "dossier-locked"


def test_what_is_put_on_a_page_is_named(made: bytes) -> None:
    """A text box covers what was printed; the sign of a comment beside the text does not."""
    from pypdf import PdfWriter
    from pypdf.annotations import FreeText, Text

    writer = PdfWriter(clone_from=io.BytesIO(made))
    writer.add_annotation(0, FreeText(text="99,9", rect=(50, 50, 90, 70)))
    writer.add_annotation(0, Text(text="een vraag 3", rect=(50, 50, 90, 70)))
    stream = io.BytesIO()
    writer.write(stream)
    found = read_pdf(stream.getvalue())
    assert [(o.kind, o.text) for o in found.over if o.page == 1] == [("annotation", "99,9")]


def _drawn(made: bytes, content: bytes) -> bytes:
    """Return the PDF with more content on its first page."""
    with pikepdf.open(io.BytesIO(made)) as pdf:
        pdf.pages[0].contents_add(pdf.make_stream(content), prepend=False)
        stream = io.BytesIO()
        pdf.save(stream)
    return stream.getvalue()


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b"q BI /W 1 /H 1 /BPC 8 /CS /G ID \xff EI Q", "image"),
        (b"BT 3 Tr /f0 9 Tf <00010002> Tj ET", "hidden"),
        (b"/Span<</ActualText(0,9)>>BDC EMC", "hidden"),
    ],
)
def test_pictures_of_dots_and_hidden_text_are_named(made: bytes, content: bytes, kind: str) -> None:
    """Words may stand in a picture; a text may be drawn so that nobody sees it."""
    found = read_pdf(_drawn(made, content)).over
    assert [o.kind for o in found if o.page == 1] == [kind]


def test_titles_and_the_table_of_contents_are_read(made: bytes) -> None:
    """Both places where the title stands in the properties."""
    found = read_pdf(made)
    assert found.titles == ["Proef", "Proef"]
    assert found.outline == ["Kop één"]


def test_tags_that_lead_in_circles_end(made: bytes) -> None:
    """In bounded time, as one fault."""
    with pikepdf.open(io.BytesIO(made)) as pdf:
        root = pdf.Root.StructTreeRoot
        top = pdf.make_indirect(pikepdf.Dictionary(S=pikepdf.Name.Sect))
        top.K = pikepdf.Array([top, top])
        root.K = top
        stream = io.BytesIO()
        pdf.save(stream)
    with pytest.raises(DossierError):
        read_pdf(stream.getvalue())


def test_a_pdf_that_unpacks_without_end_takes_bounded_memory() -> None:
    """A small file whose page unpacks to half a gigabyte is refused before that."""
    packer = zlib.compressobj(9)
    packed = b"".join(packer.compress(bytes(10_000_000)) for _ in range(50)) + packer.flush()
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Contents 4 0 R>>",
        b"<</Length %d/Filter/FlateDecode>>stream\n%s\nendstream" % (len(packed), packed),
    ]
    content = b"%PDF-1.7\n"
    places = []
    for number, each in enumerate(objects, start=1):
        places.append(len(content))
        content += b"%d 0 obj\n%s\nendobj\n" % (number, each)
    start = len(content)
    content += b"xref\n0 5\n0000000000 65535 f \n"
    content += b"".join(b"%010d 00000 n \n" % place for place in places)
    content += b"trailer<</Size 5/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % start
    assert len(content) < 1_000_000
    tracemalloc.start()
    with pytest.raises(DossierError) as caught:
        read_pdf(content)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert caught.value.faults[0].code == "dossier-broken"
    assert peak < 300_000_000
