"""The ways of preparing a picture for a decoder. Each reads codes that the others miss.

The figures in the docstrings are why each is here. "Photographs" are 1,066 out of the collections of three projects,
at 640 x 480: zxing alone reads 79 % of them, libzbar alone 65 to 68 %, and zxing with libzbar on a local threshold,
libzbar as it is and a doubled picture 86 %. "Hard frames" are 375 drawn ones, 25 of each of fifteen hard conditions
(they are in tests/sensors/renderings.py), of which zxing alone misses 118: a pass is given with how many of those it
reads by itself.

What loses more codes than it wins is not here: equalising, stretching contrast, gamma, sharpening a sharp picture, and
thresholds for the whole picture. Mirrored codes need no pass of their own: both libraries read them.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

from PIL import Image, ImageChops, ImageFilter, ImageOps

from kiosk.sensors.symbol import Point, Symbol, SymbolFinder

MOST_PIXELS = 6_000_000
"""Nothing is enlarged past so many: a large picture has large modules, and the time grows with it."""

MOST_SEARCHED = 4_000_000
"""A picture with more pixels is shrunk first: a camera that delivers far too much must not hold the others up."""

MIDDLE = 2 / 3
"""The share of each side that `middle_tripled` looks at: where people hold what they want read."""


@dataclass(frozen=True, slots=True)
class Prepared:
    """A picture to search, and where its pixels were.

    Attributes:
        picture: What is searched (mode L).
        left: How far its left edge is from that of the picture it came from, in pixels of the latter.
        top: The same of its upper edge.
        across: How many pixels of the original, side by side, one pixel of it was.
        down: The same, one above the other.
    """

    picture: Image.Image
    left: float = 0.0
    top: float = 0.0
    across: float = 1.0
    down: float = 1.0

    def back(self, point: Point) -> Point:
        """Where a point of it was."""
        return self.left + point[0] * self.across, self.top + point[1] * self.down


Preparation = Callable[[Image.Image], Prepared | None]


@dataclass(frozen=True, slots=True)
class Pass:
    """One attempt: a picture prepared in one way and searched by one decoder.

    Attributes:
        name: What a result says it was read by, such as "zbar adaptive".
        finder: The decoder.
        prepare: Makes the picture to search, or None when this pass is not worth it for such a picture.
    """

    name: str
    finder: SymbolFinder
    prepare: Preparation

    def find(self, picture: Image.Image) -> list[Symbol]:
        """Return the codes in `picture` (mode L), their corners in its own pixels."""
        bounded = _bounded(picture)
        prepared = self.prepare(bounded.picture)
        if prepared is None:
            return []
        searched = prepared.picture
        found = self.finder.find(searched.tobytes(), searched.width, searched.height)
        return [
            Symbol(symbol.payload, tuple(bounded.back(prepared.back(corner)) for corner in symbol.corners))
            for symbol in found
        ]


Turn = tuple[Pass, ...]
"""Deeper passes that one frame gets, about as long together as the longest single one."""


def every_frame(zxing: SymbolFinder | None, zbar: SymbolFinder | None) -> Turn:
    """Return the passes cheap enough for every frame: zxing's own (0.4 ms where this was measured), or else libzbar's
    quickest (1.6 ms), which also reads most."""
    if zxing is not None:
        return (Pass("zxing", zxing, as_is),)
    return () if zbar is None else (Pass("zbar half size", zbar, half),)


def in_turn(zxing: SymbolFinder | None, zbar: SymbolFinder | None) -> tuple[Turn, ...]:
    """Return the turns, of which a frame that `every_frame` could not read gets one: four at most, so that whatever
    can be read is read within four frames of about a thirtieth of a second.

    libzbar reads no light codes on dark, so without zxing it is shown the inverse as well.
    """
    if zbar is None:
        return () if zxing is None else (_enlarging(zxing), _evening(zxing))
    if zxing is None:
        inverted = Pass("zbar inverted half size", zbar, lambda picture: half(ImageOps.invert(picture)))
        return (
            (Pass("zbar adaptive", zbar, adaptive),),
            (Pass("zbar adaptive half size", zbar, adaptive_half), inverted),
            (Pass("zbar", zbar, as_is),),
            (Pass("zbar inverted adaptive", zbar, lambda picture: adaptive(ImageOps.invert(picture))),),
        )
    halves = (Pass("zbar half size", zbar, half), Pass("zbar adaptive half size", zbar, adaptive_half))
    return (
        (Pass("zbar adaptive", zbar, adaptive),),
        _enlarging(zxing),
        (*halves, *_evening(zxing)),
        (Pass("zbar", zbar, as_is),),
    )


def second_opinion(zxing: SymbolFinder | None, zbar: SymbolFinder | None) -> Turn:
    """Return the pass that is to read a code as well that a frame's first pass has read: the other library's quickest,
    1.6 ms, for codes from about a quarter of the picture's width; none with one library."""
    return (Pass("zbar half size", zbar, half),) if zxing is not None and zbar is not None else ()


