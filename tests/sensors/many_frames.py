"""A process that looks at very many frames and tells how its memory grew.

`python -m tests.sensors.many_frames COUNT`.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator
from itertools import cycle, islice
from pathlib import Path
from random import Random

from PIL import Image, ImageOps

from kiosk.desk.frames import Frame
from kiosk.sensors.decoder import Decoder
from kiosk.sensors.pictures import fit, surround, to_frame
from tests.sensors.codes import draw, turned
from tests.sensors.spoiling import grainy

SIZE = (160, 120)
"""Small, so that there can be many; what would be kept of a frame by mistake grows with them all the same."""


def frames() -> Iterator[Frame]:
    """All kinds in turn, over and over: codes, inverted and broken ones, noise, and an empty wall."""
    code, chance = draw("NX-visit-7Q2f9K", 3), Random(11)  # any seed: the noise only has to be the same each time
    broken = code.copy()
    broken.paste(200, (40, 40, 75, 65))
    pictures = [code, ImageOps.invert(code), broken, turned(code, 30), Image.new("L", (9, 9), 128)]
    shown = [surround(fit(picture, *SIZE), *SIZE) for picture in pictures]
    shown += [grainy(picture, 40, chance) for picture in shown]
    return cycle([to_frame(picture, 0.0) for picture in shown])


def resident_bytes() -> int:
    """The memory that this process holds."""
    return int(Path("/proc/self/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")


def main(count: int) -> None:
    """Look at so many frames, and measure from when a fifth is done: until then caches fill and the heap settles."""
    decoder, read, settled, seen = Decoder(), 0, 0, frames()
    for share in (count // 5, count - count // 5):
        settled = resident_bytes()
        read += sum(decoder.look(frame).reading is not None for frame in islice(seen, share))
    json.dump({"frames": count, "read": read, "grown_kib": (resident_bytes() - settled) // 1024}, sys.stdout)


if __name__ == "__main__":
    main(int(sys.argv[1]))
