"""The pictures of a memo as PNG, for word processors that do not show SVG."""

from __future__ import annotations

from typing import TYPE_CHECKING

from afweging.charts.png import png_of

if TYPE_CHECKING:
    from afweging.memo.blocks import MemoText

__all__ = ["png_of", "png_pictures"]


def png_pictures(text: MemoText) -> list[bytes]:
    """Return the pictures of a memo as DOCX and ODT hold them, in their order.

    Raises
    ------
    RequestError
        When Typst is not installed.
    """
    return png_of([block.svg for block in text.blocks if block.kind == "figure"])
