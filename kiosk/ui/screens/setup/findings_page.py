"""Pages that show what was found: the permissions of the account, and the location as Nexudus has it."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from textual import events, on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical

from kiosk.desk.provisioning import AccountSeen, Held, Hindrance, RightSeen, Settled
from kiosk.i18n.set_up_words import found_words, held_words, hindrance_words, without_words
from kiosk.ui.screens.setup.page import SetUpPage
from kiosk.ui.widgets.big_text import BigText
from kiosk.ui.widgets.choice import Choice, Look
from kiosk.ui.widgets.findings import Finding, Findings, Mark
from kiosk.ui.widgets.words import PlainText

_MARKS = {Held.MISSING: Mark.WRONG, Held.UNVERIFIED: Mark.OPEN, Held.GRANTED: Mark.WELL}
_ORDER = list(_MARKS)


class FindingsPage(SetUpPage):
    """A heading, what was found, and the way on."""

    def __init__(self, title: str, subtitle: str, go_on: Callable[[], None], progress: str) -> None:
        super().__init__(progress)
        self._title = title
        self._subtitle = subtitle
        self.go_on = go_on

    def compose(self) -> ComposeResult:
        """The list between its heading and what can be done."""
        say = self.speech.say
        yield self.bar()
        with Vertical(id="heading"):
            yield BigText(self._title, rows=3, id="title")
            yield PlainText(self._subtitle, id="subtitle")
        yield Findings(self.findings(), id="findings")
        with self.deeds():
            yield self.back_choice()
            with Horizontal(id="others"):
                yield Choice(say("Check again"), look=Look.QUIET, big=False, id="again")
                yield Choice(say("Turn the page"), look=Look.QUIET, big=False, id="more")
            yield Choice(say("Next"), look=Look.PRIMARY, big=False, id="next")

    def on_mount(self) -> None:
        """Nothing to turn before it is known how much there is."""
        self.query_one("#more", Choice).visible = False

    def findings(self) -> Sequence[Finding]:
        """What was found."""
        raise NotImplementedError

    @on(Findings.Laid)
    def _laid(self) -> None:
        self.query_one("#more", Choice).visible = self.query_one(Findings).pages > 1

    @on(Choice.Chosen, "#more")
    def _more(self) -> None:
        """The next page, and after the last one the first."""
        findings = self.query_one(Findings)
        findings.turn(1 if findings.page + 1 < findings.pages else -findings.page)

    @on(Choice.Chosen, "#next")
    def _next(self) -> None:
        if self.is_current and self.query_one("#next", Choice).visible:
            self.go_on()

    def key_pressed(self, event: events.Key) -> None:
        """Enter goes on, page keys turn."""
        match event.key:
            case "enter":
                self._next()
            case "pagedown" | "right" | "down":
                self.query_one(Findings).turn(1)
            case "pageup" | "left" | "up":
                self.query_one(Findings).turn(-1)
            case _:
                super().key_pressed(event)


class RightsPage(FindingsPage):
    """Each right by its name in Nexudus, what is missing first. Only a vital one that is missing bars the way."""

    def __init__(
        self,
        account: AccountSeen,
        title: str,
        subtitle: str,
        again: Callable[[], None],
        go_on: Callable[[], None],
        progress: str,
    ) -> None:
        super().__init__(title, subtitle, go_on, progress)
        self._account = account
        self._again = again

    def on_mount(self) -> None:
        """Bar the way where it has to be."""
        self.look_at(self._account)

    def look_at(self, account: AccountSeen, failed: Hindrance | None = None) -> None:
        """Show how the rights stand now, or why that cannot be told."""
        self._account = account
        self.query_one(Findings).show(self.findings())
        self.query_one("#next", Choice).visible = account.is_enough
        self.query_one("#subtitle", PlainText).say(self._summary(failed))

    def findings(self) -> Sequence[Finding]:
        """Rights that are missing, vital ones before others; then those not verified; then the rest."""
        rights = sorted(self._account.rights, key=lambda right: (_ORDER.index(right.held), not right.vital))
        return [self._finding(right) for right in rights]

    @on(Choice.Chosen, "#again")
    def _check_again(self) -> None:
        if self.is_current:
            self._again()

    def _finding(self, right: RightSeen) -> Finding:
        held, without = held_words(right, self.speech), without_words(right, self.speech)
        return Finding(_MARKS[right.held], right.name, held, without)

    def _summary(self, failed: Hindrance | None) -> str:
        say = self.speech.say
        if failed is not None:
            return hindrance_words(failed, self.speech)
        if not self._account.is_enough:
            return say(
                "Nobody can check in without what is vital. Grant it in Nexudus (Settings > Users and roles > Roles), "
                "then check again."
            )
        if any(right.held is Held.MISSING for right in self._account.rights):
            return say("Grant what is missing in Nexudus: Settings > Users and roles > Roles.")
        return say("Nothing is missing that Nexudus tells of.")


class FoundPage(FindingsPage):
    """The location as Nexudus has it: what is used of it here."""

    def __init__(self, found: Settled, subtitle: str, go_on: Callable[[], None], progress: str) -> None:
        super().__init__(found.house.name, subtitle, go_on, progress)
        self._found = found

    def on_mount(self) -> None:
        """There is nothing to check again."""
        self.query_one("#again", Choice).visible = False

    def findings(self) -> Sequence[Finding]:
        """A sentence each."""
        return [Finding(Mark.NOTE, said=words) for words in found_words(self._found, self.speech)]
