"""The ways of preparing a picture for a decoder. Each reads codes that the others miss.

Chosen by measurement on a thousand photographs and on drawn codes: local thresholds help against uneven light, a half
size against the noise of single pixels, a double size against small modules, an inverse for decoders that read dark on
light only. Equalising, sharpening a sharp picture and global thresholds lose more codes than they win.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PIL import Image, ImageChops, ImageFilter, ImageOps

from kiosk.sensors.symbol import Point, Symbol, SymbolFinder

WINDOW = 31
"""Side of the square, in pixels, whose mean is the local threshold: at most about two and a half large modules."""

MARGIN = 7
"""A pixel is dark when it is at least this much darker than the mean around it; flat areas stay white."""

MOST_PIXELS = 6_000_000
"""Nothing is enlarged past so many: a large picture has large modules, and the time grows with it."""


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
    prepare: Callable[[Image.Image], Image.Image | None]

    def find(self, picture: Image.Image) -> list[Symbol]:
        """Return the codes in `picture` (mode L), their corners in its own pixels."""
        prepared = self.prepare(picture)
        if prepared is None:
            return []
        across, down = picture.width / prepared.width, picture.height / prepared.height
        found = self.finder.find(prepared.tobytes(), prepared.width, prepared.height)
        return [Symbol(symbol.payload, _scaled(symbol.corners, across, down)) for symbol in found]


def every_frame(zxing: SymbolFinder | None) -> tuple[Pass, ...]:
    """Return the passes cheap enough for every frame."""
    return () if zxing is None else (Pass("zxing", zxing, as_is),)


def in_turn(zxing: SymbolFinder | None, zbar: SymbolFinder | None) -> tuple[Pass, ...]:
    """Return the deeper passes, of which a frame that `every_frame` could not read gets one.

    zbar reads no light codes on dark, so without zxing it is shown the inverse as well.
    """
    passes: list[Pass] = []
    if zbar is not None and zxing is not None:
        passes += [Pass("zbar adaptive", zbar, adaptive), Pass("zbar half size", zbar, half)]
        passes += [Pass("zxing double size", zxing, double), Pass("zbar", zbar, as_is)]
    elif zbar is not None:
        passes += [Pass("zbar half size", zbar, half), Pass("zbar adaptive", zbar, adaptive), Pass("zbar", zbar, as_is)]
        passes += [Pass("zbar inverted half size", zbar, lambda picture: half(ImageOps.invert(picture)))]
        passes += [Pass("zbar inverted adaptive", zbar, lambda picture: adaptive(ImageOps.invert(picture)))]
    elif zxing is not None:
        passes += [Pass("zxing double size", zxing, double)]
    return tuple(passes)


def for_stills(zxing: SymbolFinder | None, zbar: SymbolFinder | None) -> tuple[Pass, ...]:
    """Return the passes that are too slow for a live picture, for a photograph that is all there is."""
    passes: list[Pass] = []
    if zxing is not None:
        passes += [Pass("zxing softened", zxing, softened), Pass("zxing without specks", zxing, without_specks)]
        passes += [Pass("zxing sharpened", zxing, sharpened), Pass("zxing triple size", zxing, triple)]
    if zbar is not None:
        passes += [Pass("zbar double size", zbar, double)]
    return tuple(passes)


def as_is(picture: Image.Image) -> Image.Image:
    """The picture itself."""
    return picture


def half(picture: Image.Image) -> Image.Image:
    """Half the size, each pixel the mean of four: evens out the noise of single pixels."""
    return picture.resize((max(1, picture.width // 2), max(1, picture.height // 2)), Image.Resampling.BOX)


def double(picture: Image.Image) -> Image.Image | None:
    """Twice the size, for modules of under two pixels; None for a large picture."""
    return _enlarged(picture, 2)


def triple(picture: Image.Image) -> Image.Image | None:
    """Three times the size; None for a large picture. Also reads some codes behind bands of light."""
    return _enlarged(picture, 3)


def adaptive(picture: Image.Image) -> Image.Image:
    """Black where a pixel is darker than the mean of the 31 x 31 around it, else white: evens out light and shadow."""
    mean = picture.filter(ImageFilter.BoxBlur(WINDOW // 2))
    return ImageChops.subtract(mean, picture).point([255] * MARGIN + [0] * (256 - MARGIN))


def softened(picture: Image.Image) -> Image.Image:
    """Slightly blurred: scratches and cracks thinner than a module lose their edges."""
    return picture.filter(ImageFilter.GaussianBlur(1))


def without_specks(picture: Image.Image) -> Image.Image | None:
    """The median of the 5 x 5 around each pixel: cracks and specks vanish. None for a large picture: it is slow."""
    if 4 * picture.width * picture.height > MOST_PIXELS:
        return None
    return picture.filter(ImageFilter.MedianFilter(5))


def sharpened(picture: Image.Image) -> Image.Image | None:
    """Twice the size and strongly sharpened, for a code out of focus; None for a large picture."""
    enlarged = double(picture)
    return None if enlarged is None else enlarged.filter(ImageFilter.UnsharpMask(radius=4, percent=200, threshold=0))


def _enlarged(picture: Image.Image, times: int) -> Image.Image | None:
    size = (picture.width * times, picture.height * times)
    return None if size[0] * size[1] > MOST_PIXELS else picture.resize(size, Image.Resampling.BICUBIC)


def _scaled(corners: tuple[Point, ...], across: float, down: float) -> tuple[Point, ...]:
    return tuple((x * across, y * down) for x, y in corners)
