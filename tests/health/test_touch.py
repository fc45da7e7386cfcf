"""The touch panel, from a list as the kernel keeps it."""

from __future__ import annotations

from pathlib import Path

from kiosk.health.findings import Finding, Verdict
from kiosk.health.touch import judge_touch

KEYBOARD = 'I: Bus=0003 Vendor=046d Product=c31c Version=0110\nN: Name="USB Keyboard"\nB: PROP=0\nB: EV=120013\n'
PANEL = 'I: Bus=0018 Vendor=0000 Product=0000 Version=0000\nN: Name="generic ft5x06 (79)"\nB: PROP=2\nB: EV=b\n'


def judged(folder: Path, *blocks: str) -> Finding:
    file = folder / "devices"
    file.write_text("\n".join(blocks))
    (found,) = judge_touch(file)
    return found


def test_a_panel_is_named_with_the_place_where_its_aim_is_measured(tmp_path: Path) -> None:
    found = judged(tmp_path, KEYBOARD, PANEL)

    assert found.verdict is Verdict.WELL
    assert found.said.startswith("generic ft5x06 (79) is connected.")
    assert "Display test" in found.said


def test_a_device_without_a_panel_is_worth_knowing(tmp_path: Path) -> None:
    found = judged(tmp_path, KEYBOARD, "B: PROP=nonsense\n")

    assert found.verdict is Verdict.NOTE
    assert "cable" in found.cure


def test_nothing_is_said_where_the_kernel_lists_nothing(tmp_path: Path) -> None:
    assert judge_touch(tmp_path / "gone") == []
