"""Whom a visitor visits: a search by name or company, whose best hits stand above the keys."""

from __future__ import annotations

from textual import on, work
from textual.app import ComposeResult

from kiosk.desk.form_checks import FormFault
from kiosk.desk.hosts import Host, HostChoice, HostHint, HostPage
from kiosk.desk.interview import Interview
from kiosk.desk.visit_form import Check, Question
from kiosk.i18n.form_words import fault_words, nobody_words
from kiosk.ui.screens.form_page import FormPage
from kiosk.ui.screens.host_list import HostListScreen, label_of
from kiosk.ui.widgets.choice import Look
from kiosk.ui.widgets.keyboard import Keyboard
from kiosk.ui.widgets.offers import Offer, Offers
from kiosk.ui.widgets.status_bar import StatusBar
from kiosk.ui.widgets.text_field import TextField
from kiosk.ui.widgets.typing_place import TypingPlace

_NOBODY, _ALL = "nobody", "all"
_PLACES = 4
_ABOVE_KEYS = 2
"""Hits that stand above the keys; the rest are a tap away, as large rows."""


class HostScreen(FormPage):
    """Type some letters, tap the name. Searching is quick, and is done off the event loop all the same."""

    def __init__(self, question: Question, interview: Interview) -> None:
        super().__init__(question, interview)
        self._page = HostPage()
        self._offered: dict[str, Host] = {}

    def compose(self) -> ComposeResult:
        """The field for the search, the best hits, and the keys."""
        say = self.speech.say
        field = TextField(placeholder=say("Name or company"), id="field")
        keyboard = Keyboard(field, self.kiosk.typing, done_label=say("Show all"), id="keyboard")
        yield StatusBar(self.kiosk.desk, self.speech)
        yield TypingPlace(
            self.asked,
            field,
            keyboard,
            self.speech,
            hint=self._hint(),
            progress=self.progress,
            offer=Offers(_PLACES, id="offers"),
            id="place",
        )

    def on_mount(self) -> None:
        """Before anything is typed there may be something to offer: everybody where the location lists them, or
        nobody."""
        self._search()

    @on(TextField.Changed)
    def _changed(self) -> None:
        self._search()

    @on(Offers.Taken)
    def _taken(self, message: Offers.Taken) -> None:
        if message.key == _NOBODY:
            self.answer(self.interview.visiting(self.question, None))
        elif message.key == _ALL:
            self._show_all()
        else:
            self.answer(self.interview.visiting(self.question, self._offered[message.key]))

    @on(Keyboard.Done)
    def _done(self) -> None:
        """Keys may come faster than answers: what counts is what was typed last."""
        self._decide()

    @work(group="search", exclusive=True)
    async def _decide(self) -> None:
        """Who typed a name to the end means the one of that name; else all who may be meant are shown."""
        await self._look_up()
        if self._page.meant is not None:
            self.answer(self.interview.visiting(self.question, self._page.meant))
        elif self._page.hosts:
            self._show_all()
        else:
            fault = FormFault.HOST_UNKNOWN if self._page.hint is HostHint.NOBODY else FormFault.MISSING
            self.query_one(TypingPlace).complain(fault_words(fault, Check.HOST, self.speech))

    def _show_all(self) -> None:
        self.lead_to(HostListScreen(self.question, self.interview, self._typed, self._page))

    @work(group="search", exclusive=True)
    async def _search(self) -> None:
        """One search at a time, of what is typed last."""
        await self._look_up()

    async def _look_up(self) -> None:
        self._page = await self.kiosk.desk.hosts(self._typed)
        self.query_one("#offers", Offers).offer(self._offers(self._page))
        self.query_one(TypingPlace).hint(self._hint())

    def _offers(self, page: HostPage) -> list[Offer]:
        say = self.speech.say
        found = {str(host.id): host for host in page.hosts[:_ABOVE_KEYS]}
        self._offered |= found  # whoever was tapped may be found no more by what was typed since
        hits = [Offer(key, label_of(host)) for key, host in found.items()]
        if hits:
            hits[0] = Offer(hits[0].key, hits[0].label, Look.PRIMARY)
        if len(page.hosts) > _ABOVE_KEYS:
            hits.append(Offer(_ALL, say("More…")))
        if not self.question.required:
            hits.append(Offer(_NOBODY, nobody_words(self.speech), Look.QUIET))
        return hits

    def _hint(self) -> str:
        say, page = self.speech.say, self._page
        if page.hosts:
            return say("Touch the name.")
        if page.hint is HostHint.TYPE_ON or not self._typed:
            by_name = self.house.host_rules.choice is HostChoice.FULL_NAME
            return say("Type the whole name or company.") if by_name else say("Type three letters of the name.")
        return fault_words(FormFault.HOST_UNKNOWN, Check.HOST, self.speech)

    @property
    def _typed(self) -> str:
        return self.query_one("#field", TextField).text if self.is_mounted else ""
