"""The application: which screen follows which. It asks the front desk, and knows nothing of storage, network or
cameras."""

from __future__ import annotations

import asyncio
import logging
import signal
import time
from collections.abc import Coroutine
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from textual import events, on
from textual.filter import LineFilter

from kiosk.desk.credentials import Code, Via
from kiosk.desk.outcomes import Outcome, OutcomeKind
from kiosk.desk.people import Consent
from kiosk.desk.ports import CodeScanner
from kiosk.desk.visitor_desk import VisitorDesk
from kiosk.i18n.speech import Speech
from kiosk.ui.crash import QuietCrash
from kiosk.ui.lockdown import ControlFilter, SturdyDriver
from kiosk.ui.messages import (
    CodeOffered,
    Finished,
    LeaverChosen,
    QuestionAnswered,
    Recognised,
    Registration,
    RegistrationBegun,
    TermsAgreed,
    UndoAsked,
    WentBack,
)
from kiosk.ui.registrar import Registrar
from kiosk.ui.rehearsal import Rehearsal
from kiosk.ui.screens.base import KioskScreen
from kiosk.ui.screens.home import HomeScreen
from kiosk.ui.screens.initial import InitialScreen
from kiosk.ui.screens.leaving import LeavingScreen
from kiosk.ui.screens.result import ResultScreen
from kiosk.ui.screens.still_there import StillThere
from kiosk.ui.screens.terms import TermsScreen
from kiosk.ui.theme import contrast_theme, lobby_theme
from kiosk.ui.widgets.keyboard_layouts import Typing

logger = logging.getLogger(__name__)

SECONDS_BETWEEN_LOOKS = 0.5
"""How often it is looked whether somebody has walked away."""

SECONDS_BETWEEN_VISITS = 5.0
"""How often it is asked whether a host has let a visitor in who waits at the glass."""


Request = Code | Registration | None
"""What an answer is about, so that it can be asked again with what was missing."""


@dataclass(frozen=True, slots=True)
class Patience:
    """How long the screen waits, in seconds.

    Attributes:
        idle: Without a touch, before it begins to count down.
        countdown: How long it counts.
        form: The same where somebody fills in a form, and stops to think.
        success: How long a success stays.
        refusal: How long anything else stays.
        waiting: How long somebody who waits for their host is shown what the host says.
    """

    idle: float = 30.0
    form: float = 60.0
    countdown: int = 15
    success: float = 3.0
    refusal: float = 5.0
    waiting: float = 90.0


