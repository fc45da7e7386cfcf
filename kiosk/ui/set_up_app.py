"""The glass of a kiosk that has not been set up: the same application, with the wizard in the place of home."""

from __future__ import annotations

from collections.abc import Callable

from kiosk.desk.nobodys_desk import NobodysDesk
from kiosk.desk.payloads import Shown
from kiosk.desk.ports import CodeScanner
from kiosk.i18n.speech import Speech
from kiosk.ui.app import KioskApp, Patience
from kiosk.ui.rehearsal import Rehearsal
from kiosk.ui.screens.base import KioskScreen
from kiosk.ui.screens.setup.page import WorkingPage
from kiosk.ui.screens.setup.welcome import WelcomePage
from kiosk.ui.widgets.keyboard_layouts import Typing
from kiosk.ui.wizard import Wizard, WizardParts

SECONDS_BETWEEN_LOOKS = 3.0
"""How often it is looked whether somebody has set the kiosk up from another terminal."""

PATIENCE = Patience(idle=900, form=900, countdown=30)
"""Setting up takes a walk to another screen now and then; after a quarter of an hour what was typed goes even so."""


class SetUpApp(KioskApp):
    """Runs the wizard, and ends once the kiosk can be built."""

    def __init__(
        self,
        parts: WizardParts,
        scanner: CodeScanner,
        speech: Speech,
        *,
        accent: str | None = None,
        typing: Typing | None = None,
        patience: Patience = PATIENCE,
        rehearsal: Rehearsal | None = None,
        when_ready: Callable[[], None] = lambda: None,
    ) -> None:
        desk = NobodysDesk()
        super().__init__(
            desk, scanner, speech, patience, accent=accent, typing=typing, rehearsal=rehearsal, when_ready=when_ready
        )
        self.is_done = False
        """Whether the kiosk has been set up."""
        self._provisioning = parts.provisioning
        self._wizard = Wizard(self, parts, self.finish)

    def on_mount(self) -> None:
        """Notice also what is done elsewhere."""
        self.set_interval(SECONDS_BETWEEN_LOOKS, self._look_elsewhere)

    def first_screen(self) -> KioskScreen:
        """The first page of the wizard."""
        return self._wizard.first_page()

    def finish(self) -> None:
        """The kiosk is set up: make room for it."""
        self.is_done = True
        self.push_screen(WorkingPage(self.speech.say("Starting…"), can_be_stopped=False))
        self.call_after_refresh(self.exit)

    async def _look_elsewhere(self) -> None:
        """`kiosk setup`, given over the network while nobody touches this glass, sets the kiosk up just as well."""
        if isinstance(self.screen, WelcomePage) and await self._provisioning.is_ready():
            self.finish()

    def offer(self, shown: Shown) -> None:
        """A code is for nobody here; that it was read can be seen in the picture."""
