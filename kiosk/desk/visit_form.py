"""What a visitor who was not invited is asked, as the location has set it in Nexudus."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Asking(StrEnum):
    """Whether something is asked."""

    NO = "no"
    OPTIONAL = "optional"
    REQUIRED = "required"


@dataclass(frozen=True, slots=True)
class VisitForm:
    """The form of a visit. The name is always asked and required.

    Attributes:
        email: The visitor's e-mail address.
        host: The member or company that is visited.
        phone: A telephone number.
        company: The visitor's company.
        reason: The reason for the visit.
        newsletter: Whether the visitor may tick that news be sent; never required.
    """

    email: Asking = Asking.REQUIRED
    host: Asking = Asking.OPTIONAL
    phone: Asking = Asking.NO
    company: Asking = Asking.NO
    reason: Asking = Asking.NO
    newsletter: Asking = Asking.NO
