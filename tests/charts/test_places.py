from __future__ import annotations

from afweging.charts.places import beside, best_centre, box_at, overlap

ROOM = (0.0, 0.0, 200.0, 200.0)


def test_a_label_stands_to_the_right_where_there_is_room() -> None:
    """The first place is beside the point."""
    x, y = beside(100, 100, (20, 10), [], ROOM)
    assert x > 100
    assert y == 100


def test_a_label_avoids_what_is_there() -> None:
    """With a box to the right it goes elsewhere, and lies over nothing."""
    taken = [box_at(115, 100, 30, 20)]
    at = beside(100, 100, (20, 10), taken, ROOM)
    assert overlap(box_at(*at, 20, 10), taken) == 0


def test_a_label_stays_inside() -> None:
    """At the edge of the room it goes to the other side."""
    x, _ = beside(195, 100, (20, 10), [], ROOM)
    assert x < 195


def test_the_first_of_equally_good_places_is_taken() -> None:
    """So that the same picture has the same bytes."""
    assert best_centre([(50, 50), (60, 60)], (10, 10), [], ROOM) == (50, 50)
    assert best_centre([(50, 50), (90, 90)], (10, 10), [box_at(50, 50, 4, 4)], ROOM) == (90, 90)
