"""What the camera could tell somebody who holds up a code: where it is, and what keeps it from being read."""

from __future__ import annotations

import math

from kiosk.desk.frames import Frame, Hint, Sighting
from kiosk.sensors.decoder import Look
from kiosk.sensors.hints import Measure, Steady, judge

SECONDS_HELD = 0.4
"""A code counts as in the picture so long after it was last read: some need several frames, a pass on each."""

SECONDS_BETWEEN_LOOKS = 0.2
"""How often it is judged what is wrong."""

SECONDS_LATELY = 1.0
"""A code that was found so lately and is not any more may be moving."""


class Lookout:
    """Follows the frames that were searched for codes. `saw` belongs to one thread; all else may be called from any.

    Time is that of the frames: while none is searched, since nothing changes or nobody wants codes, nothing is
    forgotten.
    """

    def __init__(self) -> None:
        self._sighting: Sighting | None = None
        self._hint = Hint.NONE
        self._rests = False
        self._starts_anew = False
        self._measure = Measure()
        self._steady = Steady()
        self._looked_at = self._unread_at = -math.inf

    @property
    def sighting(self) -> Sighting | None:
        """Where a code is, or None."""
        return None if self._rests else self._sighting

    @property
    def hint(self) -> Hint:
        """What keeps a code from being read."""
        return Hint.NONE if self._rests else self._hint

    def pause(self) -> None:
        """Know nothing: codes are for nobody now."""
        self._rests = True

    def resume(self) -> None:
        """Begin anew: what was so before says nothing of now."""
        self._sighting, self._hint, self._starts_anew = None, Hint.NONE, True
        self._rests = False

    def saw(self, frame: Frame, seen: Look) -> None:
        """Note a frame that was searched, and what it shows."""
        if self._rests:
            return
        if self._starts_anew:
            self._starts_anew = False
            self._measure, self._looked_at, self._unread_at = Measure(), -math.inf, -math.inf
            self._steady.clear()
        if seen.reading is not None:
            self._sighting = Sighting(seen.reading.corners, frame.width, frame.height, frame.at)
        elif self._sighting is not None and frame.at - self._sighting.at > SECONDS_HELD:
            self._sighting = None
        if frame.at - self._looked_at >= SECONDS_BETWEEN_LOOKS:
            self._looked_at = frame.at
            self._hint = self._judge(frame, seen)

    def _judge(self, frame: Frame, seen: Look) -> Hint:
        measured = self._measure.look(frame, seen.sight, seen.unread)
        if measured.unread is not None:
            self._unread_at = frame.at
        thought = judge(measured, lately_unread=frame.at - self._unread_at <= SECONDS_LATELY)
        if self._sighting is not None and thought is not Hint.SEVERAL:
            # Read, if not by this look then by a deeper pass: nothing is wrong, and at once.
            self._steady.clear()
            return Hint.NONE
        return self._steady.say(thought, frame.at)
