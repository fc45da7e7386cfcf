"""The doctor of the staff corner, on the glass."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from kiosk.desk.doctor import Condition, Examined
from kiosk.examination.staff_doctor import examined
from kiosk.health.findings import Finding, Subject, Verdict
from kiosk.ui.screens.staff.doctor import DoctorPage
from kiosk.ui.widgets.findings import Findings
from tests.ui.staffed import UPRIGHT, WIDE, StaffedLobby

SET_IT = "See 'timedatectl'."
FOUND = [
    *(Examined(f"permissions: {number}", Condition.WELL, "Granted.") for number in range(20)),
    Examined("camera: picture", Condition.NOTE, "There is no [camera], so codes are typed."),
    Examined("clock: set", Condition.WRONG, "The clock has not been set.", SET_IT),
]


class SlowDoctor:
    """Looks for as long as a test wants."""

    def __init__(self) -> None:
        self.done = asyncio.Event()
        self.found = FOUND

    async def examine(self) -> list[Examined]:
        await self.done.wait()
        return self.found


@pytest.mark.parametrize("size", [WIDE, UPRIGHT], ids=["wide", "upright"])
async def test_what_is_wrong_is_told_first_with_its_cure_and_looked_at_again_once_it_is_mended(
    tmp_path: Path, size: tuple[int, int]
) -> None:
    lobby, doctor = StaffedLobby(tmp_path, size=size), SlowDoctor()
    async with lobby.open():
        page = DoctorPage(doctor)
        await lobby.app.push_screen(page)
        await lobby.settle()
        assert lobby.said("#about").startswith("Looking at every part.")
        assert not page.query_one("#again").visible, "one look at a time"

        doctor.done.set()
        await lobby.read()

        assert lobby.said("#about") == "1 part needs you."
        lines = str(page.query_one(Findings).content).splitlines()
        assert lines[0].startswith("▲  clock: set")
        assert SET_IT in " ".join(line.strip() for line in lines[1:3])
        assert "[camera]" in "\n".join(lines)
        await lobby.touch("#more")
        assert lobby.said("#hint").startswith("Page 2 of ")
        for choice in page.query("#foot Choice"):
            assert page.region.contains_region(choice.region)

        doctor.found = FOUND[:-1]
        await lobby.do("#again")
        assert lobby.said("#about") == "All is well with this kiosk."
        assert lobby.corner.acts.count("doctor") == 2


async def test_who_has_left_the_page_is_not_waited_for(tmp_path: Path) -> None:
    lobby, doctor = StaffedLobby(tmp_path), SlowDoctor()
    async with lobby.open():
        await lobby.app.push_screen(DoctorPage(doctor))
        await lobby.settle()
        await lobby.touch("#back")
        doctor.done.set()
        await lobby.read()
        assert lobby.app.is_running


@pytest.mark.parametrize("verdict", Verdict)
def test_a_finding_keeps_its_verdict_words_and_cure_on_the_glass(verdict: Verdict) -> None:
    shown = examined(Finding(Subject.CLOCK, "set", verdict, "It is.", "Leave it."))

    assert (shown.part, shown.condition.value, shown.said, shown.cure) == (
        "clock: set",
        verdict.value,
        "It is.",
        "Leave it.",
    )
