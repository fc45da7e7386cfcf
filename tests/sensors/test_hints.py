from __future__ import annotations

import pytest
from PIL import Image, ImageChops, ImageDraw, ImageFilter

from kiosk.desk.frames import Hint
from kiosk.sensors.decoder import Decoder
from kiosk.sensors.hints import Measure, Steady, judge
from kiosk.sensors.pictures import surround, to_frame
from tests.sensors.codes import SIZE, draw, noisy

INVITATION = "https://example.test/visitors/checkin?code=228904"


def held(scale: int = 6) -> Image.Image:
    """The whole picture of a camera before which an invitation is held, of so many pixels a module."""
    code = draw(INVITATION, scale)
    left, top = (code.width - SIZE[0]) // 2, (code.height - SIZE[1]) // 2
    return surround(code, *SIZE) if top < 0 else code.crop((left, top, left + SIZE[0], top + SIZE[1]))


def with_a_lamp_in_it(picture: Image.Image) -> Image.Image:
    """The white of a code that is exposed right, and a lamp mirrored in the glass over it."""
    lamp = Image.new("L", picture.size, 0)
    ImageDraw.Draw(lamp).ellipse((270, 200, 420, 330), fill=255)
    dimmed = picture.point([grey * 4 // 5 for grey in range(256)])
    return ImageChops.add(dimmed, lamp.filter(ImageFilter.GaussianBlur(12)))


def blurred(picture: Image.Image, radius: float) -> Image.Image:
    return picture.filter(ImageFilter.GaussianBlur(radius))


def two_codes() -> Image.Image:
    picture = Image.new("L", SIZE, 128)
    picture.paste(draw("one"), (20, 100))
    picture.paste(draw("two"), (360, 100))
    return picture


def hint_for(*pictures: Image.Image, lately_unread: bool = False) -> Hint:
    """What is said to the last of some pictures."""
    measure, decoder = Measure(), Decoder()
    looks = []
    for frame in (to_frame(one, 0.0) for one in pictures):
        seen = decoder.quick_look(frame)
        looks.append(measure.look(frame, seen.sight, seen.unread))
    return judge(looks[-1], lately_unread=lately_unread)


@pytest.mark.parametrize(
    ("picture", "hint"),
    [
        pytest.param(held(), Hint.NONE, id="a clear code"),
        pytest.param(Image.new("L", SIZE, 128), Hint.NONE, id="nothing"),
        pytest.param(noisy(Image.new("L", SIZE, 18), 0.1), Hint.TOO_DARK, id="a lens with a finger on it"),
        pytest.param(held().point([grey // 12 for grey in range(256)]), Hint.TOO_DARK, id="paper by night"),
        pytest.param(held(20), Hint.TOO_CLOSE, id="larger than the picture"),
        pytest.param(blurred(held(20), 12), Hint.TOO_CLOSE, id="larger than the picture and out of focus"),
        pytest.param(blurred(held(14), 8), Hint.TOO_CLOSE, id="as large as the picture and out of focus"),
        pytest.param(blurred(held(), 3), Hint.HOLD_STILL, id="smeared"),
        pytest.param(with_a_lamp_in_it(held()), Hint.TILT, id="a mirrored lamp"),
        pytest.param(two_codes(), Hint.SEVERAL, id="two codes"),
    ],
)
def test_the_hint_is_what_keeps_the_code_from_being_read(picture: Image.Image, hint: Hint) -> None:
    assert hint_for(picture) is hint


def test_a_lit_screen_in_a_dark_room_is_not_too_dark() -> None:
    picture = Image.new("L", SIZE, 0)
    picture.paste(draw(INVITATION, 3).point([grey // 3 for grey in range(256)]), (250, 180))
    assert hint_for(picture) is Hint.NONE


def test_the_same_code_twice_is_not_two_codes() -> None:
    picture = Image.new("L", SIZE, 128)
    picture.paste(draw("one"), (20, 100))
    picture.paste(draw("one"), (360, 100))
    assert hint_for(picture) is Hint.NONE


def test_a_code_that_was_there_and_moves_is_to_be_held_still() -> None:
    before, after = blurred(held(), 8), ImageChops.offset(blurred(held(), 8), 150, 0)
    assert hint_for(before, after, lately_unread=True) is Hint.HOLD_STILL
    assert hint_for(before, after) is Hint.NONE, "it may be anything that moves"
    assert hint_for(before, before, lately_unread=True) is Hint.NONE


@pytest.mark.parametrize("size", [(1, 1), (7, 5), (161, 3), (1, 480), (2000, 9)])
def test_a_picture_of_any_size_can_be_judged(size: tuple[int, int]) -> None:
    assert hint_for(Image.new("L", size, 200), Image.new("L", size, 200)) is Hint.NONE


def test_what_lasts_but_a_moment_is_not_said() -> None:
    steady = Steady()
    said = [steady.say(thought, at / 5) for at, thought in enumerate([Hint.TILT, Hint.NONE, Hint.TILT, Hint.TILT])]
    assert set(said) == {Hint.NONE}


def test_what_was_said_stays_long_enough_to_be_read() -> None:
    steady = Steady()
    said = [steady.say(Hint.TILT if at < 4 else Hint.NONE, at / 5) for at in range(20)]
    first = said.index(Hint.TILT)
    assert said[first : first + 7] == [Hint.TILT] * 7
    assert said[-1] is Hint.NONE


def test_words_do_not_flicker_between_two_causes() -> None:
    steady = Steady()
    for at in range(10):
        steady.say(Hint.HOLD_STILL, at / 5)
    assert {steady.say(Hint.TILT if at % 2 else Hint.HOLD_STILL, at / 5) for at in range(10, 60)} == {Hint.HOLD_STILL}
