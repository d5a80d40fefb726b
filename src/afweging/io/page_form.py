"""What a memo as a web page is made of: any other element or attribute can change what is seen.

A struck figure, another picture for a large screen, a cell over two columns, text from right to
left: the text alone does not tell. So what a page may hold is a closed list, of elements, of their
attributes and of the values of these. Plain emphasis is on it, for who edits the prose.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from afweging.io.markup import Element

NAME = r"\S*"
LABELLED = {"aria-labelledby": NAME}
MARKED = {"aria-hidden": "true"}  # the large mark of a draft is for the eye
CELL = {"class": "number"}
CONTENT = r"width=device-width, initial-scale=1|\d{4}-\d\d-\d\d|default-src .*"
PLAIN = (  # noqa: SIM905 - a list would take twenty-five lines; those without attributes; the first is the root
    "|head|title|style|body|template|noscript|h1|h2|h3|ul|li|figcaption|caption|thead|tbody|tr|"
    "summary|code|b|strong|i|em|span|br"
).split("|")
# by element: its attributes, each with the pattern of what it may be; all may have an id
MADE_OF: Mapping[str, Mapping[str, str]] = {
    **{name: {} for name in PLAIN},
    "html": {"lang": "nl|en"},
    "meta": {
        "charset": "(?i:utf-8)",
        "name": r"viewport|dcterms\.date",
        "http-equiv": "(?i:content-security-policy)",
        "content": CONTENT,
    },
    "main": {"tabindex": "-1"},
    "section": LABELLED,
    "nav": {"aria-label": ".*"},
    "a": {"href": "#" + NAME},
    "p": {"class": "bar", **MARKED},
    "div": {"class": "mark|wide|wide long", "role": "region", "tabindex": "0"} | LABELLED | MARKED,
    "details": {"class": "twin", "open": ""},
    "table": LABELLED,
    "th": {"scope": "col|row", **CELL},
    "td": {"data-value": ".*", **CELL},
    "figure": {"style": ".*"},  # styles are a list of their own
    "img": {"src": "data:image/.*", "alt": "(?s:.*)"},
    "script": {"type": "module|application/json|application/gzip;base64"},
}


def odd_parts(element: Element) -> Iterator[str]:
    """Yield an element that no memo has, or each of its attributes that no memo has there.

    Examples
    --------
    >>> from afweging.io.markup import Element
    >>> list(odd_parts(Element("td", {"class": "number", "colspan": "2"})))
    ['<td colspan="2">']
    >>> list(odd_parts(Element("del")))
    ['<del>']
    """
    allowed = MADE_OF.get(element.name)
    if allowed is None:
        yield f"<{element.name}> {element.text()}".strip()
        return
    for name, value in element.attributes.items():
        pattern = NAME if name == "id" else allowed.get(name)
        if pattern is None or not re.fullmatch(pattern, value):
            yield f'<{element.name} {name}="{value}">'
