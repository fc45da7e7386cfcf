"""The rights that the kiosk's account needs, by the names the Nexudus role editor shows.

Each call of the kiosk names the right it needs, so that a missing one can be told to staff in the words of the page
where they can grant it (contract 6: roles are `{Entity}-{Verb}`, granted per location).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

Verb = Literal["List", "Read", "Create", "Edit", "Delete"]


@dataclass(frozen=True, slots=True, order=True)
class Right:
    """One tick box of the role editor, such as "Coworker - List"."""

    entity: str
    verb: Verb

    def __str__(self) -> str:
        return f"{self.entity} - {self.verb}"


BUSINESS_LIST: Final = Right("Business", "List")
BUSINESS_SETTING_LIST: Final = Right("BusinessSetting", "List")
COWORKER_LIST: Final = Right("Coworker", "List")
VISITOR_LIST: Final = Right("Visitor", "List")
VISITOR_READ: Final = Right("Visitor", "Read")
VISITOR_CREATE: Final = Right("Visitor", "Create")
VISITOR_EDIT: Final = Right("Visitor", "Edit")
CHECKIN_LIST: Final = Right("Checkin", "List")
CHECKIN_READ: Final = Right("Checkin", "Read")
CHECKIN_CREATE: Final = Right("Checkin", "Create")
CHECKIN_EDIT: Final = Right("Checkin", "Edit")
CHECKIN_DELETE: Final = Right("Checkin", "Delete")
FAILED_CHECKIN_LIST: Final = Right("FailedCheckin", "List")
ACCESS_TOKEN_LIST: Final = Right("AccessToken", "List")

NEEDED_RIGHTS: Final = (
    BUSINESS_LIST,
    BUSINESS_SETTING_LIST,
    COWORKER_LIST,
    VISITOR_LIST,
    VISITOR_READ,
    VISITOR_CREATE,
    VISITOR_EDIT,
    CHECKIN_LIST,
    CHECKIN_READ,
    CHECKIN_CREATE,
    CHECKIN_EDIT,
    CHECKIN_DELETE,
)
"""Every right that some call of `kiosk.nexudus.entities` needs, in the order in which a set-up would grant them."""
