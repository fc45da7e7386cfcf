"""How the device itself is: heat, power, and how long its card takes to keep something.

The files are those of the kernel on a Raspberry Pi; where one is not there, nothing is said of what it would tell.
"""

from __future__ import annotations

import errno
import os
import tempfile
import time
from pathlib import Path

from kiosk.health.findings import Finding, Subject, Verdict

HOT, TOO_HOT = 70.0, 80.0
"""Degrees Celsius. From 80 on a Raspberry Pi slows itself down."""

SLOW, TOO_SLOW = 0.05, 0.5
"""Seconds that keeping a small file may take; a check-in waits for it before it is answered."""

WRITES = 10
"""How often it is tried. The slowest counts: a person meets it sooner or later."""

_POWER_NOW, _SLOWED_NOW, _POWER_ONCE = 1 << 0, 1 << 2, 1 << 16
"""Bits of `get_throttled`, as the Raspberry Pi documents them."""

_CURES = {
    errno.EROFS: "A worn card turns read-only, and until the next start nothing can be written: replace the card.",
    errno.EIO: "The card is failing: replace it.",
    errno.ENOSPC: "Free some room on it; see 'df -h' and 'journalctl --disk-usage'.",
    errno.EACCES: "Ask as the kiosk's own user; if this is that user, give it the folder.",
}
_OTHER_CURE = "See what is said of the state below."

_POWER_CURE = "Use the power supply made for this Raspberry Pi, and a short, thick cable."


def judge_device(root: Path = Path("/")) -> list[Finding]:
    """Heat, power and the wear of the card, from the kernel's files below `root`."""
    return [*_heat(root), *_power(root), *_wear(root)]


def temperature(root: Path = Path("/")) -> float | None:
    """The hottest place that the device knows of, in degrees Celsius; None where it has no thermometer."""
    told = [_number(file) for file in sorted(root.glob("sys/class/thermal/thermal_zone*/temp"))]
    return max((value / 1000 for value in told if value is not None), default=None)


def has_too_little_power(root: Path = Path("/")) -> bool | None:
    """Whether the voltage is too low at this moment; None where the device cannot tell."""
    bits = _throttled(root)
    return None if bits is None else bool(bits & _POWER_NOW)


def judge_writing(folder: Path) -> Finding:
    """How long it takes to keep something for good. Writes small files in the folder, and removes them."""
    try:
        longest = max(_time_to_keep(folder) for _ in range(WRITES))
    except OSError as error:
        said = f"Nothing can be kept in {folder}: {error.strerror}."
        return Finding(Subject.DEVICE, "writing", Verdict.WRONG, said, _CURES.get(error.errno or 0, _OTHER_CURE))
    said = f"Keeping a small file took up to {longest * 1000:.0f} ms."
    if longest >= TOO_SLOW:
        return Finding(Subject.DEVICE, "writing", Verdict.WRONG, said, "The card is worn or slow: replace it.")
    if longest >= SLOW:
        cure = "A card of class A2 answers sooner. If this grows from month to month, replace the card."
        return Finding(Subject.DEVICE, "writing", Verdict.NOTE, said, cure)
    return Finding(Subject.DEVICE, "writing", Verdict.WELL, said)


def _time_to_keep(folder: Path) -> float:
    with tempfile.NamedTemporaryFile(prefix=".doctor-", dir=folder) as file:
        begun = time.monotonic()
        file.write(bytes(4096))
        file.flush()
        os.fdatasync(file.fileno())
        return time.monotonic() - begun


def _heat(root: Path) -> list[Finding]:
    degrees = temperature(root)
    if degrees is None:
        return []
    said = f"It is {degrees:.0f} degrees Celsius warm."
    if degrees >= TOO_HOT:
        cure = "It slows itself down. Give it air: move it away from the back of the display, or add a heat sink."
        return [Finding(Subject.DEVICE, "heat", Verdict.WRONG, said, cure)]
    verdict = Verdict.NOTE if degrees >= HOT else Verdict.WELL
    return [Finding(Subject.DEVICE, "heat", verdict, said, "Give it more air." if verdict is Verdict.NOTE else "")]


def _power(root: Path) -> list[Finding]:
    bits = _throttled(root)
    if bits is None:
        return []
    if bits & _POWER_NOW:
        return [Finding(Subject.DEVICE, "power", Verdict.WRONG, "The voltage is too low at this moment.", _POWER_CURE)]
    if bits & _POWER_ONCE:
        said = "The voltage has been too low since the device was started."
        return [Finding(Subject.DEVICE, "power", Verdict.NOTE, said, _POWER_CURE)]
    if bits & _SLOWED_NOW:
        return [Finding(Subject.DEVICE, "power", Verdict.NOTE, "The processor is slowed down.", "See the heat above.")]
    return [Finding(Subject.DEVICE, "power", Verdict.WELL, "The voltage has been high enough since the start.")]


def _throttled(root: Path) -> int | None:
    for file in sorted(root.glob("sys/devices/platform/soc*/soc*:firmware/get_throttled")):
        if (value := _number(file, base=16)) is not None:
            return value
    alarm = [_number(file) for file in sorted(root.glob("sys/class/hwmon/hwmon*/in0_lcrit_alarm"))]
    return max((int(value) * _POWER_NOW for value in alarm if value is not None), default=None)


def _wear(root: Path) -> list[Finding]:
    """A card with an eMMC tells how much of its life is used, in tenths; an SD card tells nothing."""
    for file in sorted(root.glob("sys/block/mmcblk*/device/life_time")):
        try:
            tenths = max(int(word, 16) for word in file.read_text().split())
        except (OSError, ValueError):
            continue
        said = f"About {max(tenths - 1, 0) * 10} to {tenths * 10} percent of the card's life are used."
        if tenths >= 10:
            return [Finding(Subject.DEVICE, "wear", Verdict.WRONG, said, "Replace it soon.")]
        verdict = Verdict.NOTE if tenths >= 8 else Verdict.WELL
        return [Finding(Subject.DEVICE, "wear", verdict, said, "Plan to replace it." if tenths >= 8 else "")]
    return []


def _number(file: Path, base: int = 10) -> int | None:
    try:
        return int(file.read_text().strip(), base)
    except (OSError, ValueError):
        return None
