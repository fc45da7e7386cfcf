"""Pictures of the pages of a visit, on a wide and on an upright glass, and what must be true on each of them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from textual.pilot import Pilot

from kiosk.desk.acquaintance import returning
from kiosk.desk.house import Texts
from kiosk.desk.leavers import Leaver
from kiosk.desk.people import PersonId, PersonKind
from kiosk.desk.visit_form import Asking, VisitForm
from kiosk.desk.walk_in import WalkIn
from kiosk.ui.theme import CONTRAST
from tests.ui.registering import TERMS
from tests.ui.test_pictures import Lobby, expect_what_holds_everywhere
from tests.ui.test_pictures import still_life as still_life  # moves nothing here either

WIDE, UPRIGHT = (80, 24), (45, 40)
FORM = VisitForm(host=Asking.REQUIRED, newsletter=Asking.OPTIONAL)
NAMED = ("#visitor", "#no", "grace@navy.org\r", "Grace\r", "Hopper\r")

PAGES = {
    "email": ("#visitor", "#no", "grace@", "\r"),
    "name": ("#visitor", "#no", "grace@navy.org\r", "Gr"),
    "host": (*NAMED, "mar"),
    "hosts": (*NAMED, "mar", "\r"),
    "newsletter": (*NAMED, "lindqvist\r"),
    "terms": (*NAMED, "lindqvist\r", "#no"),
    "leaving": ("#visitor", "#leave", "gra"),
    "forgotten": ("#member", "#forgotten"),
}


@pytest.mark.parametrize("size", [WIDE, UPRIGHT], ids=["wide", "upright"])
@pytest.mark.parametrize("page", PAGES)
def test_a_page_looks_as_it_did(snap_compare: Callable[..., bool], page: str, size: tuple[int, int]) -> None:
    lobby = _lobby()

    async def before(pilot: Pilot[None]) -> None:
        await lobby.visit(pilot, *PAGES[page])
        expect_what_holds_everywhere(lobby.app, least_width=4 if size == UPRIGHT else 7)

    assert snap_compare(lobby.app, run_before=before, terminal_size=size)


@pytest.mark.parametrize("page", PAGES)
async def test_in_high_contrast_every_page_can_be_read_on_an_upright_glass(page: str) -> None:
    lobby = _lobby()
    async with lobby.app.run_test(size=UPRIGHT) as pilot:
        await lobby.visit(pilot, *PAGES[page])
        lobby.app.theme = CONTRAST
        await pilot.pause()
        expect_what_holds_everywhere(lobby.app, least_width=4, least_contrast=7)


@pytest.mark.parametrize("size", [WIDE, UPRIGHT], ids=["wide", "upright"])
def test_somebody_who_was_here_before(snap_compare: Callable[..., bool], size: tuple[int, int]) -> None:
    lobby = _lobby()
    lobby.desk.acquaintance = returning(WalkIn("Ada Lovelace", "ada@acme.org", None, "Engines"))

    async def before(pilot: Pilot[None]) -> None:
        await lobby.visit(pilot, "#visitor", "#no", "ada@acme.org\r")
        expect_what_holds_everywhere(lobby.app)

    assert snap_compare(lobby.app, run_before=before, terminal_size=size)


def _lobby() -> Lobby:
    lobby = Lobby()
    lobby.desk.location = replace(lobby.desk.location, visit_form=FORM, texts=Texts(terms=TERMS))
    lobby.desk.visitors_in = [Leaver(PersonId(PersonKind.VISITOR, 7), "Grace Hopper")]
    return lobby
