"""Moving pictures and videos in place of a camera."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType, SimpleNamespace

import pytest
from PIL import Image

from kiosk.sensors.camera import PicturesUnusable
from kiosk.sensors.clips import MOST_FRAMES, MovingPicture, VideoFile, open_clip
from kiosk.sensors.decoder import Decoder
from kiosk.sensors.pictures import PictureError
from kiosk.sensors.replay import ReplaySource
from tests.sensors.clock import HandClock
from tests.sensors.codes import SIZE, draw
from tests.sensors.test_replay import opened, sees

LEVELS = (10, 120, 250)


def frames(*levels: int) -> list[Image.Image]:
    return [Image.new("L", (32, 24), level).convert("RGB") for level in levels]


def moving(path: Path, milliseconds: list[int]) -> Path:
    first, *others = frames(*LEVELS)
    first.save(path, save_all=True, append_images=others, duration=milliseconds, loop=0, lossless=True)
    return path


def level(picture: Image.Image) -> int:
    darkest, brightest = picture.getextrema()
    assert darkest == brightest
    return min(LEVELS, key=lambda known: abs(known - int(str(darkest))))


@pytest.mark.parametrize("name", ["a.gif", "a.png", "a.webp"])
def test_each_frame_is_in_view_for_its_own_time_over_and_over(tmp_path: Path, name: str) -> None:
    clip = open_clip(moving(tmp_path / name, [100, 300, 200]))
    assert clip is not None
    seen = [level(clip.at(elapsed)) for elapsed in (0.0, 0.09, 0.11, 0.39, 0.41, 0.59, 0.61, 0.75, 60.05)]
    clip.close()
    assert seen == [10, 10, 120, 120, 250, 250, 10, 120, 10]


def test_a_frame_that_stays_is_the_same_picture(tmp_path: Path) -> None:
    clip = open_clip(moving(tmp_path / "a.gif", [100, 300, 200]))
    assert clip is not None
    assert clip.at(0.12) is clip.at(0.35)
    clip.close()


@pytest.mark.parametrize("name", ["a.png", "a.gif", "a.jpg", "a.webp"])
def test_a_picture_that_does_not_move_is_no_clip(tmp_path: Path, name: str) -> None:
    frames(10)[0].save(tmp_path / name)
    assert open_clip(tmp_path / name) is None


def test_what_is_no_picture_is_no_clip(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("text")
    assert open_clip(tmp_path / "notes.txt") is None
    assert open_clip(tmp_path / "missing.gif") is None
    assert open_clip(tmp_path) is None


def test_one_that_breaks_off_is_refused(tmp_path: Path) -> None:
    whole = moving(tmp_path / "a.webp", [100, 100, 100]).read_bytes()
    (tmp_path / "cut.webp").write_bytes(whole[:-20])
    with pytest.raises((PictureError, PicturesUnusable)):
        ReplaySource(tmp_path / "cut.webp")


def test_one_with_too_many_frames_is_refused() -> None:
    class Endless(Image.Image):
        n_frames = MOST_FRAMES + 1

    with pytest.raises(PictureError, match="too long"):
        MovingPicture(Endless())


def test_a_code_that_moves_through_a_picture_is_read_by_the_replayed_camera(
    tmp_path: Path, clock: HandClock, both: Decoder
) -> None:
    empty, shown = Image.new("L", SIZE, 128), Image.new("L", SIZE, 128)
    shown.paste(draw("moving"), (200, 100))
    empty.save(tmp_path / "a.gif", save_all=True, append_images=[shown], duration=[1000, 1000], loop=0)
    source = opened(ReplaySource(tmp_path / "a.gif", clock, clock.sleep))
    start, seen = clock.now, []
    for second in (0.5, 1.5, 2.5, 3.5):
        clock.now = start + second
        seen.append(sees(source, both))
    source.close()
    assert seen == [None, "moving", None, "moving"]


@dataclass(frozen=True)
class VideoFrame:
    """As PyAV's: a picture, and its second, which some streams do not tell."""

    level: int
    time: float | None
    width: int = 32
    height: int = 24

    def to_image(self) -> Image.Image:
        return frames(self.level)[0]