def for_stills(zxing: SymbolFinder | None, zbar: SymbolFinder | None) -> Turn:
    """Return the passes that are too slow for a live picture, for a photograph that is all there is."""
    passes: list[Pass] = []
    if zxing is not None:
        passes += [Pass("zxing softened", zxing, softened), Pass("zxing without specks", zxing, without_specks)]
        passes += [Pass("zxing sharpened", zxing, sharpened), Pass("zxing triple size", zxing, triple)]
    if zbar is not None:
        passes += [Pass("zbar softened adaptive", zbar, softened_adaptive), Pass("zbar double size", zbar, double)]
    return tuple(passes)


def _enlarging(zxing: SymbolFinder) -> Turn:
    return Pass("zxing double size", zxing, double), Pass("zxing triple middle", zxing, middle_tripled)


def _evening(zxing: SymbolFinder) -> Turn:
    return Pass("zxing evened", zxing, evened), Pass("zxing outlined", zxing, outlined)


# Without a change of size.


def as_is(picture: Image.Image) -> Prepared:
    """The picture itself. For zxing the first look of all; for libzbar the last: photographs 68 %, and 23 of the 118
    hard frames, among them fine modules that every other pass of libzbar smears."""
    return Prepared(picture)


def adaptive(picture: Image.Image) -> Prepared:
    """Black where at least 7 levels darker than the mean of the 31 x 31 around: evens out light, shadow and glare.

    Photographs: libzbar alone 70 % instead of 68 %, in two thirds of the time, and zxing with it 82 % instead of 79 %.
    Of the hard frames 42 of 118. The window wants modules of at most 12 pixels.
    """
    return Prepared(_thresholded(picture, window=31, margin=7))


def evened(picture: Image.Image) -> Prepared:
    """Smoothed over 3 x 3, then a threshold from the 51 x 51 around: for zxing in hardly any light, 31 of the 118 hard
    frames. Its own threshold, from blocks of 8 x 8, takes the noise of dark areas for modules."""
    return Prepared(_thresholded(picture.filter(ImageFilter.BoxBlur(1)), window=51, margin=3))


def outlined(picture: Image.Image) -> Prepared:
    """A threshold that asks for 15 levels within 25 x 25: 31 of the 118 hard frames.

    Whatever is even turns white, a dark screen around a code too, which gives a code without a margin the one that the
    standard asks for.
    """
    return Prepared(_thresholded(picture, window=25, margin=15))


def softened(picture: Image.Image) -> Prepared:
    """Slightly blurred: scratches and cracks thinner than a module lose their edges. 18 of the 118 hard frames."""
    return Prepared(picture.filter(ImageFilter.GaussianBlur(1)))


