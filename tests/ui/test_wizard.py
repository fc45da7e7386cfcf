"""The wizard's own decisions: which page follows which, and what bars the way."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import pytest
from textual.content import Content

from kiosk.desk.adverts import RadioStanding, RadioState
from kiosk.desk.house import House
from kiosk.desk.provisioning import (
    AccountSeen,
    Credentials,
    Hindrance,
    Leg,
    NotDone,
    Obstacle,
    Passage,
    Passing,
    Place,
    Progress,
    Settled,
    Way,
)
from kiosk.i18n.set_up_words import hindrance_words
from kiosk.i18n.speech import Speech
from kiosk.ui.screens.setup.findings_page import FoundPage, RightsPage
from kiosk.ui.screens.setup.last import DonePage, SightPage
from kiosk.ui.screens.setup.location import LocationPage
from kiosk.ui.screens.setup.network import AddressPage, NetworkPage
from kiosk.ui.screens.setup.sign_in import EmailPage
from kiosk.ui.screens.setup.welcome import Language, WelcomePage
from kiosk.ui.set_up_app import SetUpApp
from kiosk.ui.widgets.findings import Findings
from kiosk.ui.widgets.pictogram import Pictogram
from kiosk.ui.widgets.pictograms import Sign
from kiosk.ui.widgets.words import PlainText
from kiosk.ui.wizard import WizardParts
from tests.ui.desk import FakeScanner
from tests.ui.hands import Hands
from tests.ui.lobby import LONG

WIDE_REMARK, UPRIGHT_REMARK = 74, 39
"""Columns below a field, where there are two lines; upright there are three."""

OPEN = tuple(Passage(leg, Passing.PASSED) for leg in Leg)
NO_DNS = (
    Passage(Leg.NETWORK, Passing.PASSED),
    Passage(Leg.NAME, Passing.STOPPED, Obstacle.NO_NAME_SERVER),
    *(Passage(leg, Passing.NOT_TRIED) for leg in (Leg.CONNECTION, Leg.TRUST, Leg.ANSWER)),
)


@dataclass
class ScriptedProvisioning:
    """Fulfils `Provisioning`: the way is open to one address alone, and the rest is as a test says."""

    usual_address: str = "https://far"
    usual_email: str = "kiosk@example.com"
    is_address_settled: bool = False
    places: Sequence[Place] = (Place(1, "Harbour Works"),)
    settling: list[Hindrance] = field(default_factory=list)
    ready: bool = False

    async def explore(self, address: str) -> Way:
        """Only "near" can be reached, and nothing without a scheme is an address."""
        if "://" not in address:
            raise NotDone(Hindrance.ADDRESS)
        return Way(address, OPEN if address.endswith("near") else NO_DNS)

    async def sign_in(self, credentials: Credentials) -> AccountSeen:
        """Anybody."""
        return await self.look_again()

    async def look_again(self) -> AccountSeen:
        """With every right there is: none is asked for."""
        return AccountSeen("Lobby", self.places, (), usual=7)

    async def settle(self, place: int, progress: Progress) -> Settled:
        """Fail as often as it is said, then settle."""
        progress(1000, 2500)
        if self.settling:
            raise NotDone(self.settling.pop())
        return Settled(House(place, "Harbour Works"), "Europe/Madrid", True, 1, 1, 1, False, False)

    async def is_ready(self) -> bool:
        """As a test says."""
        return self.ready


def wizard(port: ScriptedProvisioning, languages: Sequence[Language] = ()) -> SetUpApp:
    return SetUpApp(WizardParts(port, languages), FakeScanner(), Speech(), patience=LONG)


async def test_another_address_is_typed_where_the_usual_one_is_not_reached() -> None:
    app = wizard(ScriptedProvisioning())
    async with app.run_test(size=(80, 24)) as pilot:
        hands = Hands(app, pilot)
        await hands.until(lambda: isinstance(app.screen, WelcomePage) and app.screen.is_mounted)
        await hands.touch("#begin")
        await hands.until(lambda: "DNS" in str(app.screen.query_one(Findings).content))
        assert isinstance(app.screen, NetworkPage)
        assert not app.screen.query_one("#next").visible
        await hands.touch("#other")
        await hands.until(lambda: isinstance(app.screen, AddressPage) and app.screen.is_mounted)
        await hands.erase(len("https://far"))
        await hands.type("ab")
        await hands.done()
        await hands.until(lambda: "no address for a sign-in" in str(app.screen.query_one(Findings).content))
        await hands.touch("#other")
        await hands.erase(2)
        await hands.type("a://near")
        await hands.done()
        await hands.until(lambda: isinstance(app.screen, NetworkPage) and app.screen.query_one("#next").visible)
        assert hands.said("#subtitle") == "a://near"
        await hands.touch("#next")
        await hands.until(lambda: isinstance(app.screen, EmailPage))


async def test_one_location_is_not_asked_for_and_what_could_not_be_read_is_read_again() -> None:
    port = ScriptedProvisioning("https://near", is_address_settled=True, settling=[Hindrance.BUSY])
    app = wizard(port)
    async with app.run_test(size=(80, 24)) as pilot:
        hands = Hands(app, pilot)
        await hands.until(lambda: isinstance(app.screen, WelcomePage) and app.screen.is_mounted)
        await hands.touch("#begin")
        await hands.until(lambda: isinstance(app.screen, NetworkPage) and app.screen.query_one("#next").visible)
        assert not app.screen.query_one("#other").display, "the settings say where Nexudus is"
        await pilot.press("enter", "enter", "x", "enter")  # the network, the account, its password
        await hands.until(lambda: isinstance(app.screen, RightsPage) and app.screen.is_mounted)
        assert not any(isinstance(page, LocationPage) for page in app.screen_stack)
        await hands.touch("#next")
        await hands.until(lambda: isinstance(app.screen, DonePage) and app.screen.is_mounted)
        assert "Try again in a minute" in hands.said("#told")
        assert app.screen.query_one(Pictogram).sign is not Sign.TICK, "nothing is done yet"
        await hands.touch("#next")
        await hands.until(lambda: isinstance(app.screen, FoundPage) and app.screen.is_mounted)
        await hands.touch("#next")
        await hands.until(lambda: isinstance(app.screen, SightPage) and app.screen.is_mounted)
        assert hands.said("#step") == "Step 6 of 6", "without a keeper no staff PIN is asked for"


@pytest.mark.parametrize("size", [(80, 24), (45, 40)], ids=["wide", "upright"])
async def test_in_large_text_the_page_of_camera_and_bluetooth_shows_both_sentences_whole(size: tuple[int, int]) -> None:
    app = wizard(ScriptedProvisioning("https://near"))
    async with app.run_test(size=size) as pilot:
        hands = Hands(app, pilot)
        await hands.settle()
        app.sight.toggle_lettering()
        await app.push_screen(SightPage(lambda: RadioStanding(RadioState.ABSENT), app.exit, ""))
        await hands.settle()
        for name in ("#camera", "#radio"):
            words = app.screen.query_one(name, PlainText)
            lines = Content(words.text).wrap(words.region.width)
            assert app.screen.query_one("#tries").region.contains_region(words.region), name
            assert len(lines) <= words.region.height, name


@pytest.mark.parametrize("language", ["en", "de", "es", "fr", "it", "pt"])
def test_why_a_sign_in_was_refused_fits_below_the_field_on_both_glasses(language: str) -> None:
    speech = Speech(language)
    for reason in Hindrance:
        remark = Content(f"▲ {hindrance_words(reason, speech)}")
        assert len(remark.wrap(WIDE_REMARK)) <= 2, remark
        assert len(remark.wrap(UPRIGHT_REMARK)) <= 3, remark


async def test_many_locations_are_turned_page_by_page_from_the_likely_one() -> None:
    port = ScriptedProvisioning("https://near", places=[Place(number, f"Place {number}") for number in range(12)])
    app = wizard(port)
    async with app.run_test(size=(80, 24)) as pilot:
        hands = Hands(app, pilot)
        await hands.settle()
        chosen: list[Place] = []
        app.push_screen(LocationPage(port.places, 7, chosen.append, ""))
        await hands.settle()
        assert hands.said("#hint") == "Page 2 of 3"
        await hands.touch("#more")
        assert not app.screen.query_one("#more").visible
        assert app.screen.query_one("#row-3").visible
        await hands.touch("#row-3")
        assert chosen == [Place(11, "Place 11")]


async def test_a_language_is_chosen_first_and_a_set_up_elsewhere_is_noticed() -> None:
    port = ScriptedProvisioning()
    app = wizard(port, [Language("en", "English"), Language("xx", "Other")])
    async with app.run_test(size=(45, 40)) as pilot:
        hands = Hands(app, pilot)
        await hands.until(lambda: isinstance(app.screen, WelcomePage) and bool(app.screen.query(".tongue")))
        await hands.touch("#tongues .tongue:last-child")
        assert app.speech.language == "xx"
        await app._look_elsewhere()
        assert not app.is_done
        port.ready = True
        await app._look_elsewhere()
        assert app.is_done
