from __future__ import annotations

from afweging.errors import Fault, Place
from afweging.io.document import Document, Faults


def test_the_place_of_a_part_that_is_absent_is_that_of_its_parent() -> None:
    """What has no place of its own has that of the nearest part around it."""
    places = {(): Place("f", 1), ("a",): Place("f", 3), ("a", 1): Place("f", 5)}
    document = Document({"a": [1, {"b": 2}]}, places)
    assert document.place(("a", 1, "b")) == Place("f", 5)
    assert document.place(("a", 0)) == Place("f", 3)
    assert document.place(("c",)) == Place("f", 1)
    assert Document(None).place(("c",)) == Place()


def test_a_document_without_value_and_places_is_unread() -> None:
    """Only a document of which nothing could be read is unread; an empty one is not."""
    assert Document(None).unread
    assert not Document({}).unread
    assert not Document(None, {(): Place("f", 1)}).unread


def test_faults_gather_in_the_order_found() -> None:
    """A fault without a place has an empty one, and keeps its facts."""
    faults = Faults()
    faults.add("b", Place("f", 2), 7, least=3)
    faults.add("a")
    assert faults == [Fault("b", Place("f", 2), 7, {"least": 3}), Fault("a", Place(), None, {})]
