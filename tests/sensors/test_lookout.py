from __future__ import annotations

from PIL import Image

from kiosk.desk.frames import Frame, Hint
from kiosk.desk.sights import Sight
from kiosk.sensors.decoder import Look, Reading
from kiosk.sensors.lookout import Lookout
from kiosk.sensors.pictures import to_frame
from tests.sensors.codes import SIZE

CORNERS = ((10.0, 10.0), (90.0, 10.0), (90.0, 90.0), (10.0, 90.0))
READ = Look(Sight.CODE, (Reading(b"one", "one", "zxing", CORNERS, 3),))
NOTHING = Look(Sight.NOTHING)


def dark(at: float) -> Frame:
    return to_frame(Image.new("L", SIZE, 10), at)


def test_a_code_that_was_read_has_a_place() -> None:
    lookout = Lookout()
    lookout.saw(dark(1.0), READ)
    assert lookout.sighting is not None
    assert lookout.sighting.corners == CORNERS
    assert (lookout.sighting.width, lookout.sighting.height, lookout.sighting.at) == (*SIZE, 1.0)


def test_a_code_that_is_missed_once_is_still_there() -> None:
    lookout = Lookout()
    lookout.saw(dark(1.0), READ)
    lookout.saw(dark(1.1), NOTHING)
    assert lookout.sighting is not None


def test_a_code_that_is_gone_has_no_place() -> None:
    lookout = Lookout()
    lookout.saw(dark(1.0), READ)
    lookout.saw(dark(2.0), NOTHING)
    assert lookout.sighting is None


def test_a_hint_comes_once_it_is_sure_and_goes_as_soon_as_a_code_is_read() -> None:
    lookout = Lookout()
    hints = []
    for tenth in range(15):
        lookout.saw(dark(tenth / 10), NOTHING)
        hints.append(lookout.hint)
    assert hints[0] is Hint.NONE
    assert hints[-1] is Hint.TOO_DARK
    lookout.saw(dark(2.0), READ)
    assert lookout.hint is Hint.NONE


def test_several_codes_are_asked_to_be_one() -> None:
    lookout = Lookout()
    for tenth in range(15):
        lookout.saw(dark(tenth / 10), Look(Sight.SEVERAL, (*READ.readings, *READ.readings)))
    assert lookout.hint is Hint.SEVERAL
    assert lookout.sighting is None


def test_while_nobody_looks_nothing_is_known() -> None:
    lookout = Lookout()
    for tenth in range(15):
        lookout.saw(dark(tenth / 10), NOTHING)
    lookout.saw(dark(1.5), READ)
    lookout.pause()
    lookout.saw(dark(1.6), READ)
    assert lookout.sighting is None
    assert lookout.hint is Hint.NONE
    lookout.resume()
    lookout.saw(dark(9.0), NOTHING)
    assert lookout.sighting is None
    assert lookout.hint is Hint.NONE, "what was so before the pause does not count as lasting"