class KioskApp(QuietCrash, inherit_bindings=False):
    """The touch screen. Locked down: no palette, no selection, no key that quits."""

    CSS_PATH = "kiosk.tcss"
    TITLE = "Kiosk"
    ENABLE_COMMAND_PALETTE = False
    ALLOW_SELECT = False
    ESCAPE_TO_MINIMIZE = False
    AUTO_FOCUS = None
    NOTIFICATION_TIMEOUT = 0
    HORIZONTAL_BREAKPOINTS = [(0, "-upright"), (60, "-wide")]  # noqa: RUF012 - Textual declares it so

    def __init__(
        self,
        desk: VisitorDesk,
        scanner: CodeScanner,
        speech: Speech,
        patience: Patience,
        *,
        accent: str | None = None,
        typing: Typing | None = None,
        rehearsal: Rehearsal | None = None,
    ) -> None:
        self._accent = accent  # asked for while the application is built
        super().__init__(driver_class=SturdyDriver)
        self.desk = desk
        self.scanner = scanner
        self.speech = speech
        self.patience = patience
        self.typing = typing or Typing()
        self.rehearsal = rehearsal
        self._touched = time.monotonic()
        self._answering = False
        self._undoable: tuple[UUID, float] | None = None
        self._registrar = Registrar(self)

    def get_theme_variable_defaults(self) -> dict[str, str]:
        """The kiosk's own variables, for the moment before its theme is on."""
        return lobby_theme(self._accent).variables

    def get_line_filters(self) -> list[LineFilter]:
        """The one filter: no control character reaches the terminal."""
        return [ControlFilter()]

    def on_mount(self) -> None:
        """Dress, listen to the camera and to the system, and go home."""
        self.register_theme(lobby_theme(self._accent))
        self.register_theme(contrast_theme())
        self.theme = lobby_theme(self._accent).name
        self.scanner.listen(self._code_read)
        self._heed_signals()
        self.set_interval(SECONDS_BETWEEN_LOOKS, self._look_for_idleness)
        self.push_screen(HomeScreen())

    async def on_event(self, event: events.Event) -> None:
        """Any touch or key is a sign of life."""
        if isinstance(event, (events.Key, events.MouseDown, events.MouseUp)):
            self._touched = time.monotonic()
        await super().on_event(event)

    @property
    def undoable(self) -> UUID | None:
        """The event that can still be taken back, or None."""
        if self._undoable is None or time.monotonic() >= self._undoable[1]:
            self._undoable = None
            return None
        return self._undoable[0]

    def go_home(self) -> None:
        """Close every screen but home, and with them everything that was typed or shown."""
        while len(self.screen_stack) > 2:
            self.pop_screen()
        if len(self.screen_stack) < 2:
            self.push_screen(HomeScreen())
        self._touched = time.monotonic()

    @on(CodeOffered)
    def _code_offered(self, message: CodeOffered) -> None:
        """What comes while the desk thinks, or while an answer is up, is for nobody."""
        self._ask(self.desk.present(message.code), message.code)

    @on(UndoAsked)
    def _undo_asked(self, message: UndoAsked) -> None:
        if not self._answering:
            self._undoable = None
        self._ask(self.desk.undo(message.event))

    @on(LeaverChosen)
    def _leaver_chosen(self, message: LeaverChosen) -> None:
        self._ask(self.desk.leave(message.person, Via.KEYPAD))

    @on(TermsAgreed)
    def _terms_agreed(self, message: TermsAgreed) -> None:
        if isinstance(message.request, Registration):
            self.register(message.request, Consent.GIVEN)
        else:
            agreed = message.request.agreeing()
            self._ask(self.desk.present(agreed), agreed)

    @on(RegistrationBegun)
    def _registration_begun(self, message: RegistrationBegun) -> None:
        if isinstance(self._present, ResultScreen):
            self.go_home()
        self._registrar.begin(message.interview)

    @on(QuestionAnswered)
    def _question_answered(self, message: QuestionAnswered) -> None:
        """Pages come one by one: a second touch on the key that ended the last one is not for the next."""
        if not self._answering and self._present is message.page:
            self._touched = time.monotonic()
            self.run_worker(self._registrar.answered(message.name, message.interview), group="page", exclusive=True)

    @on(Recognised)
    def _recognised(self, message: Recognised) -> None:
        if not self._answering:
            self._registrar.recognised(message.interview, message.acquaintance)

    @on(Finished)
    def _finished(self) -> None:
        self.go_home()

    @on(WentBack)
    def _went_back(self) -> None:
        if len(self.screen_stack) > 2:
            self.pop_screen()

    def register(self, request: Registration, consent: Consent = Consent.PENDING) -> None:
        """Hand a form to the desk."""
        self._ask(self.desk.register(request.form, consent, Via.KEYPAD), request)

    def _ask(self, answer: Coroutine[Any, Any, Outcome], request: Request = None) -> None:
        """Ask the desk, one thing at a time."""
        if self._answering:
            answer.close()
            return
        self._answering = True
        self._touched = time.monotonic()
        self.run_worker(self._answer(answer, request), group="answer", exit_on_error=True)

    async def _answer(self, answer: Coroutine[Any, Any, Outcome], request: Request) -> None:
        if (screen := self._present) is not None:
            screen.thinking()
        try:
            outcome = await answer
        finally:
            self._answering = False
        if outcome.undoable is not None:
            self._undoable = (outcome.undoable, time.monotonic() + self.desk.house().undo_within.total_seconds())
        self._show(outcome, request)

    def _show(self, outcome: Outcome, request: Request) -> None:
        if isinstance(self._present, InitialScreen):
            self.pop_screen()  # code or letter may have been wrong: both are to be typed anew
        form = request if isinstance(request, Registration) else None
        if not _stays(outcome, form) or self._present is None:
            self.go_home()
        code = request if isinstance(request, Code) else None
        match outcome.kind:
            case OutcomeKind.ALREADY_IN if code is not None:
                self.push_screen(LeavingScreen(outcome, code))
            case OutcomeKind.ASK_INITIAL if code is not None:
                self.push_screen(InitialScreen(code))
            case OutcomeKind.ASK_TERMS if request is not None:
                self.push_screen(TermsScreen(request, self.desk.house().texts.terms))
            case _:
                self.push_screen(ResultScreen(outcome, form.interview.for_another() if form is not None else None))
                self.run_worker(self._bring_word(outcome), group="word", exit_on_error=True)

    async def _bring_word(self, outcome: Outcome) -> None:
        """Wait for Nexudus's word, whether or not the person does: a refusal has consequences that are not the
        screen's."""
        told = await self.desk.word_on(outcome)
        if told != outcome:
            if told.undoable is None and self._undoable is not None and self._undoable[0] == outcome.event:
                self._undoable = None
            self._tell(outcome, told)
        while told.kind is OutcomeKind.WAITING and self._shows(told):
            await asyncio.sleep(SECONDS_BETWEEN_VISITS)
            now = await self.desk.visit_now(told)
            if now != told:
                self._tell(told, now)
                told = now

    def _shows(self, outcome: Outcome) -> bool:
        screen = self._present
        return isinstance(screen, ResultScreen) and screen.outcome == outcome

    def _tell(self, outcome: Outcome, told: Outcome) -> None:
        """Show what has become of an outcome, if it is still on the glass."""
        screen = self._present
        if isinstance(screen, ResultScreen) and screen.outcome == outcome:
            screen.tell(told)

    def _code_read(self, code: Code | None) -> None:
        """Called by the camera's thread: only passes the code on."""
        self.call_later(self._camera_offers, code)

    @property
    def _present(self) -> KioskScreen | None:
        """The screen of the kiosk that is up, if one is: not while it starts or ends, nor under a question."""
        screen = self.screen_stack[-1] if self.screen_stack else None
        return screen if isinstance(screen, KioskScreen) else None

    def _camera_offers(self, code: Code | None) -> None:
        screen = self._present
        if screen is not None and screen.takes_codes:
            self.post_message(CodeOffered(code))

    def _look_for_idleness(self) -> None:
        """Who has walked away is asked, and then wiped."""
        screen = self._present
        if screen is None or not screen.times_out or self._answering:
            return
        if time.monotonic() - self._touched >= (self.patience.form if screen.is_form else self.patience.idle):
            self.push_screen(StillThere(self.speech, self.patience.countdown), self._still_there)

    def _still_there(self, more_time: bool | None) -> None:
        self._touched = time.monotonic()
        if not more_time:
            self.go_home()

    def _heed_signals(self) -> None:
        """End in good order when systemd says so, or when the terminal goes away."""
        loop = asyncio.get_running_loop()
        for number in (signal.SIGTERM, signal.SIGHUP):
            try:
                loop.add_signal_handler(number, self.exit)
            except (NotImplementedError, RuntimeError, ValueError):
                return  # not in the main thread, as in tests


def _stays(outcome: Outcome, form: Registration | None) -> bool:
    """Whether what is under the answer is needed again: a code is retyped, a form that could not be recorded is not
    lost."""
    if outcome.kind in (OutcomeKind.UNKNOWN, OutcomeKind.ASK_INITIAL):
        return True
    return outcome.kind is OutcomeKind.ASK_TERMS or (form is not None and outcome.kind is OutcomeKind.FAILED)
