from __future__ import annotations

from datetime import time
from pathlib import Path

import pytest

from kiosk.service.backlight import KernelBacklight, Night, NoBacklight, choose_backlight

OVER_MIDNIGHT = Night(time(22), time(6), 15)
BY_DAY = Night(time(13), time(14), 40)


def panel(folder: Path, name: str = "10-0045", most: str = "31\n") -> Path:
    """A backlight as the kernel shows it."""
    light = folder / name
    light.mkdir()
    (light / "max_brightness").write_text(most)
    (light / "brightness").write_text("31\n")
    return light


@pytest.mark.parametrize(
    ("night", "now", "percent"),
    [
        (OVER_MIDNIGHT, time(21, 59), 100),
        (OVER_MIDNIGHT, time(22, 0), 15),
        (OVER_MIDNIGHT, time(3, 0), 15),
        (OVER_MIDNIGHT, time(6, 0), 100),
        (BY_DAY, time(13, 30), 40),
        (BY_DAY, time(14, 0), 100),
        (Night(time(22), time(22), 15), time(22, 0), 100),
    ],
)
def test_the_display_is_dimmed_from_one_time_of_day_until_another(night: Night, now: time, percent: int) -> None:
    assert night.brightness(now, untouched=3600) == percent


def test_a_touch_makes_it_bright_for_a_minute() -> None:
    assert OVER_MIDNIGHT.brightness(time(23), untouched=0.0) == 100
    assert OVER_MIDNIGHT.brightness(time(23), untouched=59.0) == 100
    assert OVER_MIDNIGHT.brightness(time(23), untouched=60.0) == 15


@pytest.mark.parametrize(("percent", "written"), [(100, "31"), (15, "5"), (1, "1")])
def test_brightness_is_written_in_the_panels_own_measure_and_is_never_off(
    tmp_path: Path, percent: int, written: str
) -> None:
    light = panel(tmp_path)
    choose_backlight(tmp_path).shine(percent)

    assert (light / "brightness").read_text() == written


def test_a_display_without_a_light_that_can_be_set_stays_as_it_is(tmp_path: Path) -> None:
    panel(tmp_path, most="what\n")

    assert isinstance(choose_backlight(tmp_path), NoBacklight)
    assert isinstance(choose_backlight(tmp_path / "absent"), NoBacklight)


def test_the_first_that_can_be_used_is_taken(tmp_path: Path) -> None:
    panel(tmp_path, "a", most="")
    panel(tmp_path, "b")

    assert isinstance(choose_backlight(tmp_path), KernelBacklight)
