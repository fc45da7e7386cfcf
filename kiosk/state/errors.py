"""What can go wrong with the state. Every message is for staff; visitors see one calm sentence.

NotRecorded (kiosk.desk.ports)
└── StateError
    ├── StateMissing     there is nothing to read yet
    ├── StateInUse       another kiosk or line works on the same folder
    ├── StateDamaged     a file cannot be read back
    └── StateNotWritten  the disk refused: full, read-only, or failing
"""

from __future__ import annotations

from kiosk.desk.ports import NotRecorded


class StateError(NotRecorded):
    """The state is not to be had as it should be."""


class StateMissing(StateError):
    """No kiosk has kept anything in this folder yet."""


class StateInUse(StateError):
    """Another process writes to this state."""


class StateDamaged(StateError):
    """A file of the state cannot be read."""


class StateNotWritten(StateError):
    """A write was refused. Nothing has changed, in memory or on disk."""
