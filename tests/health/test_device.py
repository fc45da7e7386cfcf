"""Heat, power and the card, from files as the kernel of a Raspberry Pi keeps them."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from kiosk.health.device import has_too_little_power, judge_device, judge_writing, temperature
from kiosk.health.findings import Verdict

HEAT = "sys/class/thermal/thermal_zone0/temp"
POWER = "sys/devices/platform/soc/soc:firmware/get_throttled"
WEAR = "sys/block/mmcblk0/device/life_time"


def device(root: Path, **files: str) -> dict[str, tuple[Verdict, str]]:
    """What is said of a device with these files."""
    for name, content in files.items():
        file = root / {"heat": HEAT, "power": POWER, "wear": WEAR}[name]
        file.parent.mkdir(parents=True)
        file.write_text(content)
    return {finding.about: (finding.verdict, finding.said) for finding in judge_device(root)}


@pytest.mark.parametrize(
    ("told", "verdict"), [("45123\n", Verdict.WELL), ("72000\n", Verdict.NOTE), ("81000\n", Verdict.WRONG)]
)
def test_heat_is_told_in_degrees_and_wrong_where_the_device_slows_itself_down(
    tmp_path: Path, told: str, verdict: Verdict
) -> None:
    found, said = device(tmp_path, heat=told)["heat"]
    assert found is verdict
    assert f"{round(int(told) / 1000)} degrees" in said
    assert temperature(tmp_path) == int(told) / 1000


@pytest.mark.parametrize(
    ("told", "verdict"),
    [("0\n", Verdict.WELL), ("50000\n", Verdict.NOTE), ("50005\n", Verdict.WRONG), ("4\n", Verdict.NOTE)],
    ids=["never", "once", "now", "slowed"],
)
def test_too_little_power_is_wrong_now_and_a_note_afterwards(tmp_path: Path, told: str, verdict: Verdict) -> None:
    assert device(tmp_path, power=told)["power"][0] is verdict
    assert has_too_little_power(tmp_path) is (verdict is Verdict.WRONG)


@pytest.mark.parametrize(
    ("told", "verdict"), [("0x01 0x02\n", Verdict.WELL), ("0x01 0x08\n", Verdict.NOTE), ("0x0b 0x01\n", Verdict.WRONG)]
)
def test_the_life_of_a_card_that_tells_it_is_told(tmp_path: Path, told: str, verdict: Verdict) -> None:
    assert device(tmp_path, wear=told)["wear"][0] is verdict


def test_nothing_is_said_of_what_the_device_does_not_tell(tmp_path: Path) -> None:
    assert device(tmp_path) == {}
    assert device(tmp_path, heat="warm", power="", wear="?") == {}
    assert temperature(tmp_path) is None
    assert has_too_little_power(tmp_path) is None


def test_what_was_written_to_try_the_card_is_gone_afterwards(tmp_path: Path) -> None:
    assert judge_writing(tmp_path).about == "writing"
    assert not list(tmp_path.iterdir())


def test_a_card_that_takes_nothing_is_wrong(tmp_path: Path) -> None:
    assert judge_writing(tmp_path / "gone").verdict is Verdict.WRONG


@pytest.mark.parametrize(
    ("number", "cure"), [(errno.EROFS, "replace the card"), (errno.EIO, "replace it"), (errno.ENOSPC, "Free some room")]
)
def test_each_way_in_which_a_card_refuses_has_its_cure(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int, cure: str
) -> None:
    # No test may break a disk, so the answer of the kernel is what it gives for one that is.
    def refuse(_file: int) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(os, "fdatasync", refuse)
    found = judge_writing(tmp_path)
    assert found.verdict is Verdict.WRONG
    assert cure in found.cure
