"""What waits for Nexudus, what it refused, and one of these."""

from __future__ import annotations

from collections.abc import Awaitable, Sequence
from typing import ClassVar

from textual import on, work
from textual.app import ComposeResult

from kiosk.desk.queue import Entry, UploadState
from kiosk.i18n.staff_words import entry_words, standing_of_entry
from kiosk.ui.screens.staff.page import StaffPage
from kiosk.ui.screens.staff.rows import Row, RowsPage
from kiosk.ui.widgets.choice import Choice, Look
from kiosk.ui.widgets.words import Facts


class QueuePage(RowsPage):
    """The refused stand first: they need somebody."""

    def __init__(self) -> None:
        super().__init__()
        self._entries: dict[str, Entry] = {}

    def heading(self) -> str:
        """The list."""
        return self.speech.say("Queue")

    async def read(self) -> tuple[str, Sequence[Row]] | None:
        """The list as it is now."""
        entries = await self.tried(self.staff.queue())
        if entries is None:
            return None
        self._entries = {str(entry.event.sequence): entry for entry in entries}
        rows = [
            Row(key, entry_words(entry, self.speech), standing_of_entry(entry, self.house, self.speech))
            for key, entry in self._entries.items()
        ]
        if not rows:
            return self.speech.say("Nothing waits, and nothing was refused."), rows
        refused = sum(entry.state is UploadState.REFUSED for entry in entries)
        return self.speech.count("{number} event was refused.", "{number} events were refused.", refused), rows

    def chosen(self, key: str) -> None:
        """One of them."""
        self.lead_to(EntryPage(self._entries[key]))


class EntryPage(StaffPage):
    """An event, why Nexudus refused it, and what to do with it."""

    private: ClassVar[str] = "#facts"

    def __init__(self, entry: Entry) -> None:
        super().__init__()
        self._entry = entry

    def heading(self) -> str:
        """Which."""
        return self.speech.say("Event {number}", number=self._entry.event.sequence)

    def body(self) -> ComposeResult:
        """All that is known of it."""
        entry, say = self._entry, self.speech.say
        lines = [
            entry_words(entry, self.speech),
            f"{entry.event.intent.person} · {standing_of_entry(entry, self.house, self.speech)}",
        ]
        if self._entry.note:
            lines.append(say("Nexudus says: {reason}", reason=self._entry.note))
        yield Facts("\n\n".join(lines), id="facts")

    def acts(self) -> ComposeResult:
        """Only what was refused needs anything."""
        if self._entry.state is UploadState.REFUSED:
            yield self.act(self.speech.say("Dismiss"), "dismiss")
            yield self.act(self.speech.say("Try again"), "retry", Look.PRIMARY)

    @on(Choice.Chosen, "#retry")
    def _retry(self) -> None:
        done = self.speech.say("Back in the queue.")
        self._do(self.staff.retry(self._entry.event.sequence), done)

    @on(Choice.Chosen, "#dismiss")
    def _dismiss(self) -> None:
        done = self.speech.say("Dismissed. Nexudus will not hear of it.")
        self._do(self.staff.dismiss(self._entry.event.sequence), done)

    @work(group="entry")
    async def _do(self, asked: Awaitable[None], done: str) -> None:
        self.query_one("#acts").display = False  # a second touch would be refused
        if await self.tried(self._finished(asked)):
            self.tell(done)

    async def _finished(self, asked: Awaitable[None]) -> bool:
        await asked
        return True
