"""A search by name: some letters, then a tap on who is meant."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar, Generic, TypeVar

from textual import on, work
from textual.app import ComposeResult

from kiosk.ui.messages import WentBack
from kiosk.ui.screens.base import KioskScreen
from kiosk.ui.widgets.choice import Choice
from kiosk.ui.widgets.keyboard import Keyboard
from kiosk.ui.widgets.offers import Offer, Offers
from kiosk.ui.widgets.status_bar import StatusBar
from kiosk.ui.widgets.text_field import TextField
from kiosk.ui.widgets.typing_place import TypingPlace

F = TypeVar("F")


@dataclass(frozen=True, slots=True)
class SearchWords:
    """What stands on the page, in the language of the moment.

    Attributes:
        question: Whom it asks for.
        placeholder: What stands in the empty field.
        done: The key that ends the answer.
    """

    question: str
    placeholder: str
    done: str


class NameSearch(KioskScreen, Generic[F]):
    """The page. Whoever holds it says where to search, and what becomes of the one who is chosen."""

    is_form: ClassVar[bool] = True
    notice_place: ClassVar[str] = "#remark"
    places: ClassVar[int]
    """How many hits are offered at the most."""

    def __init__(self) -> None:
        super().__init__()
        self.found: Sequence[F] = ()
        self._offered: dict[str, F] = {}

    def words(self) -> SearchWords:
        """What stands on the page."""
        raise NotImplementedError

    def hint(self) -> str:
        """What helps, by what was found last."""
        raise NotImplementedError

    async def search(self, typed: str) -> Sequence[F]:
        """Who is found by what was typed, the best first."""
        raise NotImplementedError

    def offer_of(self, one: F) -> Offer:
        """How one who was found is offered; the key names them alone."""
        raise NotImplementedError

    def meant(self) -> F | None:
        """Who is meant by what was typed, without a tap: the only one."""
        return self.found[0] if len(self.found) == 1 else None

    def choose(self, one: F) -> None:
        """This one is meant."""
        raise NotImplementedError

    @property
    def typed(self) -> str:
        """What stands in the field."""
        return self.query_one("#field", TextField).text if self.is_mounted else ""

    def compose(self) -> ComposeResult:
        """The field for the search, who is found, and the keys."""
        words = self.words()
        field = TextField(placeholder=words.placeholder, id="field")
        keyboard = Keyboard(field, self.kiosk.typing, done_label=words.done, id="keyboard")
        yield StatusBar(self.kiosk.desk, self.speech)
        yield TypingPlace(
            words.question,
            field,
            keyboard,
            self.speech,
            hint=self.hint(),
            offer=Offers(self.places, id="offers"),
            id="place",
        )

    @on(TextField.Changed)
    def _changed(self) -> None:
        self._search()

    @on(Offers.Taken)
    def _taken(self, message: Offers.Taken) -> None:
        self.choose(self._offered[message.key])

    @on(Keyboard.Done)
    def _done(self) -> None:
        """Keys may come faster than answers: what counts is what was typed last."""
        self._decide()

    @on(Choice.Chosen, "#back")
    def _back(self) -> None:
        self.post_message(WentBack(self))

    @work(group="search", exclusive=True)
    async def _search(self) -> None:
        """One search at a time, of what is typed last."""
        await self._look_up()

    @work(group="search", exclusive=True)
    async def _decide(self) -> None:
        """The one who is meant is chosen; else something is still to be said."""
        await self._look_up()
        meant = self.meant()
        if meant is not None:
            self.choose(meant)
        else:
            self.query_one(TypingPlace).complain(self.hint())

    async def _look_up(self) -> None:
        self.found = await self.search(self.typed)
        offers = [(self.offer_of(one), one) for one in self.found[: self.places]]
        # Whoever was tapped may be found no more by what was typed since.
        self._offered |= {offer.key: one for offer, one in offers}
        self.query_one("#offers", Offers).offer([offer for offer, _ in offers])
        self.query_one(TypingPlace).hint(self.hint())
