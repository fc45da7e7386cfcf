"""The display and its touch: five marks to be hit, and then colours, greys and cells to be looked at."""

from __future__ import annotations

from collections.abc import Sequence

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.widgets import Static

from kiosk.desk.staff_desk import Act
from kiosk.ui.screens.staff.page import StaffPage
from kiosk.ui.widgets.aim import AimField, Miss
from kiosk.ui.widgets.choice import Choice
from kiosk.ui.widgets.words import PlainText

COLOURS = ("#ff0000", "#00ff00", "#0000ff", "#00ffff", "#ff00ff", "#ffff00", "#ffffff", "#000000")
GREYS = tuple(f"#{level:02x}{level:02x}{level:02x}" for level in range(0, 256, 17))

GOOD_CELLS = 1
"""A touch that falls this near is a hit: keys forgive as much."""


class DisplayPage(StaffPage):
    """First the touch, since without it nothing else can be reached."""

    def heading(self) -> str:
        """The test."""
        return self.speech.say("Display test")

    def about(self) -> str:
        """What to do."""
        return self.speech.say("Touch each mark in its middle. There are five.")

    def body(self) -> ComposeResult:
        """The field, and what is to be seen after it."""
        yield AimField(id="aim")
        yield Vertical(
            Horizontal(*(Static(classes="swatch") for _ in COLOURS), id="colours"),
            Horizontal(*(Static(classes="swatch") for _ in GREYS), id="greys"),
            PlainText(id="cells"),
            id="looks",
        )

    def acts(self) -> ComposeResult:
        """Once more."""
        yield self.act(self.speech.say("Once more"), "again")

    def on_mount(self) -> None:
        """The touch comes first."""
        self.query_one("#looks").display = False
        self.query_one("#acts").visible = False
        for row, colours in (("#colours", COLOURS), ("#greys", GREYS)):
            for swatch, colour in zip(self.query_one(row).query(Static), colours, strict=True):
                swatch.styles.background = colour

    @on(AimField.Hit)
    def _hit(self, message: AimField.Hit) -> None:
        if not message.is_last:
            left = 5 - len(message.misses)
            self.tell(self.speech.count("{number} mark is left.", "{number} marks are left.", left))
            return
        worst = max(miss.cells for miss in message.misses)
        self.tell(self._verdict(worst))
        self.query_one("#aim").display, self.query_one("#looks").display = False, True
        self.query_one("#cells", PlainText).say(self._cells(message.misses))
        self.query_one("#acts").visible = True
        self.run_worker(self.staff.note(Act.DISPLAY_TEST, f"{worst} cells"), group="note")

    @on(Choice.Chosen, "#again")
    def _again(self) -> None:
        self.give_way_to(DisplayPage())

    def _verdict(self, worst: int) -> str:
        if worst <= GOOD_CELLS:
            return self.speech.count(
                "Touch is exact: {number} cell off at most.", "Touch is exact: {number} cells off at most.", worst
            )
        return self.speech.say("Touch is {number} cells off. Set it up anew, or clean the glass.", number=worst)

    def _cells(self, misses: Sequence[Miss]) -> str:
        size = self.app.size
        offs = ", ".join(f"{miss.right:+d}/{miss.down:+d}" for miss in misses)
        frame = "▌▐" * 8
        return "\n".join(
            (
                self.speech.say("{columns} by {rows} cells", columns=size.width, rows=size.height),
                self.speech.say("Off to the right and down: {offsets}", offsets=offs),
                self.speech.say("All bars are equally wide: {bars}", bars=frame),
            )
        )
