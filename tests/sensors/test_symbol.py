from __future__ import annotations

from kiosk.sensors.symbol import Symbol, clearly_meant, each_content_once

MIDDLE = (100.0, 100.0)


def at(x: float, payload: bytes | None = b"x") -> Symbol:
    """A code of ten by ten pixels around (x, 100)."""
    return Symbol(payload, ((x - 5, 95), (x + 5, 95), (x + 5, 105), (x - 5, 105)))


def test_the_codes_come_nearest_to_the_middle_first() -> None:
    far, near, nearest = at(10, b"a"), at(160, b"b"), at(95, b"c")
    assert each_content_once([far, near, nearest], MIDDLE) == [nearest, near, far]


def test_of_the_same_content_the_nearest_stands_for_all() -> None:
    assert each_content_once([at(10), at(110), at(190)], MIDDLE) == [at(110)]


def test_a_code_that_was_not_read_or_is_empty_is_none_of_them() -> None:
    assert each_content_once([at(100, None), at(100, b"")], MIDDLE) == []


def test_a_code_alone_is_meant_wherever_it_is() -> None:
    assert clearly_meant([at(0)], MIDDLE)


def test_of_several_one_is_meant_when_the_others_are_twice_as_far_from_the_middle() -> None:
    assert clearly_meant([at(120), at(60), at(0)], MIDDLE)
    assert not clearly_meant([at(120), at(61), at(0)], MIDDLE)


def test_without_codes_none_is_meant() -> None:
    assert not clearly_meant([], MIDDLE)