def softened_adaptive(picture: Image.Image) -> Prepared:
    """Smoothed over 3 x 3, then as `adaptive`: for libzbar 47 of the 118 hard frames, most of which the live passes
    read too."""
    return Prepared(_thresholded(picture.filter(ImageFilter.BoxBlur(1)), window=31, margin=7))


def without_specks(picture: Image.Image) -> Prepared | None:
    """The median of the 5 x 5 around each pixel: cracks and specks vanish. None for a large picture: it is slow."""
    if 4 * picture.width * picture.height > MOST_PIXELS:
        return None
    return Prepared(picture.filter(ImageFilter.MedianFilter(5)))


# With a change of size.


def half(picture: Image.Image) -> Prepared:
    """Half the size, each pixel the mean of four, which evens out the noise of single pixels: codes with modules of 10
    pixels and noise of 12 levels are read at 100 % instead of 16 %. Of the hard frames 35 of 118."""
    return _resized(picture, max(1, picture.width // 2), max(1, picture.height // 2), Image.Resampling.BOX)


def adaptive_half(picture: Image.Image) -> Prepared:
    """Half the size, then a threshold from the 15 x 15 around: against noise and uneven light together, 44 of the 118
    hard frames in a third of the time of `adaptive`."""
    small = half(picture)
    return Prepared(_thresholded(small.picture, window=15, margin=5), 0.0, 0.0, small.across, small.down)


def double(picture: Image.Image) -> Prepared | None:
    """Twice the size, for modules of under two pixels; None for a large picture.

    Photographs: zxing 83 % instead of 79 %. Of the hard frames 34 of 118; drawn between pixels in straight lines, which
    reads as many as in curves (33) in two thirds of the time.
    """
    return _enlarged(picture, 2)


def middle_tripled(picture: Image.Image) -> Prepared | None:
    """The middle of the picture at three times the size; None for a large picture.

    The whole at three times the size reads 44 of the 118 hard frames, more than anything else here, but takes four
    times as long.
    """
    width, height = round(picture.width * MIDDLE), round(picture.height * MIDDLE)
    left, top = (picture.width - width) // 2, (picture.height - height) // 2
    large = _enlarged(picture.crop((left, top, left + width, top + height)), 3)
    return None if large is None else Prepared(large.picture, left, top, large.across, large.down)


def triple(picture: Image.Image) -> Prepared | None:
    """Three times the size; None for a large picture. 44 of the 118 hard frames."""
    return _enlarged(picture, 3)


def sharpened(picture: Image.Image) -> Prepared | None:
    """Twice the size and strongly sharpened, for a code out of focus; None for a large picture."""
    large = _enlarged(picture, 2)
    if large is None:
        return None
    clear = large.picture.filter(ImageFilter.UnsharpMask(radius=4, percent=200, threshold=0))
    return Prepared(clear, 0.0, 0.0, large.across, large.down)


def _bounded(picture: Image.Image) -> Prepared:
    times = math.ceil(math.sqrt(picture.width * picture.height / MOST_SEARCHED))
    if times <= 1:
        return Prepared(picture)
    small = picture.reduce(times)
    return Prepared(small, 0.0, 0.0, picture.width / small.width, picture.height / small.height)


def _thresholded(picture: Image.Image, window: int, margin: int) -> Image.Image:
    """Black where a pixel is at least `margin` levels darker than the mean of the square of side `window` around it."""
    mean = picture.filter(ImageFilter.BoxBlur(window // 2))
    return ImageChops.subtract(mean, picture).point([255] * margin + [0] * (256 - margin))


def _enlarged(picture: Image.Image, times: int) -> Prepared | None:
    width, height = picture.width * times, picture.height * times
    if width * height > MOST_PIXELS:
        return None
    return _resized(picture, width, height, Image.Resampling.BILINEAR)


def _resized(picture: Image.Image, width: int, height: int, how: Image.Resampling) -> Prepared:
    return Prepared(picture.resize((width, height), how), 0.0, 0.0, picture.width / width, picture.height / height)
