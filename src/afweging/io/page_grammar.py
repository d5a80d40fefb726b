"""Whether a web page is written as a memo is, so that a browser reads it just as a check does.

Browsers mend what is not right in ways of their own: two attributes of one name, a comment that
does not end, text between the rows of a table. In a page of this grammar there is nothing to mend.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

DOCTYPE = "<!DOCTYPE html>"
OPEN = re.compile(r'<([a-z][a-z0-9]*)((?:\s+[a-z][a-z0-9-]*(?:="[^"<>]*")?)*)>')
CLOSE = re.compile(r"</([a-z][a-z0-9]*)>")
TEXT = re.compile(r"[^<]+")
ATTRIBUTE = re.compile(r"\s([a-z][a-z0-9-]*)")
VALUE = re.compile(r'"[^"]*"')
REFERENCE = re.compile(r"&(?!(?:[a-zA-Z]+|#[0-9]+|#x[0-9a-fA-F]+);)")  # that is not ended
VOID = {"meta", "img", "br", "input"}
RAW = {"script", "style", "title", "textarea"}  # what is in them is no markup
PARENTS = {
    "li": {"ul", "ol"},
    "tr": {"thead", "tbody"},
    "td": {"tr"},
    "th": {"tr"},
    "caption": {"table"},
    "thead": {"table"},
    "tbody": {"table"},
    "summary": {"details"},
}
CHILDREN = {
    "table": {"caption", "thead", "tbody"},
    "thead": {"tr"},
    "tbody": {"tr"},
    "tr": {"th", "td"},
    "ul": {"li"},
    "ol": {"li"},
}
NO_TEXT = {"", "html", "head", "table", "thead", "tbody", "tr", "ul", "ol"}
BLOCKS = {"p", "div", "ul", "ol", "table", "figure", "section", "nav", "details", "h1", "h2", "h3"}
AROUND = 60  # signs that are told of a place


def first_odd(content: bytes) -> str | None:
    """Return the first piece of a page that is not in the grammar of a memo; None without one.

    Examples
    --------
    >>> page = b"<!DOCTYPE html><html><body><p>0,5</p></body></html>"
    >>> first_odd(page)
    >>> first_odd(page.replace(b"0,5", b"0,5<!-- 9 -->"))
    '<!-- 9 --></p></body></html>'
    """
    text = content.decode("utf-8-sig", errors="replace")
    place = next(_odd_places(text), None)
    return None if place is None else text[place : place + AROUND]


def _odd_places(text: str) -> Iterator[int]:
    """Yield the places that are not in the grammar; after the first the rest says nothing."""
    if not text.startswith(DOCTYPE):
        yield 0
    place, opened = len(DOCTYPE), [""]
    while place < len(text):
        end = _end_of_piece(text, place, opened)
        if end is None:
            yield place
            return
        place = end
    if opened != [""]:
        yield len(text)


def _end_of_piece(text: str, place: int, opened: list[str]) -> int | None:
    """Return where the text or the tag at a place ends; None where it is not in the grammar.

    `opened` are the elements around it, and then those around what comes next.
    """
    if found := TEXT.match(text, place):
        return None if _is_odd_text(found[0], opened[-1]) else found.end()
    if found := CLOSE.match(text, place):
        return found.end() if len(opened) > 1 and opened.pop() == found[1] else None
    found = OPEN.match(text, place)
    if found is None or _is_odd_tag(found[1], found[2], opened):
        return None
    if found[1] in RAW:
        return _end_of_raw(text, found.end(), found[1])
    if found[1] not in VOID:
        opened.append(found[1])
    return found.end()


def _is_odd_text(text: str, parent: str) -> bool:
    return (parent in NO_TEXT and bool(text.strip())) or bool(REFERENCE.search(text))


def _is_odd_tag(name: str, attributes: str, opened: list[str]) -> bool:
    names = ATTRIBUTE.findall(VALUE.sub("", attributes))
    return (
        len(set(names)) != len(names)
        or bool(REFERENCE.search(attributes))
        or opened[-1] not in PARENTS.get(name, {opened[-1]})
        or name not in CHILDREN.get(opened[-1], {name})
        or (name in BLOCKS and "p" in opened)
    )


def _end_of_raw(text: str, start: int, name: str) -> int | None:
    """Return where an element ends in which nothing is markup; None where a browser may differ."""
    closing = f"</{name}>"
    end = text.find(closing, start)
    inside = text[start:end]
    odd = "<!--" in inside or f"</{name}" in inside.lower() or (name != "script" and "<" in inside)
    return None if end < 0 or odd else end + len(closing)
