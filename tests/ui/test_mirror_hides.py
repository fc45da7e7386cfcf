"""No page shows staff who look from afar what somebody typed, or who they are."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import pytest

from kiosk.desk.badge_desk import Direction, Greeting, badge_code
from kiosk.desk.outcomes import Outcome, OutcomeKind, Standing, Word
from kiosk.desk.people import PersonKind
from kiosk.desk.provisioning import Credentials
from kiosk.ui.mirror import glimpse_of
from kiosk.ui.screens.badge_prompt import BadgePromptScreen
from kiosk.ui.screens.base import KioskScreen
from kiosk.ui.screens.enrol_badge import EnrolBadgeScreen
from kiosk.ui.screens.hold_badge import HoldBadgeScreen
from kiosk.ui.screens.leave_by_name import LeaveByNameScreen
from kiosk.ui.screens.member import MemberScreen
from kiosk.ui.screens.result import ResultScreen
from kiosk.ui.screens.setup.sign_in import CodePage, EmailPage, PasswordPage
from kiosk.ui.screens.staff.guests import GuestPage, GuestsPage
from kiosk.ui.screens.staff.queue import EntryPage, QueuePage
from kiosk.ui.screens.staff.roll import RollPage
from kiosk.ui.widgets.keypad import Keypad
from tests.reception_lobby import INVITATION, PIN
from tests.ui.desk import HOSTS
from tests.ui.staffed import StaffedLobby
from tests.ui.test_enrolling import ScriptedOffice

EMAIL = "ada@lovelace.test"
PEOPLE = ("Ada", "Lovelace", "Grace", "Hopper", "Zoë", EMAIL)
TYPED = "countess"


def seen_from_afar(lobby: StaffedLobby) -> str:
    """All that a look tells: each cell, and each sentence."""
    look = glimpse_of(lobby.app)
    return "\n".join(["".join(run.text for run in row) for row in look.rows] + list(look.words))


def told(lobby: StaffedLobby, secrets: tuple[str, ...]) -> list[str]:
    seen = seen_from_afar(lobby)
    return [secret for secret in secrets if secret in seen]


def visitors_pages() -> Iterator[tuple[KioskScreen, str]]:
    """Pages that name somebody or take what they type, with what is typed there."""
    visitor = Outcome(
        OutcomeKind.WELCOME,
        "Grace Hopper",
        PersonKind.VISITOR,
        host="Ada Lovelace",
        event=uuid4(),
        word=Word(Standing.QUEUED),
    )
    yield ResultScreen(visitor), ""
    yield BadgePromptScreen(Greeting("Ada L.", Direction.OUT), badge_code("a" * 16), 8.0, lambda _taken: None), ""
    yield LeaveByNameScreen(), TYPED
    yield EnrolBadgeScreen(ScriptedOffice(), lambda _listener: None), "zoe"
    yield HoldBadgeScreen(ScriptedOffice(), HOSTS[0], lambda _listener: None), ""
    yield EmailPage(EMAIL, lambda _email: None, ""), TYPED
    yield PasswordPage(EMAIL, lambda _password: None, lambda _password: None, ""), TYPED
    yield CodePage(Credentials(EMAIL, "pw"), lambda _credentials: None, ""), "271828"


async def test_no_page_tells_names_or_what_is_typed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    lobby = StaffedLobby(tmp_path)
    await lobby.corner.reception.present(PIN)
    await lobby.corner.reception.present(INVITATION)
    named = 0
    async with lobby.open():
        guests = await lobby.corner.staff.guests()
        entries = lobby.corner.ledger.entries()
        staffs: list[tuple[KioskScreen, str]] = [
            (RollPage(), ""),
            (GuestsPage(), ""),
            (GuestPage(guests[0]), ""),
            (QueuePage(), ""),
            (EntryPage(entries[0]), ""),
        ]
        for page, typed in (*staffs, *visitors_pages()):
            await lobby.go_to(page)
            if typed:
                await lobby.send(typed)
                await lobby.read()
            if page.query("#show"):
                await lobby.touch("#show")
            secrets = (*PEOPLE, *([typed] if typed else []))
            assert told(lobby, secrets) == [], page
            with monkeypatch.context() as bare:
                bare.setattr(type(page), "private", "#nothing")
                named += bool(told(lobby, secrets))
    assert named >= 11, "what is hidden is on the glass"


async def test_the_keys_are_hidden_while_one_of_them_is_pressed(tmp_path: Path) -> None:
    lobby = StaffedLobby(tmp_path)
    async with lobby.open():
        await lobby.go_to(MemberScreen())
        keypad = lobby.app.screen.query_one(Keypad)
        at_rest = seen_from_afar(lobby)
        keypad.flash("7")
        seven = seen_from_afar(lobby)
        keypad._flashes.popitem()[1].stop()
        keypad.flash("8")

        assert seven == seen_from_afar(lobby)
        assert seven != at_rest
