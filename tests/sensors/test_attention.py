"""What counts as something happening before the camera."""

from __future__ import annotations

import itertools
import random

import pytest
from PIL import Image

from kiosk.desk.frames import Frame
from kiosk.sensors.attention import IDLE_SECONDS, LOOK_AGAIN_SECONDS, STILL_SECONDS, Attention
from kiosk.sensors.camera import Pace
from kiosk.sensors.pictures import to_frame
from tests.sensors.codes import SIZE, draw, empty, in_view, noisy

EMPTY = empty()


def bored(frame: Frame = EMPTY, seconds: float = 60.0) -> Attention:
    """Has looked at one view for a minute."""
    attention = Attention()
    now = 0.0
    while now < seconds:
        if attention.deserved_by(frame, now):
            attention.looked(found=False)
        now += 0.1
    return attention


def lobby(seed: int) -> Image.Image:
    """A view with some contrast, and the noise of a sensor in a dark room."""
    view = Image.linear_gradient("L").resize(SIZE)
    return noisy(view, 0.3, seed)


def test_a_new_view_is_searched_for_a_second_and_then_once_a_second() -> None:
    attention = Attention()
    looked = [at / 10 for at in range(60) if attention.deserved_by(EMPTY, at / 10)]
    assert looked[:10] == [at / 10 for at in range(10)]
    later = looked[10:]
    assert all(b - a >= LOOK_AGAIN_SECONDS - 1e-9 for a, b in itertools.pairwise(later))
    assert len(later) == pytest.approx((6 - STILL_SECONDS) / LOOK_AGAIN_SECONDS, abs=1)


@pytest.mark.parametrize("width", [0.12, 0.2, 0.4])
def test_a_code_of_an_eighth_of_the_width_is_noticed(width: float) -> None:
    code = draw("invitation 1234", scale=2)
    side = round(SIZE[0] * width)
    shown = in_view(code.resize((side, side)))
    assert bored().deserved_by(shown, 60.2)


def test_a_code_is_noticed_that_only_grows_out_of_the_grey_slowly() -> None:
    attention, code = bored(), draw("slowly", scale=6)
    noticed = False
    for step in range(1, 41):
        frame = in_view(Image.blend(Image.new("L", code.size, 128), code, step / 40))
        noticed = noticed or (attention.deserved_by(frame, 60 + step / 100) and step / 40 < 0.5)
    assert noticed


def test_the_noise_of_a_dark_room_is_nothing_new() -> None:
    attention = bored(to_frame(lobby(1), 0.0))
    noticed = [attention.deserved_by(to_frame(lobby(seed), 0.0), 60 + seed / 1000) for seed in range(2, 30)]
    assert sum(noticed) <= 1  # the look that is due each second


def test_a_flicker_of_the_lamps_is_nothing_new() -> None:
    attention = bored(to_frame(Image.new("L", SIZE, 120), 0.0))
    attention.deserved_by(to_frame(Image.new("L", SIZE, 120), 0.0), 60.0)
    assert not attention.deserved_by(to_frame(Image.new("L", SIZE, 128), 0.0), 60.1)


def test_after_ten_seconds_frames_may_come_slower_and_a_change_ends_that() -> None:
    attention = bored()
    paces = [bored(seconds=IDLE_SECONDS - 1).pace, attention.pace]
    attention.deserved_by(in_view(draw("here")), 60.1)
    assert [*paces, attention.pace] == [Pace.FULL, Pace.IDLE, Pace.FULL]


def test_a_code_in_view_is_searched_for_in_every_frame_however_still_it_is() -> None:
    attention, shown = Attention(), in_view(draw("held"))
    for step in range(600):
        assert attention.deserved_by(shown, step / 10)
        attention.looked(found=True)
    assert attention.pace is Pace.FULL


def test_whoever_is_woken_takes_the_same_view_for_a_new_one() -> None:
    attention = bored()
    attention.wake()
    assert attention.pace is Pace.FULL
    assert [attention.deserved_by(EMPTY, 60 + step / 10) for step in range(5)] == [True] * 5


@pytest.mark.parametrize("size", [(1, 1), (3, 5), (7, 4321), (0, 0), (7680, 4320)])
def test_frames_of_every_size_are_compared(size: tuple[int, int]) -> None:
    black, white = (Frame(bytes([level]) * (size[0] * size[1]), *size, 0.0) for level in (0, 255))
    attention = Attention()
    for now in range(30):
        attention.deserved_by(black, float(now))
    assert attention.deserved_by(white, 30.0)


def test_a_camera_that_changes_its_size_is_a_new_view() -> None:
    grey = random.Random(3).randbytes(64 * 64)  # seeded, so that a failure repeats
    assert bored().deserved_by(Frame(grey, 64, 64, 0.0), 60.1)
