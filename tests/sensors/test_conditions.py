"""How many drawn phones and sheets of paper are read under each condition, beside each decoder alone.

With `--long` a hundred frames of each are drawn, and the table is printed.
"""

from __future__ import annotations

import importlib
import sys
from dataclasses import dataclass, replace
from typing import Any

import pytest

from kiosk.sensors.decoder import Decoder
from kiosk.sensors.zxing import ZxingFinder
from tests.sensors.renderings import CONDITIONS, Taken, taken

pyzbar: Any = importlib.import_module("pyzbar.pyzbar")  # by name, since it has no type information

FRAMES = 5
"""For so many frames, a sixth of a second, a code is held up."""

HARD = {
    "badly out of focus": 92,
    "hardly any light": 94,
    "no margin on a dark screen": 70,
    "glare": 95,
    "strong glare": 70,
    "bands": 70,
    "curved paper": 74,
    "stained": 90,
    "badly cracked": 80,
    "everything at once": 84,
}
"""Conditions that hide or bend part of the code, and how many in a hundred are to be read, a little under what was
measured; zxing alone reads 56 of them and the kiosk 85. Of all others at least 99 are."""


@dataclass(frozen=True, slots=True)
class Row:
    """What became of one condition's frames."""

    frames: int
    kiosk: int = 0
    zxing: int = 0
    pyzbar: int = 0

    def percent(self, read: int) -> float:
        return 100 * read / self.frames


class Readers:
    """The kiosk's decoder, and each library by itself."""

    def __init__(self) -> None:
        self._decoder, self._zxing = Decoder(), ZxingFinder()

    def read_by_kiosk(self, shot: Taken) -> bool:
        looks = (self._decoder.read(shot.frame) for _ in range(FRAMES))
        texts = [reading.text for reading in looks if reading is not None]
        assert set(texts) <= {shot.text}, "another text than the code's was read"
        return bool(texts)

    def read_by_zxing(self, shot: Taken) -> bool:
        found = self._zxing.find(shot.frame.grey, shot.frame.width, shot.frame.height)
        return shot.text.encode() in {symbol.payload for symbol in found}

    def read_by_pyzbar(self, shot: Taken) -> bool:
        grey = (shot.frame.grey, shot.frame.width, shot.frame.height)
        found = pyzbar.decode(grey, symbols=[pyzbar.ZBarSymbol.QRCODE])
        return shot.text.encode() in {symbol.data for symbol in found}


def table(frames: int) -> dict[str, Row]:
    readers, rows = Readers(), {}
    for condition in CONDITIONS:
        row = Row(frames)
        for shot in taken(condition, frames):
            row = replace(
                row,
                kiosk=row.kiosk + readers.read_by_kiosk(shot),
                zxing=row.zxing + readers.read_by_zxing(shot),
                pyzbar=row.pyzbar + readers.read_by_pyzbar(shot),
            )
        rows[condition] = row
    return rows


def printed(rows: dict[str, Row]) -> str:
    everything = Row(
        *(sum(getattr(row, name) for row in rows.values()) for name in ("frames", "kiosk", "zxing", "pyzbar"))
    )
    lines = [f"\n{'read of a hundred':32}{'kiosk':>8}{'zxing':>8}{'pyzbar':>8}"]
    for condition, row in {**rows, "all": everything}.items():
        shares = (row.percent(read) for read in (row.kiosk, row.zxing, row.pyzbar))
        lines.append(f"{condition:32}" + "".join(f"{share:8.1f}" for share in shares))
    return "\n".join(lines)


def test_phones_and_paper_are_read_as_people_hold_them(
    request: pytest.FixtureRequest, capsys: pytest.CaptureFixture[str]
) -> None:
    long = request.config.getoption("--long")
    rows = table(100 if long else 3)
    if long:
        with capsys.disabled():
            sys.stdout.write(printed(rows) + "\n")
    # Of a few frames of a hard condition one may be missed by chance; they are judged together.
    too_few = {
        condition: row
        for condition, row in rows.items()
        if (long or condition not in HARD) and row.percent(row.kiosk) < HARD.get(condition, 99)
    }
    assert too_few == {}
    hard = [row for condition, row in rows.items() if condition in HARD]
    read, alone = (sum(getattr(row, name) for row in hard) for name in ("kiosk", "zxing"))
    assert read >= 0.7 * sum(row.frames for row in hard)
    assert read > alone
    assert [condition for condition, row in rows.items() if row.kiosk < max(row.zxing, row.pyzbar)] == []
