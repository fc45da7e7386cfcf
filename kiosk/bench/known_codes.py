"""Photographs of QR codes with known contents, as the kiosk's camera would see them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from PIL import Image

from kiosk.bench.figures import BenchFailed
from kiosk.desk.frames import Frame
from kiosk.sensors.decoder import LONGEST_PAYLOAD
from kiosk.sensors.picture_files import picture_files
from kiosk.sensors.pictures import PictureError, fit, open_grey, surround, to_frame

SIZE = (640, 480)
"""The frames that the kiosk reads codes in."""

_ENCODINGS = ("utf-8", "latin-1", "shift_jis", "gb18030")
"""What texts in QR codes are written in: nothing in the code says which, so any of them may give the known text."""


@dataclass(frozen=True, slots=True)
class KnownCode:
    """A photograph and what its code says.

    Attributes:
        file: Where it came from.
        frame: 640 x 480: upright pictures turned on their side, shrunk to fit, never enlarged, and mid grey around.
        content: The bytes of the code, or its text in UTF-8. Empty when there is no code in it.
    """

    file: Path
    frame: Frame
    content: bytes

    def is_said_by(self, payload: bytes) -> bool:
        """Whether a payload is the content, in whichever encoding the code is written, or as much of it as the kiosk
        keeps of a live frame."""
        if payload in (self.content, self.content.rstrip(b"\r\n")):
            return True
        known, is_cut = self.content.decode("utf-8", "replace").strip(), len(payload) == LONGEST_PAYLOAD
        texts = (payload.decode(encoding, "ignore").strip() for encoding in _ENCODINGS)
        return any(known.startswith(text) if is_cut else known == text for text in texts)


def known_codes(folder: Path) -> Iterator[KnownCode]:
    """Yield the pictures of `folder` and its folders beside which a file of the same name tells the content: `.bin` the
    bytes, or `.txt` the text in UTF-8. An empty one says that there is no code. Other pictures are passed over.

    Raises:
        BenchFailed: A picture or its content cannot be read, or there are none.
    """
    any_found = False
    for file in picture_files([folder]):
        told = next((beside for beside in map(file.with_suffix, (".bin", ".txt")) if beside.is_file()), None)
        if told is None:
            continue
        try:
            yield KnownCode(file, _frame(open_grey(file, (2 * SIZE[0], 2 * SIZE[0]))), told.read_bytes())
        except PictureError as error:
            raise BenchFailed(f"{file}: {error}") from error
        except OSError as error:
            raise BenchFailed(f"{told}: {error.strerror}") from error
        any_found = True
    if not any_found:
        raise BenchFailed(f"{folder} holds no picture with a .txt or .bin of the same name that tells its content")


def _frame(picture: Image.Image) -> Frame:
    if picture.height > picture.width:
        picture = picture.transpose(Image.Transpose.ROTATE_90)
    return to_frame(surround(fit(picture, *SIZE), *SIZE), at=0.0)
