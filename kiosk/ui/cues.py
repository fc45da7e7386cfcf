"""Which sound goes with which answer."""

from __future__ import annotations

from kiosk.desk.hearing import Cue
from kiosk.desk.outcomes import OutcomeKind

_CUES = {
    OutcomeKind.WELCOME: Cue.IN,
    OutcomeKind.GREETED: Cue.IN,
    OutcomeKind.GOODBYE: Cue.OUT,
    OutcomeKind.UNDONE: Cue.OUT,
    OutcomeKind.ALREADY_IN: Cue.ATTENTION,
    OutcomeKind.ASK_INITIAL: Cue.ATTENTION,
    OutcomeKind.ASK_TERMS: Cue.ATTENTION,
    OutcomeKind.WAITING: Cue.ATTENTION,
}


def cue_for(kind: OutcomeKind) -> Cue:
    """Return what is heard with an answer; a kind of its own for everything that was not possible."""
    return _CUES.get(kind, Cue.ERROR)
