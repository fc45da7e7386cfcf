from __future__ import annotations

from collections.abc import Sequence

from PIL import Image

from kiosk.desk.frames import Frame, Hint
from kiosk.sensors.decoder import Reading
from kiosk.sensors.lookout import Lookout
from kiosk.sensors.outlines import Outline
from kiosk.sensors.pictures import to_frame
from tests.sensors.codes import SIZE

CORNERS = ((10.0, 10.0), (90.0, 10.0), (90.0, 90.0), (10.0, 90.0))
READ = Reading(b"one", "one", "zxing", CORNERS, 3)


class Scripted:
    """Finds what it is told to."""

    def __init__(self) -> None:
        self.outlines: Sequence[Outline] = ()

    def find(self, frame: Frame) -> Sequence[Outline]:
        return self.outlines


def dark(at: float) -> Frame:
    return to_frame(Image.new("L", SIZE, 10), at)


def test_a_code_that_was_read_has_a_place() -> None:
    lookout = Lookout(Scripted())
    lookout.saw(dark(1.0), READ)
    assert lookout.sighting is not None
    assert lookout.sighting.corners == CORNERS
    assert (lookout.sighting.width, lookout.sighting.height, lookout.sighting.at) == (*SIZE, 1.0)


def test_a_code_that_is_missed_once_is_still_there() -> None:
    lookout = Lookout(Scripted())
    lookout.saw(dark(1.0), READ)
    lookout.saw(dark(1.1), None)
    assert lookout.sighting is not None


def test_a_code_that_is_gone_has_no_place() -> None:
    lookout = Lookout(Scripted())
    lookout.saw(dark(1.0), READ)
    lookout.saw(dark(2.0), None)
    assert lookout.sighting is None


def test_a_hint_comes_once_it_is_sure_and_goes_as_soon_as_a_code_is_read() -> None:
    lookout = Lookout(Scripted())
    hints = []
    for tenth in range(15):
        lookout.saw(dark(tenth / 10), None)
        hints.append(lookout.hint)
    assert hints[0] is Hint.NONE
    assert hints[-1] is Hint.TOO_DARK
    lookout.saw(dark(2.0), READ)
    assert lookout.hint is Hint.NONE


def test_two_codes_are_asked_to_be_one_even_where_one_is_read() -> None:
    finder = Scripted()
    finder.outlines = [Outline(CORNERS, b"one"), Outline(CORNERS, b"two")]
    lookout = Lookout(finder)
    for tenth in range(15):
        lookout.saw(dark(tenth / 10), READ)
    assert lookout.hint is Hint.SEVERAL


def test_while_nobody_looks_nothing_is_known() -> None:
    lookout = Lookout(Scripted())
    for tenth in range(15):
        lookout.saw(dark(tenth / 10), None)
    lookout.saw(dark(1.5), READ)
    lookout.pause()
    lookout.saw(dark(1.6), READ)
    assert lookout.sighting is None
    assert lookout.hint is Hint.NONE
    lookout.resume()
    lookout.saw(dark(9.0), None)
    assert lookout.sighting is None
    assert lookout.hint is Hint.NONE, "what was so before the pause does not count as lasting"
