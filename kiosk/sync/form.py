"""The form of a visit out of the location's settings (contract 3.5, 8)."""

from __future__ import annotations

from collections.abc import Mapping

from kiosk.desk.visit_form import Asking, VisitForm
from kiosk.text import SENTENCE_LENGTH, clean

_PREFIX = "MobileApp.FrontDesk.Checkin."


def form_from(settings: Mapping[str, str]) -> VisitForm:
    """What the location wants visitors to be asked; what it has not set is asked as `VisitForm` has it.

    An e-mail address is always required: Nexudus takes no visitor without one, whatever its form says (contract 3.2).
    """
    usual = VisitForm()
    return VisitForm(
        host=_asking(settings, "Fields.Member", "RequireMember", usual.host),
        phone=_asking(settings, "Fields.PhoneNumber", "Fields.PhoneNumber.Required", usual.phone),
        company=_asking(settings, "Fields.CompanyName", None, usual.company),
        reason=_asking(settings, "Fields.Reason", None, usual.reason),
        newsletter=_asking(settings, "ShowNewsletter", None, usual.newsletter),
    )


def customer_filter_from(settings: Mapping[str, str]) -> str:
    """The location's own limit of the customers whom visitors may choose; empty where there is none."""
    return clean(settings.get(_PREFIX + "CustomerFilter") or "", SENTENCE_LENGTH)


def _asking(settings: Mapping[str, str], field: str, required: str | None, usual: Asking) -> Asking:
    asked = settings.get(_PREFIX + field, "").strip().lower()
    if asked not in ("true", "false"):
        return usual
    if asked == "false":
        return Asking.NO
    must = required is not None and settings.get(_PREFIX + required, "").strip().lower() == "true"
    return Asking.REQUIRED if must else Asking.OPTIONAL
