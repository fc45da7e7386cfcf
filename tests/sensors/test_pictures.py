from __future__ import annotations

import os
from pathlib import Path

import pytest
from PIL import Image

from kiosk.sensors.pictures import PictureError, as_grey, fit, open_grey, surround, to_frame

ENOUGH = (640, 480)


def test_a_photograph_is_turned_as_its_exif_data_says(tmp_path: Path) -> None:
    photo = Image.new("RGB", (60, 40), "black")
    photo.paste((255, 255, 255), (0, 0, 60, 10))
    exif = Image.Exif()
    exif[0x0112] = 6  # the top of the scene is at the right of the file
    photo.save(tmp_path / "photo.png", exif=exif)
    upright = open_grey(tmp_path / "photo.png", ENOUGH)
    assert upright.size == (40, 60)
    assert (upright.getpixel((38, 30)), upright.getpixel((2, 30))) == (255, 0)


def test_what_is_transparent_is_white(tmp_path: Path) -> None:
    code = Image.new("RGBA", (2, 1), (0, 0, 0, 0))
    code.putpixel((1, 0), (0, 0, 0, 255))
    code.save(tmp_path / "code.png")
    assert open_grey(tmp_path / "code.png", ENOUGH).tobytes() == b"\xff\x00"


def test_sixteen_bits_a_pixel_keep_their_shades(tmp_path: Path) -> None:
    Image.frombytes("I;16", (3, 1), b"\x00\x00\x00\x80\xff\xff").save(tmp_path / "scan.png")
    assert list(open_grey(tmp_path / "scan.png", ENOUGH).tobytes()) == [0, 128, 255]


def test_a_large_jpeg_is_unpacked_no_larger_than_needed(tmp_path: Path) -> None:
    Image.new("RGB", (4000, 3000), "grey").save(tmp_path / "photo.jpg")
    width, height = open_grey(tmp_path / "photo.jpg", ENOUGH).size
    assert 640 <= width <= 1280
    assert 480 <= height <= 960


def test_a_picture_is_shrunk_to_fit_and_never_enlarged() -> None:
    assert fit(Image.new("L", (2000, 1000)), 640, 480).size == (640, 320)
    assert fit(Image.new("L", (3, 30_000)), 640, 480).size == (1, 480)
    assert fit(Image.new("L", (30, 20)), 640, 480).size == (30, 20)


def test_a_small_picture_lies_in_the_middle_of_grey() -> None:
    frame = to_frame(surround(Image.new("L", (2, 2), 255), 6, 4), at=5.0)
    assert (frame.width, frame.height, frame.at) == (6, 4, 5.0)
    grey, row = b"\x80" * 6, b"\x80\x80\xff\xff\x80\x80"
    assert frame.grey == grey + row + row + grey


def write_truncated(path: Path) -> None:
    Image.effect_noise((200, 200), 50).save(path)
    path.write_bytes(path.read_bytes()[:5000])


def write_text(path: Path) -> None:
    path.write_text("not a picture")


def write_bomb(path: Path) -> None:
    """Black, 100 million pixels, twelve kilobytes."""
    Image.new("1", (10_000, 10_000)).save(path)


@pytest.mark.parametrize(
    ("make", "sentence"),
    [
        (lambda path: None, "There is no such file."),
        (Path.mkdir, "This is a folder without pictures."),
        (os.mkfifo, "This is not an ordinary file."),
        (write_text, "The file is not a picture that can be read: use PNG, JPEG or WebP."),
        (Path.touch, "The file is not a picture that can be read: use PNG, JPEG or WebP."),
        (write_truncated, "The picture is damaged: its data cannot be read to the end."),
        (write_bomb, "The picture is too large: more than 64 million pixels. Shrink it first."),
    ],
)
def test_a_file_that_is_no_use_is_explained(tmp_path: Path, make: object, sentence: str) -> None:
    assert callable(make)
    make(tmp_path / "file.png")
    with pytest.raises(PictureError) as raised:
        open_grey(tmp_path / "file.png", ENOUGH)
    assert str(raised.value) == sentence


def test_a_name_that_the_system_refuses_is_explained(tmp_path: Path) -> None:
    with pytest.raises(PictureError, match=r"^The file cannot be read: File name too long\.$"):
        open_grey(tmp_path / ("x" * 300), ENOUGH)


def test_a_picture_that_may_not_be_read_is_explained(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(path: Path) -> None:
        raise PermissionError(13, "Permission denied")

    (tmp_path / "file.png").touch()
    # Permissions do not hold for the super-user, as whom tests may run.
    monkeypatch.setattr(Image, "open", refuse)
    with pytest.raises(PictureError, match="check its permissions"):
        open_grey(tmp_path / "file.png", ENOUGH)


def test_an_image_in_memory_is_held_to_the_same_size() -> None:
    with pytest.raises(PictureError, match="too large"):
        as_grey(Image.new("1", (9_000, 9_000)))
