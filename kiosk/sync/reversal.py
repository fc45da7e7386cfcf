"""What came of taking back something that Nexudus had already."""

from __future__ import annotations

from dataclasses import dataclass

from kiosk.desk.queue import UploadState


@dataclass(frozen=True, slots=True)
class Reversal:
    """What is written of an undo.

    Attributes:
        note: What stayed, or why nothing had to be sent; may be empty.
        state: DONE; or REFUSED, a dead letter, where something is left that only staff can mend. The person is then
            told so.
    """

    note: str = ""
    state: UploadState = UploadState.DONE

    @classmethod
    def for_staff(cls, *notes: str) -> Reversal:
        """It is taken back in Nexudus, and yet something is left."""
        return cls("; ".join(note for note in notes if note), UploadState.REFUSED)
