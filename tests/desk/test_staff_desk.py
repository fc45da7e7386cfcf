"""What can be a staff PIN."""

from __future__ import annotations

import pytest

from kiosk.desk.staff_desk import WrongPin, check_pin


@pytest.mark.parametrize("pin", ["2580", "1357", "998877", "102030405060"])
def test_digits_that_are_not_guessed_at_once_can_be_one(pin: str) -> None:
    check_pin(pin)


@pytest.mark.parametrize(
    "pin", ["", "258", "1234567890123", "25 80", "25a80", "²580", "٢٥٨٠", "0000", "1234", "9876", "456789"]
)
def test_what_is_too_short_too_long_no_digits_or_guessed_at_once_cannot(pin: str) -> None:
    with pytest.raises(WrongPin):
        check_pin(pin)
