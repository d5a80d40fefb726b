from __future__ import annotations

from afweging.io.archive import write_parts
from afweging.io.read_visible import read_visible
from afweging.io.visible import Visible

W = 'xmlns:w="w" xmlns:wp="wp" xmlns:a="a" xmlns:r="r" xmlns:mc="mc"'


def _body(found: Visible) -> list[tuple[str, str]]:
    return [(seen.text, seen.part) for seen in found.body]


def _docx(body: str, **more: bytes) -> Visible:
    document = f"<w:document {W}><w:body>{body}</w:body></w:document>"
    links = '<Relationships><Relationship Id="r1" Target="media/a.png"/></Relationships>'
    parts = {
        "word/document.xml": document.encode(),
        "word/_rels/document.xml.rels": links.encode(),
        "word/media/a.png": b"png",
        **{f"word/{name}.xml": part for name, part in more.items()},
    }
    return read_visible(write_parts(parts))


def test_docx_shows_paragraphs_and_cells() -> None:
    """Runs are joined, a cell is one text, and what is not on the page is left out."""
    found = _docx(
        "<w:p><w:pPr><w:t>no</w:t></w:pPr><w:r><w:t>72</w:t></w:r><w:r><w:t>,5</w:t><w:br/>"
        "<w:t>x</w:t></w:r><w:del><w:r><w:delText>9</w:delText></w:r></w:del>"
        "<w:r><w:rPr><w:vanish/></w:rPr><w:t>8</w:t></w:r></w:p>"
        "<w:tbl><w:tr><w:tc><w:p><w:r><w:t>a</w:t></w:r></w:p><w:p><w:r><w:t>b</w:t></w:r></w:p>"
        "</w:tc><w:tc><w:p/></w:tc></w:tr></w:tbl>"
    )
    assert _body(found) == [("72,5 x", "text"), ("a b", "cell"), ("", "cell")]


def test_docx_shows_pictures_and_margins() -> None:
    """With the alternative text; a footer is in the margin; a text box comes after its place."""
    found = _docx(
        '<w:p><w:r><w:drawing><wp:docPr descr="De kaart"/><a:blip r:embed="r1"/></w:drawing>'
        "<w:t>before</w:t><mc:AlternateContent><mc:Choice><w:p><w:r><w:t>box</w:t></w:r></w:p>"
        "</mc:Choice><mc:Fallback><w:p><w:r><w:t>again</w:t></w:r></w:p></mc:Fallback>"
        "</mc:AlternateContent></w:r></w:p>",
        footer1=f"<w:ftr {W}><w:p><w:r><w:t>page 3</w:t></w:r></w:p></w:ftr>".encode(),
    )
    assert _body(found) == [("before", "text"), ("box", "text")]
    assert found.alternatives == ["De kaart"]
    assert [picture.file for picture in found.pictures] == [b"png"]
    assert [seen.text for seen in found.margin] == ["page 3"]


def test_odt_shows_headings_items_cells_and_pictures() -> None:
    """Spaces and tabs are spaces; numbers of pages and comments are none of the text."""
    names = 'xmlns:o="o" xmlns:t="t" xmlns:b="b" xmlns:d="d" xmlns:s="s" xmlns:x="x"'
    content = (
        f"<o:doc {names}><o:body><o:text><t:h>Kop<t:s/>1</t:h><t:list><t:list-item><t:p>een</t:p>"
        "</t:list-item></t:list><b:table><b:table-row><b:table-cell><t:p>0,5</t:p></b:table-cell>"
        '</b:table-row></b:table><t:p><d:frame><d:image x:href="Pictures/a.png"/><s:desc>Kaart'
        "</s:desc></d:frame>bij<o:annotation><t:p>nee</t:p></o:annotation></t:p></o:text></o:body>"
        "</o:doc>"
    )
    styles = (
        f"<o:styles {names}><o:master-styles><t:p>Pagina <t:page-number>4</t:page-number></t:p>"
        "</o:master-styles></o:styles>"
    )
    found = read_visible(
        write_parts(
            {
                "mimetype": b"application/vnd.oasis.opendocument.text",
                "content.xml": content.encode(),
                "styles.xml": styles.encode(),
                "Pictures/a.png": b"png",
            }
        )
    )
    assert _body(found) == [("Kop 1", "text"), ("een", "text"), ("0,5", "cell"), ("bij", "text")]
    assert found.alternatives == ["Kaart"]
    assert [picture.file for picture in found.pictures] == [b"png"]
    assert [seen.text for seen in found.margin] == ["Pagina"]


def test_a_page_shows_what_is_not_hidden() -> None:
    """Inline elements are in the line; scripts and styles are no text; pictures are in the page."""
    found = read_visible(
        b"<!DOCTYPE html><html><head><title>no</title></head><body><h1>Een <em>kop</em></h1>"
        b"<p>72<b>,5</b><script>9</script></p><p hidden>8</p>los<table><caption>T</caption><tr>"
        b"<th>a<td>0,5 <sub>x</sub></table><figure><img src='data:image/svg+xml;base64,PHN2Zy8+'"
        b" alt='De kaart'><figcaption>Kaart 5</figcaption></figure></body></html>"
    )
    assert _body(found) == [
        ("Een kop", "text"),
        ("72,5", "text"),
        ("los", "text"),
        ("T", "text"),
        ("a", "cell"),
        ("0,5 x", "cell"),
        ("Kaart 5", "text"),
    ]
    assert found.alternatives == ["De kaart"]
    assert [picture.file for picture in found.pictures] == [b"<svg/>"]


def test_a_dossier_alone_shows_nothing() -> None:
    """It is no document."""
    assert read_visible(b'{"format":"x"}') == Visible()
