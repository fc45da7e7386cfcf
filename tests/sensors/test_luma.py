from __future__ import annotations

import io
import random

import pytest
from PIL import Image

from kiosk.sensors.luma import Layout, NotAPicture, grey_of

# Seeded, so that a failure repeats.
PICTURE = Image.frombytes("L", (64, 48), random.Random(9).randbytes(64 * 48))
GREY = PICTURE.tobytes()


def yuyv(grey: bytes) -> bytes:
    """With some colour, which has to be left out."""
    return bytes(value for pixel in grey for value in (pixel, 0xAB))


def padded(rows: bytes, row: int, padding: int) -> bytes:
    return b"".join(rows[at : at + row] + b"\xee" * padding for at in range(0, len(rows), row))


def jpeg(picture: Image.Image) -> bytes:
    file = io.BytesIO()
    picture.save(file, "JPEG", quality=95)
    return file.getvalue()


@pytest.mark.parametrize("padding", [0, 32])
def test_the_brightness_is_cut_out_of_uncompressed_frames(padding: int) -> None:
    stride = 64 + padding if padding else 0
    assert grey_of(padded(GREY, 64, padding), Layout.GREY, 64, 48, stride) == (GREY, (64, 48))
    stride = 128 + padding if padding else 0
    assert grey_of(padded(yuyv(GREY), 128, padding), Layout.YUYV, 64, 48, stride) == (GREY, (64, 48))


def test_the_last_row_may_lack_its_padding_and_more_may_follow() -> None:
    frame = padded(GREY, 64, 32)
    assert grey_of(frame[:-32], Layout.GREY, 64, 48, 96) == (GREY, (64, 48))
    assert grey_of(frame + b"more", Layout.GREY, 64, 48, 96) == (GREY, (64, 48))


@pytest.mark.parametrize("layout", [Layout.GREY, Layout.YUYV])
def test_a_frame_that_is_too_short_is_no_picture(layout: Layout) -> None:
    data = GREY if layout is Layout.GREY else yuyv(GREY)
    for short in (b"", data[:1], data[:-1]):
        with pytest.raises(NotAPicture):
            grey_of(short, layout, 64, 48)


def test_rows_that_would_overlap_are_no_picture() -> None:
    with pytest.raises(NotAPicture):
        grey_of(GREY, Layout.GREY, 64, 48, 63)


def test_a_jpeg_is_unpacked_in_grey_at_its_own_size_with_what_follows_it_left_out() -> None:
    ramp = Image.linear_gradient("L").resize((64, 48))
    grey, size = grey_of(jpeg(ramp.convert("RGB")) + b"\0" * 500, Layout.JPEG, 640, 480)
    assert size == (64, 48)
    assert max(abs(a - b) for a, b in zip(grey, ramp.tobytes(), strict=True)) <= 6


def test_a_large_jpeg_comes_no_larger_than_is_searched() -> None:
    _, size = grey_of(jpeg(Image.new("RGB", (3000, 2000))), Layout.JPEG, 3000, 2000)
    assert size == (750, 500)
    _, size = grey_of(jpeg(Image.new("RGB", (1920, 1080))), Layout.JPEG, 1920, 1080)
    assert size == (960, 540)


@pytest.mark.parametrize("keep", [0, 1, 2, 100, 500])
def test_a_jpeg_that_breaks_off_is_no_picture(keep: int) -> None:
    with pytest.raises(NotAPicture):
        grey_of(jpeg(PICTURE)[:keep], Layout.JPEG, 64, 48)


def test_damaged_jpegs_are_pictures_or_none_and_nothing_else_happens() -> None:
    whole, chance = jpeg(PICTURE), random.Random(4)
    for _ in range(300):
        damaged = bytearray(whole)
        for _ in range(chance.randrange(1, 20)):
            damaged[chance.randrange(len(damaged))] = chance.randrange(256)
        try:
            grey, (width, height) = grey_of(bytes(damaged), Layout.JPEG, 64, 48)
        except NotAPicture:
            continue
        assert len(grey) == width * height


def without_tables(jpeg: bytes) -> bytes:
    """A JPEG as most webcams send it: without the Huffman tables, since they are the standard's own."""
    kept, at = bytearray(jpeg[:2]), 2
    while jpeg[at + 1] != 0xDA:
        length = 2 + int.from_bytes(jpeg[at + 2 : at + 4], "big")
        if jpeg[at + 1] != 0xC4:
            kept += jpeg[at : at + length]
        at += length
    return bytes(kept + jpeg[at:])


def test_a_jpeg_without_its_tables_is_unpacked_all_the_same() -> None:
    whole = jpeg(PICTURE)
    assert len(without_tables(whole)) < len(whole)
    assert grey_of(without_tables(whole), Layout.JPEG, 64, 48) == grey_of(whole, Layout.JPEG, 64, 48)


def test_another_kind_of_picture_is_not_unpacked() -> None:
    file = io.BytesIO()
    PICTURE.save(file, "PNG")
    with pytest.raises(NotAPicture):
        grey_of(file.getvalue(), Layout.JPEG, 64, 48)
