"""A badge on the mark: which one it is, how loud it is there, and whose it cannot be."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from kiosk.desk.adverts import Advert
from kiosk.desk.badge_desk import BadgeCounter
from kiosk.desk.badge_office import BadgeDrawer
from kiosk.desk.badges import Tier
from kiosk.desk.enrolment import Enrolment, FoundBadge, MarkProgress, MarkStep
from kiosk.desk.house import House
from kiosk.desk.rolling import SERVICE, slot_at, token
from kiosk.desk.signs import APPLE, handle_of
from kiosk.desk.staff import NotPossible
from kiosk.state.ledger import Ledger
from tests.desk.samples import NINE, HandClock
from tests.desk.test_signs import BEACON, BEACON_SIGN, FRAME, eddystone, ibeacon
from tests.state.test_badges import ADA, BOB, ROLLING, SECRET, Device

HANDLE = handle_of(BEACON_SIGN)
OTHER = ibeacon(BEACON[:-2] + b"\x09" + BEACON[-1:])
TOKEN = Advert("AA", -40, 1.0, services={SERVICE: token(SECRET, slot_at(NINE.timestamp()))})


class Mark:
    """The mark of a kiosk, on which badges are held for Ada."""

    def __init__(self, folder: Path) -> None:
        self.device = Device(folder)
        counter = BadgeCounter(
            self.device.book, Ledger(self.device.store.precious), HandClock(), lambda: House(7, "The Yard")
        )
        self.office = BadgeDrawer(self.device.book, self.device.directory, counter.recognise, HandClock())
        self.at = 100.0
        self.enrolment: Enrolment = self.office.begin(ADA.id)

    def hear(self, *heard: tuple[Advert, int], seconds: float) -> MarkProgress:
        """Each of these at its level, ten times a second."""
        progress = MarkProgress(MarkStep.WAITING)
        for _ in range(round(seconds * 10)):
            self.at += 0.1
            for advert, level in heard:
                progress = self.enrolment.hear(replace(advert, rssi=level, at=self.at))
        return progress


@pytest.fixture
def mark(tmp_path: Path) -> Iterator[Mark]:
    mark = Mark(tmp_path / "state")
    yield mark
    mark.device.store.close()


def test_a_badge_that_lies_there_for_three_seconds_is_found_and_measured(mark: Mark) -> None:
    assert mark.hear((ibeacon(BEACON), -70), seconds=2).step is MarkStep.WAITING
    assert mark.hear((ibeacon(BEACON), -40), seconds=2).step is MarkStep.HOLDING

    found = mark.hear((ibeacon(BEACON), -38), seconds=3).found

    assert found == FoundBadge(HANDLE, Tier.STATIC, BEACON_SIGN, -38)


def test_it_counts_again_from_the_beginning_when_it_was_lifted(mark: Mark) -> None:
    mark.hear((ibeacon(BEACON), -40), seconds=2)
    mark.hear((ibeacon(BEACON), -70), seconds=1)

    assert mark.hear((ibeacon(BEACON), -40), seconds=2.5).step is MarkStep.HOLDING
    assert mark.enrolment.look(mark.at + 2).step is MarkStep.WAITING, "it was taken away, and sends nothing"


@pytest.mark.parametrize(("next_best", "step"), [(-50, MarkStep.SEVERAL), (-56, MarkStep.FOUND)])
def test_it_has_to_be_clearly_ahead_of_the_next(mark: Mark, next_best: int, step: MarkStep) -> None:
    assert mark.hear((ibeacon(BEACON), -40), (OTHER, next_best), seconds=5).step is step


def test_phones_and_other_things_without_a_sign_are_in_nobodys_way(mark: Mark) -> None:
    phone = Advert("x", -20, 1.0, {APPLE: b"\x10\x05\x01"})

    assert mark.hear((phone, -20), seconds=5).step is MarkStep.WAITING
    assert mark.hear((phone, -20), (eddystone(FRAME), -40), seconds=5).step is MarkStep.FOUND


def test_closer_than_the_mark_a_receiver_saturates_so_no_more_is_measured_than_holds(mark: Mark) -> None:
    found = mark.hear((ibeacon(BEACON), -15), seconds=5).found

    assert found is not None
    assert found.calibration == -24


def test_a_badge_that_is_kept_counts_and_may_be_measured_again(mark: Mark) -> None:
    for level in (-40, -36):
        mark.enrolment = mark.office.begin(ADA.id)
        found = mark.hear((ibeacon(BEACON), level), seconds=5).found
        assert found is not None
        mark.office.confirm(found, ADA.id)

    (badge,) = mark.device.book.badges()
    assert (badge.member, badge.calibration, badge.secret) == (ADA.id, -36, BEACON_SIGN.encode())


def test_another_members_badge_is_theirs_until_it_is_revoked(mark: Mark) -> None:
    mark.enrolment = mark.office.begin(BOB.id)
    found = mark.hear((ibeacon(BEACON), -40), seconds=5).found
    assert found is not None
    mark.office.confirm(found, BOB.id)

    mark.enrolment = mark.office.begin(ADA.id)
    assert mark.hear((ibeacon(BEACON), -40), seconds=5).step is MarkStep.TAKEN
    with pytest.raises(NotPossible, match="somebody else's"):
        mark.office.confirm(found, ADA.id)

    mark.device.book.revoke(HANDLE)
    assert mark.hear((ibeacon(BEACON), -40), seconds=5).step is MarkStep.FOUND


def test_a_rolling_badge_that_was_added_is_measured_and_a_strangers_is_nothing(mark: Mark) -> None:
    assert mark.hear((TOKEN, -40), seconds=5).step is MarkStep.WAITING
    mark.device.book.put([replace(ROLLING, calibration=None)])

    found = mark.hear((TOKEN, -35), seconds=5).found
    assert found is not None
    mark.office.confirm(found, ADA.id)

    assert mark.device.book.rolling() == (replace(ROLLING, calibration=-35),)


def test_members_are_found_by_name_whatever_visitors_may_see(mark: Mark) -> None:
    assert [host.name for host in mark.office.find("ada").hosts] == [ADA.name]
