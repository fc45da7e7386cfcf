"""The wizard: which page of setting up follows which. Back is simply the page before."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from kiosk.desk.adverts import RadioStanding
from kiosk.desk.provisioning import AccountSeen, NotDone, Place, Provisioning, Settled, StaffPinKeeper
from kiosk.i18n.set_up_words import hindrance_words
from kiosk.i18n.speech import Speech
from kiosk.ui.errand import carry_out
from kiosk.ui.screens.setup.findings_page import FoundPage, RightsPage
from kiosk.ui.screens.setup.last import DonePage, SightPage
from kiosk.ui.screens.setup.location import LocationPage
from kiosk.ui.screens.setup.network import NetworkPage
from kiosk.ui.screens.setup.page import WorkingPage
from kiosk.ui.screens.setup.staff_pin import StaffPinPage
from kiosk.ui.screens.setup.welcome import Language, WelcomePage
from kiosk.ui.sign_in_road import SignInRoad
from kiosk.ui.widgets.pictograms import Sign

if TYPE_CHECKING:
    from kiosk.ui.app import KioskApp


class Step(StrEnum):
    """The steps, in their order."""

    NETWORK = "network"
    SIGN_IN = "sign-in"
    LOCATION = "location"
    RIGHTS = "rights"
    FOUND = "found"
    STAFF_PIN = "staff PIN"
    SIGHT = "sight"


@dataclass(frozen=True, slots=True)
class WizardParts:
    """What the wizard is handed.

    Attributes:
        provisioning: What is done behind the pages.
        languages: To choose from on the first page.
        staff_pin: Keeps the staff PIN; without it none is asked for.
        radio: How Bluetooth stands now; without it nothing is said of it.
        note: What a demonstration says on the first page.
    """

    provisioning: Provisioning
    languages: Sequence[Language] = ()
    staff_pin: StaffPinKeeper | None = None
    radio: Callable[[], RadioStanding] | None = None
    note: str = ""


class Wizard:
    """Leads from a blank state to a kiosk that is ready."""

    def __init__(self, kiosk: KioskApp, parts: WizardParts, done: Callable[[], None]) -> None:
        """Prepare. `done` is called in the end, once somebody wants to see the kiosk."""
        self._kiosk = kiosk
        self._parts = parts
        self._provisioning = parts.provisioning
        self._done = done
        self._steps = [step for step in Step if step is not Step.STAFF_PIN or parts.staff_pin is not None]

    def first_page(self) -> WelcomePage:
        """Where it begins, and comes back to when somebody has walked away."""
        say = self._kiosk.speech.say
        needs = [
            say("A network that leads to the internet."),
            say("An account of Nexudus for this kiosk alone: its e-mail address and password."),
        ]
        if self._parts.staff_pin is not None:
            needs.append(say("A PIN for your staff, which you choose here."))
        if self._parts.note:
            needs.append(self._parts.note)
        return WelcomePage(needs, self._look_at_network, self._parts.languages, self._speak)

    def _speak(self, language: str) -> None:
        self._kiosk.speech = Speech(language)
        self._kiosk.switch_screen(self.first_page())

    def _look_at_network(self) -> None:
        self._kiosk.push_screen(NetworkPage(self._provisioning, self._ask_sign_in, self._progress(Step.NETWORK)))

    def _ask_sign_in(self) -> None:
        road = SignInRoad(self._kiosk, self._provisioning, self._signed_in, self._progress(Step.SIGN_IN))
        self._kiosk.push_screen(road.first_page())

    def _signed_in(self, account: AccountSeen | None) -> None:
        if account is None:
            return
        if len(account.places) > 1:
            page = LocationPage(
                account.places,
                account.usual,
                lambda place: self._show_rights(account, place),
                self._progress(Step.LOCATION),
            )
            self._kiosk.push_screen(page)
        else:
            self._show_rights(account, next(iter(account.places), None))

    def _show_rights(self, account: AccountSeen, place: Place | None) -> None:
        """The rights are the account's; the location comes with them only because it was asked for before."""
        say = self._kiosk.speech.say

        def again() -> None:
            working = WorkingPage(say("Checking the permissions"), self._progress(Step.RIGHTS))
            carry_out(self._kiosk, working, self._provisioning.look_again, looked, failed)

        def looked(now: AccountSeen) -> None:
            if place is None and now.places:
                self._kiosk.pop_screen()
                self._signed_in(now)
            else:
                page.look_at(now)

        def failed(error: NotDone) -> None:
            page.look_at(account, error.reason)

        def go_on() -> None:
            if place is not None:
                self._settle(place)

        title, progress = say("Permissions"), self._progress(Step.RIGHTS)
        page = RightsPage(account, title, "", again, go_on, progress)
        self._kiosk.push_screen(page)

    def _settle(self, place: Place) -> None:
        say = self._kiosk.speech.say
        working = WorkingPage(say("Reading what belongs to {place}", place=place.name), self._progress(Step.FOUND))

        def progress(read: int, total: int | None) -> None:
            words = say("{read} of {total} members", read=read, total=total) if total else say("One moment…")
            self._kiosk.call_later(working.tell, words)

        def failed(error: NotDone) -> None:
            words = hindrance_words(error.reason, self._kiosk.speech)
            back = self._kiosk.pop_screen
            self._kiosk.push_screen(
                DonePage(say("Not yet"), words, say("Try again"), lambda: self._again(back, place), "", Sign.CLOCK)
            )

        carry_out(self._kiosk, working, lambda: self._provisioning.settle(place.id, progress), self._show_found, failed)

    def _again(self, back: Callable[[], object], place: Place) -> None:
        back()
        self._settle(place)

    def _show_found(self, found: Settled) -> None:
        subtitle = self._kiosk.speech.say("This is what the kiosk uses of it.")
        self._kiosk.push_screen(FoundPage(found, subtitle, self._ask_staff_pin, self._progress(Step.FOUND)))

    def _ask_staff_pin(self) -> None:
        if self._parts.staff_pin is None:
            self._try_senses()
        else:
            page = StaffPinPage(self._parts.staff_pin, self._try_senses, self._progress(Step.STAFF_PIN))
            self._kiosk.push_screen(page)

    def _try_senses(self) -> None:
        self._kiosk.push_screen(SightPage(self._parts.radio, self._finish, self._progress(Step.SIGHT)))

    def _finish(self) -> None:
        say = self._kiosk.speech.say
        sentence = say("Members can check in by PIN, and visitors by code.")
        self._kiosk.push_screen(DonePage(say("Ready"), sentence, say("Start"), self._done, ""))

    def _progress(self, step: Step) -> str:
        number = self._steps.index(step) + 1
        return self._kiosk.speech.say("Step {number} of {of}", number=number, of=len(self._steps))
