"""Whether a touch panel is connected, as the kernel lists its input devices."""

from __future__ import annotations

from pathlib import Path

from kiosk.health.findings import Finding, Subject, Verdict

DEVICES = Path("/proc/bus/input/devices")

_DIRECT = 1 << 1
"""INPUT_PROP_DIRECT of <linux/input-event-codes.h>: what is touched lies under the finger, as on a display."""

_AIM = "How far from a finger it counts is measured on the glass: staff corner, Display test."


def judge_touch(devices: Path = DEVICES) -> list[Finding]:
    """The panels that are there. Nothing is said where the kernel lists no devices at all."""
    try:
        blocks = devices.read_text(errors="replace").split("\n\n")
    except OSError:
        return []
    names = [_name(block) for block in blocks if _properties(block) & _DIRECT]
    if names:
        return [Finding(Subject.GLASS, "touch", Verdict.WELL, f"{', '.join(names)} is connected. {_AIM}")]
    said = "No touch panel is connected: a keyboard works everywhere, a finger nowhere."
    return [
        Finding(Subject.GLASS, "touch", Verdict.NOTE, said, "Check the panel's cable; see 'libinput list-devices'.")
    ]


def _name(block: str) -> str:
    return _field(block, 'N: Name="').rstrip('"') or "A panel without a name"


def _properties(block: str) -> int:
    try:
        return int(_field(block, "B: PROP="), 16)
    except ValueError:
        return 0


def _field(block: str, begins: str) -> str:
    return next((line.removeprefix(begins) for line in block.splitlines() if line.startswith(begins)), "")
