"""Nothing is read where there is nothing to read, and no picture stops the reading.

With `--long` far more frames are tried; the counts are printed.
"""

from __future__ import annotations

import importlib
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from PIL import Image, ImageDraw

from kiosk.desk.frames import Frame
from kiosk.desk.sights import Sight
from kiosk.sensors.decoder import Decoder
from kiosk.sensors.pictures import to_frame
from kiosk.sensors.zbar import ZbarFinder
from tests.sensors.codes import draw, in_view
from tests.sensors.no_codes import DRAWINGS, drawings

ROOT = Path(__file__).parents[2]
DECODER = Decoder()
TEXT = "NX-visit-7Q2f9K-0042"
CODE = draw(TEXT)


@pytest.mark.parametrize("kind", DRAWINGS)
def test_nothing_is_read_in_a_picture_without_a_code(kind: str, request: pytest.FixtureRequest) -> None:
    for picture in drawings(kind, 32 if request.config.getoption("--long") else 1):
        frame = to_frame(picture, 0.0)
        for _ in range(DECODER.turns):
            assert DECODER.look(frame).readings == ()
        assert DECODER.deep_look(frame).readings == ()


def test_the_other_decoder_reads_nothing_there_either(zbar_only: Decoder) -> None:
    for kind in DRAWINGS:
        (picture,) = drawings(kind, 1)
        for _ in range(zbar_only.turns):
            assert zbar_only.look(to_frame(picture, 0.0)).readings == ()


@st.composite
def frames(draw: st.DrawFn) -> Frame:
    """Of any size and shape, with any content or a simple one."""
    width, height = draw(st.integers(0, 90)), draw(st.integers(0, 90))
    grey = draw(
        st.one_of(
            st.integers(0, 255).map(lambda level: bytes([level]) * (width * height)),
            st.binary(min_size=width * height, max_size=width * height),
            st.randoms(use_true_random=False).map(lambda chance: chance.randbytes(width * height)),
        )
    )
    return Frame(grey, width, height, 0.0)


def looked_at_in_every_way(frame: Frame) -> set[str]:
    """The texts that were read in a frame."""
    looks = [DECODER.look(frame) for _ in range(DECODER.turns)]
    return {reading.text for look in looks for reading in look.readings}


@settings(max_examples=80)
@given(frame=frames())
@example(frame=Frame(b"", 0, 0, 0.0))
@example(frame=Frame(b"", 0, 480, 0.0))
@example(frame=Frame(b"\x00", 1, 1, 0.0))
@example(frame=Frame(bytes(4000), 4000, 1, 0.0))
@example(frame=Frame(bytes(4001), 1, 4001, 0.0))
def test_a_frame_of_any_size_is_looked_at_without_harm(frame: Frame) -> None:
    assert looked_at_in_every_way(frame) == set()


Rectangle = tuple[int, int, int, int]
rectangles = st.tuples(st.integers(0, 250), st.integers(0, 250), st.integers(1, 80), st.integers(1, 80))


def spoilt(blots: list[tuple[Rectangle, int]]) -> Frame:
    picture = CODE.copy()
    for (x, y, across, down), shade in blots:
        ImageDraw.Draw(picture).rectangle((x, y, x + across, y + down), fill=shade)
    return to_frame(picture, 0.0)


@settings(max_examples=40)
@given(blots=st.lists(st.tuples(rectangles, st.integers(0, 255)), max_size=8))
def test_a_spoilt_code_gives_its_own_text_or_none(blots: list[tuple[Rectangle, int]]) -> None:
    assert looked_at_in_every_way(spoilt(blots)) <= {TEXT}


def test_ten_thousand_frames_do_no_harm(request: pytest.FixtureRequest, capsys: pytest.CaptureFixture[str]) -> None:
    if not request.config.getoption("--long"):
        pytest.skip("only with --long")
    counts = {"random": 0, "spoilt": 0}

    @settings(max_examples=7_000)
    @given(frame=frames())
    def at_random(frame: Frame) -> None:
        counts["random"] += 1
        assert looked_at_in_every_way(frame) == set()

    @settings(max_examples=3_000)
    @given(blots=st.lists(st.tuples(rectangles, st.integers(0, 255)), max_size=8))
    def by_blots(blots: list[tuple[Rectangle, int]]) -> None:
        counts["spoilt"] += 1
        assert looked_at_in_every_way(spoilt(blots)) <= {TEXT}

    at_random()
    by_blots()
    with capsys.disabled():
        sys.stdout.write(f"\nadversarial frames: {counts}\n")
    assert sum(counts.values()) >= 9_000  # what hypothesis draws twice it tries once


@pytest.mark.parametrize(
    ("width", "height"), [(2, 2), (-2, -2), (640, 480), (3, 1)], ids=["short", "negative", "empty", "stride"]
)
def test_bytes_that_do_not_fill_the_frame_are_refused(width: int, height: int) -> None:
    grey = {(-2, -2): bytes(4), (640, 480): b"", (3, 1): bytes(4)}.get((width, height), bytes(3))
    with pytest.raises(ValueError, match="frame needs"):
        Frame(grey, width, height, 0.0)


def test_a_frame_of_33_million_pixels_is_read_as_well() -> None:
    wide = Image.new("L", (7680, 4320), 128)
    code = draw(TEXT, 60)
    wide.paste(code, (2900, 1200))
    reading = DECODER.read(to_frame(wide, 0.0))
    assert reading is not None
    assert reading.text == TEXT
    assert min(x for x, _ in reading.corners) == pytest.approx(2900 + 4 * 60, abs=60)


def test_an_empty_frame_of_33_million_pixels_shows_nothing() -> None:
    empty = to_frame(Image.new("L", (7680, 4320), 128), 0.0)
    assert {DECODER.look(empty).sight for _ in range(DECODER.turns)} == {Sight.NOTHING}


def test_memory_does_not_grow_with_the_frames(
    request: pytest.FixtureRequest, capsys: pytest.CaptureFixture[str]
) -> None:
    long = request.config.getoption("--long")
    count = 100_000 if long else 600
    child = [sys.executable, "-m", "tests.sensors.many_frames", str(count)]
    done = subprocess.run(child, cwd=ROOT, capture_output=True, check=True)
    told = json.loads(done.stdout)
    if long:
        with capsys.disabled():
            sys.stdout.write(f"\nmemory: {told}\n")
    assert told["frames"] == count
    assert told["read"] > count // 2
    assert told["grown_kib"] < 2048
    assert done.stderr == b""


def test_libzbar_writes_nothing_where_the_screen_is_drawn(capfd: pytest.CaptureFixture[str]) -> None:
    """It writes to the standard error stream of C, past Python: what it does, when it is told to be wordy, and warnings
    of its decoders of bars, on pictures that upset them. Ours looks for QR codes only, and is told to be silent."""
    wrapper: Any = importlib.import_module("pyzbar.wrapper")  # by name, since it has no type information
    finder, code = ZbarFinder(), in_view(CODE)
    wrapper.zbar_set_verbosity(10)
    finder.find(code.grey, code.width, code.height)
    assert capfd.readouterr().err, "what is written in C is not seen by this test"
    finder = ZbarFinder()
    for kind in DRAWINGS:
        for picture in drawings(kind, 1):
            finder.find(picture.tobytes(), picture.width, picture.height)
    assert capfd.readouterr().err == ""