class Av:
    """A stand-in for the module av, as far as the kiosk uses it: it opens a file and decodes its first video."""

    def __init__(self, played: list[VideoFrame], failure: Exception | None = None) -> None:
        self.played = played
        self.failure = failure
        self.open_files = 0

    def install(self, monkeypatch: pytest.MonkeyPatch) -> Av:
        module = ModuleType("av")
        module.__dict__.update(open=self._open)
        monkeypatch.setitem(sys.modules, "av", module)
        return self

    def _open(self, file: str) -> SimpleNamespace:
        if self.failure is not None and not self.played:
            raise self.failure
        assert Path(file).is_file()
        self.open_files += 1
        return SimpleNamespace(decode=self._decode, close=self._close)

    def _decode(self, video: int) -> Iterator[VideoFrame]:
        assert video == 0
        yield from self.played
        if self.failure is not None:
            raise self.failure

    def _close(self) -> None:
        self.open_files -= 1


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "lobby.mp4"
    path.write_bytes(b"a video")
    return path


def test_a_video_plays_at_its_own_speed_over_and_over(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    av = Av([VideoFrame(10, 5.0), VideoFrame(120, 5.1), VideoFrame(250, 5.4)]).install(monkeypatch)
    video = VideoFile(file)
    seen = [level(video.at(elapsed)) for elapsed in (0.0, 0.09, 0.11, 0.39, 0.41, 0.69, 0.71, 0.82)]
    video.close()
    video.close()
    assert seen == [10, 10, 120, 120, 250, 250, 10, 120]
    assert av.open_files == 0


def test_a_video_without_times_plays_at_thirty_frames_a_second(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    Av([VideoFrame(shown, None) for shown in LEVELS]).install(monkeypatch)
    video = VideoFile(file)
    assert [level(video.at(elapsed)) for elapsed in (0.0, 0.04, 0.07)] == list(LEVELS)
    video.close()


def test_whoever_looks_rarely_gets_the_picture_of_that_moment(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    Av([VideoFrame(LEVELS[number // 30], number / 30) for number in range(90)]).install(monkeypatch)
    video = VideoFile(file)
    assert [level(video.at(elapsed)) for elapsed in (0.5, 2.5)] == [10, 250]
    video.close()


def test_without_the_library_for_videos_it_is_said_what_to_do(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "av", None)
    with pytest.raises(PicturesUnusable, match="pip install av, or use pictures"):
        ReplaySource(file)


@pytest.mark.parametrize(
    ("played", "failure", "said"),
    [
        ([], ValueError("Invalid data"), "cannot be read"),
        ([], None, "holds no picture"),
        ([VideoFrame(10, 0.0)], ValueError("Invalid data"), "damaged"),
        ([VideoFrame(10, 0.0, 20_000, 20_000)], None, "too large"),
    ],
)
def test_a_video_that_cannot_be_played_says_why(
    file: Path, monkeypatch: pytest.MonkeyPatch, played: list[VideoFrame], failure: Exception | None, said: str
) -> None:
    Av(played, failure).install(monkeypatch)
    with pytest.raises(PicturesUnusable, match=said):
        ReplaySource(file)


def test_a_video_that_breaks_off_while_it_plays_is_told(
    file: Path, clock: HandClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    played = [VideoFrame(10, 0.0), VideoFrame(120, 0.1), VideoFrame(250, 0.2)]
    Av(played, ValueError("Invalid data")).install(monkeypatch)
    source = opened(ReplaySource(file, clock, clock.sleep))
    assert source.read(0.2) is not None
    clock.advance(1.0)
    with pytest.raises(PicturesUnusable, match="damaged"):
        source.read(0.2)
    source.close()
