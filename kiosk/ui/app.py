"""The application: which screen follows which. It asks the front desk, and knows nothing of storage, network or
cameras."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Callable, Coroutine, Sequence
from typing import Any
from uuid import UUID

from textual import events, on, work
from textual.filter import LineFilter

from kiosk.desk.credentials import Code, Via
from kiosk.desk.foreign import Foreign
from kiosk.desk.hearing import Chimes, Silence
from kiosk.desk.keys import EveryKeyAsTyped, KeyReader, Keystroke
from kiosk.desk.outcomes import Outcome, OutcomeKind
from kiosk.desk.payloads import Shown
from kiosk.desk.people import Consent
from kiosk.desk.ports import CodeScanner
from kiosk.desk.visitor_desk import MemberDesk
from kiosk.i18n.sentences import foreign_words
from kiosk.i18n.speech import Speech
from kiosk.ui.answers import Request, keeps_what_is_below, screen_for
from kiosk.ui.crash import QuietCrash
from kiosk.ui.cues import cue_for
from kiosk.ui.endings import heed_signals
from kiosk.ui.intake import Intake
from kiosk.ui.languages import Languages
from kiosk.ui.lockdown import ControlFilter, SturdyDriver
from kiosk.ui.messages import (
    CodeOffered,
    Finished,
    FromPage,
    LeaverChosen,
    QuestionAnswered,
    Recognised,
    Registration,
    RegistrationBegun,
    TermsAgreed,
    UndoAsked,
    WentBack,
)
from kiosk.ui.patience import Patience as Patience
from kiosk.ui.present_time import TellTime, device_time
from kiosk.ui.registrar import Registrar
from kiosk.ui.rehearsal import Rehearsal
from kiosk.ui.rest import Rest, Resting
from kiosk.ui.screens.attract import AttractScreen
from kiosk.ui.screens.base import KioskScreen
from kiosk.ui.screens.home import HomeScreen
from kiosk.ui.screens.initial import InitialScreen
from kiosk.ui.screens.result import ResultScreen
from kiosk.ui.screens.still_there import StillThere
from kiosk.ui.sight import Sight
from kiosk.ui.staff_door import Staff, StaffDoor
from kiosk.ui.stylesheet import RememberingStylesheet
from kiosk.ui.theme import contrast_theme, lobby_theme
from kiosk.ui.widgets.keyboard_layouts import Typing
from kiosk.ui.widgets.logo import Load, no_logo

logger = logging.getLogger(__name__)

SECONDS_BETWEEN_LOOKS = 0.5
"""How often it is looked whether somebody has walked away."""

SECONDS_BETWEEN_VISITS = 5.0
"""How often it is asked whether a host has let a visitor in who waits at the glass."""

SECONDS_BEFORE_TIDYING = 0.15
"""An answer has been drawn by then, and nobody has read it yet."""

SECONDS_BEFORE_THINKING = 0.1
"""An answer that takes longer is announced; a tenth of a second is what people take for at once."""


class KioskApp(QuietCrash, inherit_bindings=False):
    """The touch screen. Locked down: no palette, no selection, no key that quits."""

    CSS_PATH = [  # noqa: RUF012 - Textual declares it so
        "kiosk.tcss",
        "styles/words.tcss",
        "styles/care.tcss",
        "styles/staff.tcss",
        "styles/wizard.tcss",
        "styles/badges.tcss",
        "styles/home.tcss",
    ]
    TITLE = "Kiosk"
    ENABLE_COMMAND_PALETTE = False
    ALLOW_SELECT = False
    ESCAPE_TO_MINIMIZE = False
    AUTO_FOCUS = None
    NOTIFICATION_TIMEOUT = 0
    HORIZONTAL_BREAKPOINTS = [(0, "-upright"), (60, "-wide")]  # noqa: RUF012 - Textual declares it so

    def __init__(
        self,
        desk: MemberDesk,
        scanner: CodeScanner,
        speech: Speech,
        patience: Patience,
        *,
        accent: str | None = None,
        typing: Typing | None = None,
        rehearsal: Rehearsal | None = None,
        keys: KeyReader | None = None,
        languages: Sequence[Speech] = (),
        chimes: Chimes | None = None,
        resting: Resting | None = None,
        logo: Load = no_logo,
        staff: Staff | None = None,
        tell_time: TellTime = device_time,
        when_ready: Callable[[], None] = lambda: None,
    ) -> None:
        """Prepare. `languages`: what can be chosen besides. `when_ready` is called once home has been drawn."""
        # Both are asked for while the application is built.
        self._accent = accent
        # The same one always: what is drawn is kept under the filter that it went through.
        self._filters: list[LineFilter] = [ControlFilter()]
        super().__init__(driver_class=SturdyDriver)
        self.stylesheet = RememberingStylesheet(variables=self.get_css_variables())
        self.desk = desk
        self.scanner = scanner
        self.speech = speech
        self.patience = patience
        self.typing = typing or Typing()
        self.rehearsal = rehearsal
        self.intake = Intake(self, keys or EveryKeyAsTyped())
        self._when_ready = when_ready
        self._touched = time.monotonic()
        self._answering = False
        self._undoable: tuple[UUID, float] | None = None
        self._registrar = Registrar(self)
        self.when_answered: Callable[[], None] | None = None
        """Called when an answer is on the glass and somebody reads it: who tidies up then keeps nobody waiting."""
        self.languages = Languages(self, (speech, *languages), self.typing)
        self.sight = Sight(self)
        self.rest = Rest(self, resting or Resting())
        self.chimes = chimes or Silence()
        self.logo = logo
        self.tell_time = tell_time
        self.staff_door = StaffDoor(self, staff)

    def get_theme_variable_defaults(self) -> dict[str, str]:
        """The kiosk's own variables, for the moment before its theme is on."""
        return lobby_theme(self._accent).variables

    def get_line_filters(self) -> list[LineFilter]:
        """The one filter: no control character reaches the terminal."""
        return self._filters

    def on_mount(self) -> None:
        """Dress, listen to the camera and to the system, and go home."""
        self.register_theme(lobby_theme(self._accent))
        self.register_theme(contrast_theme())
        self.theme = lobby_theme(self._accent).name
        self.staff_door.dress()
        self.scanner.listen(self.intake.code_read)
        heed_signals(self.exit)
        self.set_interval(SECONDS_BETWEEN_LOOKS, self._look_for_idleness)
        self.push_screen(self.first_screen())

    def on_ready(self) -> None:
        """Home is on the glass."""
        self._when_ready()

    async def on_event(self, event: events.Event) -> None:
        """Any touch or key is a sign of life, and a key may be a scanner's."""
        if isinstance(event, (events.Key, events.MouseDown, events.MouseUp)):
            self._touched = time.monotonic()
        if self.rest.takes(event):
            return
        if isinstance(event, events.Key) and not event.is_forwarded:
            await self.intake.take(Keystroke(event.key, event.character, event.time))
        else:
            await super().on_event(event)

    def first_screen(self) -> KioskScreen:
        """Where everybody begins, and what is left when all else is wiped."""
        return HomeScreen()

    @property
    def untouched(self) -> float:
        """Seconds since anybody touched or showed anything; 0 while somebody is answered."""
        return 0.0 if self._answering else time.monotonic() - self._touched

    @property
    def undoable(self) -> UUID | None:
        """The event that can still be taken back, or None."""
        if self._undoable is None or time.monotonic() >= self._undoable[1]:
            self._undoable = None
            return None
        return self._undoable[0]

    def go_home(self) -> None:
        """Close every screen but home, and with them everything that was typed, shown or chosen."""
        self.languages.forget()
        self.sight.wipe()
        while len(self.screen_stack) > 2:
            self.pop_screen()
        if len(self.screen_stack) < 2:
            self.push_screen(self.first_screen())
        self._touched = time.monotonic()

    @on(CodeOffered)
    def _code_offered(self, message: CodeOffered) -> None:
        """What comes while the desk thinks, or while an answer is up, is for nobody."""
        self._ask(self.desk.present(message.code), message.code)

    def _counts(self, message: FromPage) -> bool:
        """What comes from a page that is up no more, or while the desk thinks, is a second touch of the same hand."""
        return not self._answering and self.present is message.page

    @on(UndoAsked)
    def _undo_asked(self, message: UndoAsked) -> None:
        if self._counts(message):
            self._undoable = None
            self._ask(self.desk.undo(message.event))

    @on(LeaverChosen)
    def _leaver_chosen(self, message: LeaverChosen) -> None:
        if self._counts(message):
            self._ask(self.desk.leave(message.person, Via.KEYPAD))

    @on(TermsAgreed)
    def _terms_agreed(self, message: TermsAgreed) -> None:
        if not self._counts(message):
            return
        if isinstance(message.request, Registration):
            self.register(message.request, Consent.GIVEN)
        else:
            agreed = message.request.agreeing()
            self._ask(self.desk.present(agreed), agreed)

    @on(RegistrationBegun)
    def _registration_begun(self, message: RegistrationBegun) -> None:
        if not self._counts(message):
            return
        if isinstance(self.present, ResultScreen):
            self.go_home()
        self._registrar.begin(message.interview)

    @on(QuestionAnswered)
    def _question_answered(self, message: QuestionAnswered) -> None:
        if self._counts(message):
            self._touched = time.monotonic()
            self._turn(message)

    @work(group="page", exclusive=True)
    async def _turn(self, answer: QuestionAnswered) -> None:
        await self._registrar.answered(answer)

    @on(Recognised)
    def _recognised(self, message: Recognised) -> None:
        if self._counts(message):
            self._registrar.recognised(message.interview, message.acquaintance)

    @on(Finished)
    def _finished(self, message: Finished) -> None:
        if self.present is message.page:
            self.go_home()

    @on(WentBack)
    def _went_back(self, message: WentBack) -> None:
        if len(self.screen_stack) > 2 and self._counts(message):
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
        self.scanner.pause()  # the next code is for the next page, and to look for it takes time from this one
        if (screen := self.present) is not None:
            screen.answer_is_due()
        self.run_worker(self._answer(answer, request), group="answer", exit_on_error=True)

    async def _answer(self, answer: Coroutine[Any, Any, Outcome], request: Request) -> None:
        # An answer that comes at once must not wait until these words are drawn.
        thinking = self.set_timer(SECONDS_BEFORE_THINKING, self._say_that_it_takes_time)
        try:
            outcome = await answer
        finally:
            thinking.stop()
            self._answering = False
        if outcome.undoable is not None:
            self._undoable = (outcome.undoable, time.monotonic() + self.desk.house().undo_within.total_seconds())
        self._show(outcome, request)

    def _say_that_it_takes_time(self) -> None:
        if (screen := self.present) is not None:
            screen.thinking()

    def _show(self, outcome: Outcome, request: Request) -> None:
        self.chimes.play(cue_for(outcome.kind))
        if isinstance(self.present, InitialScreen | AttractScreen):
            self.pop_screen()  # code or letter may have been wrong: both are to be typed anew
        screen = screen_for(outcome, request, self.desk.house().texts.terms)
        if self.present is None or not keeps_what_is_below(outcome, request):
            self._put_up_on_home(screen)
        elif isinstance(self.present, ResultScreen):
            self.switch_screen(screen)  # nobody comes back to an answer, least of all to somebody else's
        else:
            self.push_screen(screen)
        if isinstance(screen, ResultScreen):
            if self.when_answered is not None:
                self.set_timer(SECONDS_BEFORE_TIDYING, self.when_answered)
            self.run_worker(self._bring_word(outcome), group="word", exit_on_error=True)

    def _put_up_on_home(self, screen: KioskScreen) -> None:
        """Put a screen in the place of all but home. Home is not shown in between: somebody waits, and to draw it takes
        as long as to draw the answer."""
        self._touched = time.monotonic()
        while len(self.screen_stack) > 3:
            self.pop_screen()
        if len(self.screen_stack) == 3:
            self.switch_screen(screen)
        else:
            self.push_screen(screen)

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
        screen = self.present
        return isinstance(screen, ResultScreen) and screen.outcome == outcome

    def _tell(self, outcome: Outcome, told: Outcome) -> None:
        """Show what has become of an outcome, if it is still on the glass."""
        screen = self.present
        if isinstance(screen, ResultScreen) and screen.outcome == outcome:
            screen.tell(told)
            if told.kind is not outcome.kind:
                self.chimes.play(cue_for(told.kind))

    async def type_key(self, key: Keystroke) -> None:
        """A key that was typed is for the page that is up."""
        await super().on_event(events.Key(key.key, key.character))

    @property
    def present(self) -> KioskScreen | None:
        """The screen of the kiosk that is up, if one is: not while it starts or ends, nor under a question."""
        screen = self.screen_stack[-1] if self.screen_stack else None
        return screen if isinstance(screen, KioskScreen) else None

    def offer(self, shown: Shown) -> None:
        """A code that is meant for something else is no try; a badge is nobody's yet."""
        if (screen := self.present) is not None and screen.tries_out(shown):
            return
        if not isinstance(shown, Foreign):
            self.post_message(CodeOffered(shown if isinstance(shown, Code) else None))
            return
        self.rest.wake()
        if self.present is not None:
            self.present.notice(foreign_words(self.speech))

    def _look_for_idleness(self) -> None:
        """Who has walked away is asked, and then wiped."""
        screen = self.present
        self.languages.look(time.monotonic() - self._touched)
        if screen is None or not screen.times_out or self._answering:
            self.sight.wipe_if_left(self._touched)
            self.rest.look(self._touched)
            return
        if time.monotonic() - self._touched >= (self.patience.form if screen.is_form else self.patience.idle):
            self.push_screen(StillThere(self.speech, self.patience.countdown), self._still_there)

    def _still_there(self, more_time: bool | None) -> None:
        self._touched = time.monotonic()
        if not more_time:
            self.go_home()
