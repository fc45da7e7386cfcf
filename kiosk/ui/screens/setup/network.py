"""The way to Nexudus, part by part, and another address where the usual one will not do."""

from __future__ import annotations

from collections.abc import Callable

from textual import events, on, work
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical

from kiosk.desk.provisioning import Hindrance, Leg, NotDone, Passing, Provisioning, Way
from kiosk.i18n.set_up_words import clock_words_off, hindrance_words, leg_words, obstacle_words
from kiosk.ui.screens.setup.page import SetUpPage
from kiosk.ui.widgets.big_text import BigText
from kiosk.ui.widgets.choice import Choice, Look
from kiosk.ui.widgets.findings import Finding, Findings, Mark
from kiosk.ui.widgets.keyboard import Keyboard
from kiosk.ui.widgets.keyboard_layouts import Layer
from kiosk.ui.widgets.shift import Capitals
from kiosk.ui.widgets.text_field import TextField
from kiosk.ui.widgets.typing_place import TypingPlace
from kiosk.ui.widgets.words import PlainText

LONGEST_ADDRESS = 200
"""Characters of an address that can be typed."""

_MARKS = {Passing.PASSED: Mark.WELL, Passing.STOPPED: Mark.WRONG, Passing.NOT_TRIED: Mark.OPEN}


class NetworkPage(SetUpPage):
    """Goes the way as soon as it is up, and says in its own words what stops it."""

    def __init__(self, provisioning: Provisioning, go_on: Callable[[], None], progress: str) -> None:
        super().__init__(progress)
        self._provisioning = provisioning
        self._go_on = go_on
        self._address = provisioning.usual_address

    def compose(self) -> ComposeResult:
        """The address, the parts of the way, and what can be done."""
        say = self.speech.say
        yield self.bar()
        with Vertical(id="heading"):
            yield BigText(say("The way to Nexudus"), rows=3, id="title")
            yield PlainText(self._address, id="subtitle")
        yield Findings(self._untried(), id="findings")
        with self.deeds():
            yield self.back_choice()
            with Horizontal(id="others"):
                yield Choice(say("Other address"), look=Look.QUIET, big=False, id="other")
                yield Choice(say("Check again"), look=Look.QUIET, big=False, id="again")
            yield Choice(say("Next"), look=Look.PRIMARY, big=False, id="next")

    def on_mount(self) -> None:
        """Look at once: most often there is nothing to do here."""
        self.query_one("#other", Choice).display = not self._provisioning.is_address_settled
        self._check()

    @on(Choice.Chosen, "#other")
    def _other(self) -> None:
        self.lead_to(AddressPage(self._address, self._use, self._progress))

    @on(Choice.Chosen, "#again")
    def _again(self) -> None:
        self._check()

    @on(Choice.Chosen, "#next")
    def _next(self) -> None:
        if self.is_current and self.query_one("#next", Choice).visible:
            self._go_on()

    def key_pressed(self, event: events.Key) -> None:
        """Enter goes on."""
        if event.key == "enter":
            self._next()
        else:
            super().key_pressed(event)

    def _use(self, address: str) -> None:
        self._address = address
        self.query_one("#subtitle", PlainText).say(address)
        self._check()

    @work(group="way", exclusive=True)
    async def _check(self) -> None:
        self._offer(can_go_on=False, can_check=False)
        self.query_one("#findings", Findings).show(self._untried())
        try:
            way = await self._provisioning.explore(self._address)
        except NotDone as error:
            wrong = Finding(Mark.WRONG, said=hindrance_words(error.reason, self.speech))
            self.query_one("#findings", Findings).show([wrong])
            self._offer(can_go_on=False, can_check=error.reason is not Hindrance.ADDRESS)
            return
        self.query_one("#findings", Findings).show(self._found(way))
        self._offer(can_go_on=way.is_open, can_check=True)

    def _offer(self, *, can_go_on: bool, can_check: bool) -> None:
        self.query_one("#next", Choice).visible = can_go_on
        self.query_one("#again", Choice).visible = can_check

    def _untried(self) -> list[Finding]:
        return [Finding(Mark.OPEN, said=leg_words(leg, self.speech)) for leg in Leg]

    def _found(self, way: Way) -> list[Finding]:
        found = []
        for passage in way.passages:
            words = leg_words(passage.leg, self.speech)
            if passage.obstacle is None:
                found.append(Finding(_MARKS[passage.passing], said=words))
            else:
                found.append(Finding(_MARKS[passage.passing], said=obstacle_words(passage.obstacle, self.speech)))
        if way.clock_off is not None and way.clock_is_wrong:
            found.append(Finding(Mark.WRONG, said=clock_words_off(way.clock_off, self.speech)))
        return found


class AddressPage(SetUpPage):
    """Another address of Nexudus, typed to the sign."""

    def __init__(self, address: str, use: Callable[[str], None], progress: str) -> None:
        super().__init__(progress)
        self._address = address
        self._use = use

    def compose(self) -> ComposeResult:
        """A field with the address as it is, and the keys."""
        say = self.speech.say
        field = TextField(self._address, limit=LONGEST_ADDRESS, id="field")
        keyboard = Keyboard(
            field,
            self.kiosk.typing,
            layer=Layer.EXACT,
            capitals=Capitals.NONE,
            done_label=say("Check"),
            id="keyboard",
        )
        yield self.bar()
        yield TypingPlace(
            say("Address of Nexudus"),
            field,
            keyboard,
            self.speech,
            hint=say("It usually is https://spaces.nexudus.com"),
            id="place",
        )

    @on(Keyboard.Done)
    def _done(self) -> None:
        address = self.query_one("#field", TextField).text.strip()
        if not address:
            self.query_one(TypingPlace).complain(self.speech.say("Please fill this in."))
        elif self.is_current:
            self.app.pop_screen()
            self._use(address)
