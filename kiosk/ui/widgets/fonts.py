"""The fonts for large text: which the machine has, and which of them has the letters of a name.

A kiosk is set up with Inter, and WenQuanYi Micro Hei for Chinese, Japanese and Korean. Whatever is missing, the next
best is taken; with no font installed there is Pillow's own, which has plain Latin letters.
"""

from __future__ import annotations

import os
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

from PIL import ImageFont

DIRECTORIES = (
    Path("/usr/share/fonts"),
    Path("/usr/local/share/fonts"),
    Path("~/.local/share/fonts"),
    Path("/System/Library/Fonts"),
    Path("/Library/Fonts"),
)
"""Where fonts are looked for."""

PREFERRED = (
    "Inter-Bold",
    "OpenSans-Bold",
    "NotoSans-Bold",
    "DejaVuSans-Bold",
    "LiberationSans-Bold",
    "Verdana Bold",
    "Arial Bold",
    "FreeSansBold",
    "NotoSansCJK-Bold",
    "wqy-microhei",
    "DroidSansFallbackFull",
    "wqy-zenhei",
    "PingFang",
    "NotoSansHebrew-Bold",
    "NotoSansArabic-Bold",
    "NotoSansDevanagari-Bold",
    "NotoSansBengali-Bold",
    "NotoSansTamil-Bold",
    "NotoSansThai-Bold",
    "NotoSansArmenian-Bold",
    "NotoSansGeorgian-Bold",
    "Arial Unicode",
)
"""Names of font files without their endings, the preferred ones first."""

_PILLOWS_OWN = ""

_ABSENT = "\U0010ffff"
"""A code point that is no character: every font answers with its sign for a missing letter."""

_SAMPLE = 1000
"""The size at which a font is measured, in pixels."""


@dataclass(frozen=True, slots=True)
class Face:
    """One font.

    Attributes:
        path: Its file; empty for Pillow's own.
    """

    path: str

    def with_capitals(self, height: int) -> ImageFont.FreeTypeFont:
        """Return the font at the size at which an H is `height` pixels high."""
        return _open(self.path, max(1, round(_SAMPLE * height / _height_of_h(self.path))))

    def has(self, character: str) -> bool:
        """Return whether the font draws `character` itself and not its sign for a missing one."""
        return _has(self.path, character)


def faces_in(directories: Iterable[Path]) -> tuple[Face, ...]:
    """Return the usable fonts below `directories`, the preferred ones first; Pillow's own is always the last."""
    files: dict[str, str] = {}
    for directory in directories:
        for folder, _, names in os.walk(directory.expanduser()):
            for name in names:
                stem, ending = os.path.splitext(name)
                if ending.lower() in {".ttf", ".otf", ".ttc"}:
                    files.setdefault(stem, os.path.join(folder, name))
    found = [*(files[name] for name in PREFERRED if name in files), _PILLOWS_OWN]
    return tuple(Face(path) for path in found if _opens(path))


@cache
def installed_faces() -> tuple[Face, ...]:
    """Return the fonts of this machine. The first call walks through the font folders, for some milliseconds."""
    return faces_in(DIRECTORIES)


def faces_for(text: str, faces: tuple[Face, ...]) -> tuple[Face, ...] | None:
    """Return the face for each character of `text`, or None where a character is in none.

    One face for the whole text if there is one, since a name in two styles looks wrong; else the best for each letter.
    """
    needed = {character for character in text if unicodedata.category(character) not in {"Zs", "Cf"}}
    for face in faces:
        if all(map(face.has, needed)):
            return (face,) * len(text)
    chosen: dict[str, Face] = {}
    for character in needed:
        able = next((face for face in faces if face.has(character)), None)
        if able is None:
            return None
        chosen[character] = able
    return tuple(chosen.get(character, faces[0]) for character in text)


def _opens(path: str) -> bool:
    try:
        return _height_of_h(path) > 0
    except OSError:
        return False


@lru_cache(maxsize=64)
def _height_of_h(path: str) -> int:
    return -round(_open(path, _SAMPLE).getbbox("H", anchor="ls")[1])


@lru_cache(maxsize=128)
def _open(path: str, size: int) -> ImageFont.FreeTypeFont:
    if path != _PILLOWS_OWN:
        return ImageFont.truetype(path, size)
    font = ImageFont.load_default(size)
    if not isinstance(font, ImageFont.FreeTypeFont):
        raise OSError("this Pillow is built without FreeType")
    return font


@lru_cache(maxsize=4096)
def _has(path: str, character: str) -> bool:
    font = _open(path, 24)
    return bytes(font.getmask(character)) != bytes(font.getmask(_ABSENT))
