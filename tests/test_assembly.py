"""What is said when the parts are put together and the kiosk starts."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from kiosk.assembly import open_kiosk, open_state
from kiosk.desk.directory import MemberListing
from kiosk.settings import Settings
from tests.desk.samples import NINE, member
from tests.road import settings_for


def crowd(count: int) -> Sequence[MemberListing]:
    """So many members with PINs of five digits."""
    return [MemberListing(member(number, f"Guest Number{number}"), f"7{number:04d}") for number in range(1, count + 1)]


def kiosk_with(members: int, folder: Path) -> Settings:
    """The settings of a kiosk that has been set up, with its line down."""
    settings = settings_for(folder, "http://127.0.0.1:9")
    with open_state(settings) as state:
        state.sites.save(replace(state.site, business_id=7, name="The Yard"))
        state.directory.replace_members(crowd(members), NINE)
    return settings


@pytest.mark.parametrize(("members", "times"), [(100, 0), (101, 1)])
def test_pins_that_are_easily_guessed_are_logged_once_at_the_start_and_nobody_is_named(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, members: int, times: int
) -> None:
    caplog.set_level(logging.INFO, "kiosk")

    with open_kiosk(kiosk_with(members, tmp_path)):
        pass

    said = [record.getMessage() for record in caplog.records if "guess" in record.getMessage()]
    assert len(said) == times
    assert all("101 members have PINs of 5 digits, where one guess in 990 hits somebody" in line for line in said)
    assert "Guest" not in caplog.text
    assert "70001" not in caplog.text
