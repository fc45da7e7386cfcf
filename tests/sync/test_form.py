"""The form of a visit, out of a location's settings."""

from __future__ import annotations

from pathlib import Path

import pytest

from kiosk.desk.visit_form import Asking, VisitForm
from kiosk.sandbox.seed_settings import SETTING_VALUES
from kiosk.sync.form import form_from
from tests.road import HandClock, open_road

PREFIX = "MobileApp.FrontDesk.Checkin."


def test_the_form_of_the_simulated_location_is_as_it_was_set_there() -> None:
    assert form_from(SETTING_VALUES) == VisitForm(
        email=Asking.REQUIRED,
        host=Asking.REQUIRED,
        phone=Asking.OPTIONAL,
        company=Asking.OPTIONAL,
        reason=Asking.OPTIONAL,
        newsletter=Asking.NO,
    )


def test_without_any_setting_the_usual_form_is_asked() -> None:
    assert form_from({}) == VisitForm()


@pytest.mark.parametrize(
    ("asked", "required", "expected"),
    [
        ("True", "True", Asking.REQUIRED),
        ("true ", "False", Asking.OPTIONAL),
        ("True", "", Asking.OPTIONAL),
        ("False", "True", Asking.NO),
        ("perhaps", "True", VisitForm().phone),
    ],
)
def test_a_field_is_required_only_where_it_is_asked(asked: str, required: str, expected: Asking) -> None:
    settings = {f"{PREFIX}Fields.PhoneNumber": asked, f"{PREFIX}Fields.PhoneNumber.Required": required}

    assert form_from(settings).phone is expected


def test_an_e_mail_address_is_required_whatever_the_form_says() -> None:
    assert form_from({f"{PREFIX}Fields.Email": "False"}).email is Asking.REQUIRED


async def test_setting_up_keeps_the_form_for_the_desk(tmp_path: Path) -> None:
    async with open_road(tmp_path, HandClock()) as road:
        assert road.state.site.visit_form == form_from(SETTING_VALUES)
        assert road.state.site.house().visit_form == form_from(SETTING_VALUES)
