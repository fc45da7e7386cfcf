"""What can go wrong with the state. Every message is for staff; visitors see one calm sentence.

NotRecorded (kiosk.desk.ports)
└── StateError
    ├── StateMissing     there is nothing to read yet
    ├── StateInUse       another kiosk or line works on the same folder
    ├── StateDamaged     a file cannot be read back
    ├── StateSealed      it is sealed with a key that is not at hand; nothing is wrong with it
    ├── StateTooNew      a newer kiosk wrote it
    ├── WrongTransfer    a file of badges cannot be used, or its passphrase is another
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


class StateSealed(StateError):
    """The state cannot be opened with the key that is at hand. It is left untouched."""


class StateTooNew(StateError):
    """The state has a format that this version does not know. It is left untouched."""


class WrongTransfer(StateError):
    """A file of badges from another kiosk cannot be opened. Nothing was taken over."""


class StateNotWritten(StateError):
    """A write was refused. Nothing has changed, in memory or on disk."""
