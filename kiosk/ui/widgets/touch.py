"""What a finger does to a widget: press, slide, lift.

A tap counts when the finger lifts, on the zone where it came down or within one cell of it; sliding away takes it back.
Nothing depends on how long the finger stays: terminals report a finger that does not move only as it lifts, press and
release at once. Taps are made of presses and releases rather than of Textual's clicks, so fast ones are never merged.
"""

from __future__ import annotations

from functools import partial

from textual import events
from textual.geometry import Offset, Region
from textual.timer import Timer

from kiosk.ui.widgets.ready import ReadyLines

FLASH_SECONDS = 0.12
"""How long a zone stays lit after the finger has left: long enough to be seen, short enough for the next tap."""

_HOLD_SECONDS = 2.0
"""How long the widget keeps the mouse for itself without hearing from it. A release that goes missing, because another
screen came up under the finger, must not leave the glass dead."""


class TouchSurface(ReadyLines, can_focus=False):
    """A widget of one or more zones that can be tapped. It never takes the focus, and has no hover.

    A subclass says where its zones are (`zone_at`, `zone_region`) and what a tap means (`tapped`), and draws those lit
    for which `is_lit` is true.
    """

    ALLOW_SELECT = False

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:
        super().__init__(id=id, classes=classes)
        self._pressed: str | None = None
        # Whether the finger is still over the zone where it came down.
        self._inside = False
        self._hold: Timer | None = None
        # The zones that are lit for a moment, with the timers that end it.
        self._flashes: dict[str, Timer] = {}

    def zone_at(self, at: Offset) -> str | None:
        """Return the zone at a place of the content, or None between zones."""
        raise NotImplementedError

    def zone_region(self, zone: str) -> Region:
        """Return the part of the content that a zone takes."""
        raise NotImplementedError

    def tapped(self, zone: str) -> None:
        """Act on a tap."""
        raise NotImplementedError

    def is_lit(self, zone: str) -> bool:
        """Return whether `zone` is to be drawn as pressed."""
        return (self._inside and zone == self._pressed) or zone in self._flashes

    @property
    def is_touched(self) -> bool:
        """Whether any zone is drawn as pressed."""
        return self._pressed is not None or bool(self._flashes)

    def flash(self, zone: str) -> None:
        """Light `zone` for a moment."""
        if (running := self._flashes.get(zone)) is not None:
            running.stop()
        self._flashes[zone] = self.set_timer(FLASH_SECONDS, partial(self._darken, zone))
        self._redraw(zone)

    def on_mouse_down(self, event: events.MouseDown) -> None:
        event.stop()
        if event.button != 1:
            return
        self._end_press()
        zone = self.zone_at(event.get_content_offset_capture(self))
        if zone is not None:
            self._pressed, self._inside = zone, True
            self._follow(event)
            self._redraw(zone)

    def on_mouse_move(self, event: events.MouseMove) -> None:
        event.stop()
        if self._pressed is None:
            return
        self._follow(event)
        if (inside := self._is_near(event, self._pressed)) != self._inside:
            self._inside = inside
            self._redraw(self._pressed)

    def on_mouse_up(self, event: events.MouseUp) -> None:
        event.stop()
        zone = self._pressed
        if zone is None:
            return
        self._end_press()
        if self._is_near(event, zone):
            self.flash(zone)
            self.tapped(zone)

    def on_click(self, event: events.Click) -> None:
        event.stop()

    def on_unmount(self) -> None:
        self._end_press()

    def _follow(self, event: events.MouseEvent) -> None:
        """Keep the mouse until it is released, so that a release elsewhere is heard of.

        Only while this is the newest that the mouse did: if the app has since dealt with something further on, that may
        have been the release, and the mouse would be kept for good.
        """
        if self.app.mouse_position == event.screen_offset:
            self.capture_mouse()
        if self._hold is None:
            self._hold = self.set_timer(_HOLD_SECONDS, self._let_go)
        else:
            self._hold.reset()

    def _let_go(self) -> None:
        """Give the mouse free and look untouched; a release over the zone still counts."""
        self.release_mouse()
        self._hold = None
        self._inside = False
        if self._pressed is not None:
            self._redraw(self._pressed)

    def _end_press(self) -> None:
        zone, self._pressed, self._inside = self._pressed, None, False
        if self._hold is not None:
            self._hold.stop()
            self._hold = None
        if zone is not None:
            self.release_mouse()
            self._redraw(zone)

    def _is_near(self, event: events.MouseEvent, zone: str) -> bool:
        return self.zone_region(zone).grow((1, 1, 1, 1)).contains_point(event.get_content_offset_capture(self))

    def _darken(self, zone: str) -> None:
        self._flashes.pop(zone, None)
        self._redraw(zone)

    def _redraw(self, zone: str) -> None:
        self.refresh(self.zone_region(zone))
