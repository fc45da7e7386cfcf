from __future__ import annotations

import itertools
import logging
import threading
from pathlib import Path

import pytest
from PIL import Image

from kiosk.desk.frames import Frame
from kiosk.sensors.camera import Pace, PicturesUnusable
from kiosk.sensors.decoder import Decoder
from kiosk.sensors.pictures import PictureError
from kiosk.sensors.replay import ReplaySource
from tests.sensors.clock import HandClock
from tests.sensors.codes import draw


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Two codes, and things that lie about in folders."""
    draw("first").save(tmp_path / "1.png")
    draw("second").convert("RGB").save(tmp_path / "2.JPG", format="JPEG")
    (tmp_path / "1.txt").write_text("first")
    return tmp_path


def opened(source: ReplaySource) -> ReplaySource:
    source.open()
    return source


def sees(source: ReplaySource, decoder: Decoder, timeout: float = 0.2) -> str | None:
    frame = source.read(timeout)
    assert frame is not None
    assert (frame.width, frame.height) == (640, 480)
    reading = decoder.read(frame)
    return None if reading is None else reading.text


def test_several_pictures_take_turns_with_nothing_between(folder: Path, clock: HandClock, both: Decoder) -> None:
    source = opened(ReplaySource(folder, clock, clock.sleep))
    start, seen = clock.now, []
    for second in (0.5, 3.5, 4.5, 5.5, 6.5, 9.5, 10.5, 12.5):
        clock.now = start + second
        seen.append(sees(source, both))
    assert seen == ["first", "first", None, None, "second", "second", None, "first"]


@pytest.mark.parametrize("single", ["the file", "its folder"])
def test_a_single_picture_is_always_in_view(tmp_path: Path, clock: HandClock, both: Decoder, single: str) -> None:
    draw("only").save(tmp_path / "only.png")
    source = opened(ReplaySource(tmp_path / "only.png" if single == "the file" else tmp_path, clock, clock.sleep))
    for _ in range(20):
        clock.advance(1.0)
        assert sees(source, both) == "only"


def test_frames_come_thirty_times_a_second_and_a_slow_reader_gets_no_backlog(clock: HandClock) -> None:
    source = opened(ReplaySource(None, clock, clock.sleep))
    times = []
    for _ in range(3):
        frame = source.read(1.0)
        assert frame is not None
        times.append(frame.at)
    assert times == pytest.approx([1000.0, 1000.0 + 1 / 30, 1000.0 + 2 / 30])
    clock.advance(60)
    assert source.read(0) is not None
    assert source.read(0) is None


def test_a_reader_waits_no_longer_than_it_said(clock: HandClock) -> None:
    source = opened(ReplaySource(None, clock, clock.sleep))
    source.read(0)
    assert source.read(0.02) is None
    assert clock.now == pytest.approx(1000.02)


def test_the_pace_counts_from_the_next_frame_on(clock: HandClock) -> None:
    source = opened(ReplaySource(None, clock, clock.sleep))
    source.read(0)
    source.pace(Pace.IDLE)
    times = [frame.at for frame in (source.read(1.0), source.read(1.0)) if frame is not None]
    source.pace(Pace.FULL)
    times += [frame.at for frame in (source.read(1.0), source.read(1.0)) if frame is not None]
    steps = [later - earlier for earlier, later in itertools.pairwise(times)]
    assert steps == pytest.approx([1 / 8, 1 / 30, 1 / 30])


def test_a_picture_that_is_shown_is_in_view_for_its_time_and_then_nothing_is(
    folder: Path, clock: HandClock, both: Decoder
) -> None:
    source = opened(ReplaySource(folder / "1.png", clock, clock.sleep))
    assert sees(source, both) == "first"
    source.show(draw("shown").convert("RGBA"), seconds=3)
    start, seen = clock.now, []
    for second in (0.5, 2.8, 3.2, 4.8, 5.2):
        clock.now = start + second
        seen.append(sees(source, both))
    assert seen == ["shown", "shown", None, None, "first"]


def test_without_files_there_is_only_grey_until_something_is_shown(clock: HandClock, both: Decoder) -> None:
    source = opened(ReplaySource(None, clock, clock.sleep))
    frame = source.read(0)
    assert frame is not None
    assert set(frame.grey) == {128}
    source.show(draw("a"), seconds=60)
    source.show(draw("shown last"), seconds=2)
    assert sees(source, both) == "shown last"


def test_pictures_may_be_shown_from_other_threads_while_one_reads(clock: HandClock, both: Decoder) -> None:
    source = opened(ReplaySource(None, clock, clock.sleep))
    threads = [threading.Thread(target=source.show, args=(draw(f"code {n}"), 60)) for n in range(8)]
    for thread in threads:
        thread.start()
    frames = [source.read(0.2) for _ in range(20)]
    for thread in threads:
        thread.join()
    assert all(isinstance(frame, Frame) for frame in frames)
    assert str(sees(source, both)).startswith("code ")


def test_a_picture_is_shrunk_to_the_frame_but_never_enlarged(tmp_path: Path, clock: HandClock) -> None:
    Image.new("L", (10, 10), 255).save(tmp_path / "tiny.png")
    Image.new("L", (3000, 1000), 255).save(tmp_path / "wide.png")
    tiny = opened(ReplaySource(tmp_path / "tiny.png", clock)).read(0)
    wide = opened(ReplaySource(tmp_path / "wide.png", clock)).read(0)
    assert tiny is not None
    assert wide is not None
    assert tiny.grey.count(255) == 100
    assert wide.grey.count(255) == 640 * 213


def test_a_broken_picture_is_left_out_and_logged_once(
    folder: Path, clock: HandClock, both: Decoder, caplog: pytest.LogCaptureFixture
) -> None:
    (folder / "0-broken.png").write_bytes(b"\x89PNG broken")
    (folder / "3-broken.png").write_bytes((folder / "1.png").read_bytes()[:200])
    with caplog.at_level(logging.WARNING):
        source = opened(ReplaySource(folder, clock, clock.sleep))
        start, seen = clock.now, []
        for turn in range(6):
            clock.now = start + turn * 6 + 1
            seen.append(sees(source, both))
    assert seen == ["first", "second", "first", "second", "first", "second"]
    assert [record.getMessage().split(" is left out")[0] for record in caplog.records] == [
        f"The picture {folder / '0-broken.png'}",
        f"The picture {folder / '3-broken.png'}",
    ]


@pytest.mark.parametrize(
    ("files", "path", "sentence"),
    [
        ((), "missing.png", "There is no such file"),
        ((), "", "The folder holds no pictures"),
        (("notes.txt",), "", "The folder holds no pictures"),
        (("notes.txt",), "notes.txt", "The file is not a picture that can be read"),
        (("a.png", "b.png"), "", "The file is not a picture that can be read"),
    ],
)
def test_pictures_that_cannot_be_used_are_explained_at_once(
    tmp_path: Path, files: tuple[str, ...], path: str, sentence: str
) -> None:
    for file in files:
        (tmp_path / file).write_text("text")
    with pytest.raises(PicturesUnusable) as raised:
        ReplaySource(tmp_path / path)
    assert sentence in raised.value.staff
    assert raised.value.staff.endswith('or set the camera to "auto" or "none".')


def test_a_folder_that_may_not_be_listed_is_explained(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(path: Path) -> None:
        raise PermissionError(13, "Permission denied")

    # Permissions do not hold for the super-user, as whom tests may run.
    monkeypatch.setattr(Path, "iterdir", refuse)
    with pytest.raises(PicturesUnusable, match="Permission denied"):
        ReplaySource(tmp_path)


def test_a_picture_that_vanishes_stays_in_view_until_the_source_is_opened_again(
    folder: Path, clock: HandClock, both: Decoder
) -> None:
    source = opened(ReplaySource(folder, clock, clock.sleep))
    for file in (folder / "1.png", folder / "2.JPG"):
        file.unlink()
    clock.advance(7)
    assert sees(source, both) == "first"
    with pytest.raises(PicturesUnusable):
        source.open()
    draw("third").save(folder / "3.png")
    assert sees(opened(source), both) == "third"


def test_an_absurdly_large_image_is_not_shown() -> None:
    with pytest.raises(PictureError, match="too large"):
        ReplaySource().show(Image.new("1", (9_000, 9_000)), 1)


def test_a_code_can_be_drawn_by_its_text(clock: HandClock, both: Decoder) -> None:
    source = opened(ReplaySource("code:https://example.test/?code=228904", clock, clock.sleep))
    assert sees(source, both) == "https://example.test/?code=228904"
    assert "228904" not in source.describe()


@pytest.mark.parametrize("text", ["x" * 3000, ""])
def test_a_text_that_no_code_holds_is_refused(text: str) -> None:
    with pytest.raises(PicturesUnusable, match="No QR code holds that text"):
        ReplaySource(f"code:{text}")
