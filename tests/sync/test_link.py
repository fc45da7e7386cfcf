"""How things stand between the kiosk and Nexudus, and what of it is logged."""

from __future__ import annotations

import pytest

from kiosk.desk.ports import Link
from kiosk.nexudus.errors import NeverSent, RoleMissing, Unreached
from kiosk.nexudus.rights import VISITOR_LIST, VISITOR_READ
from kiosk.sync.link import LinkWatch


@pytest.fixture
def watch() -> LinkWatch:
    return LinkWatch()


def test_a_missing_right_is_logged_once_however_often_it_is_missed(
    watch: LinkWatch, caplog: pytest.LogCaptureFixture
) -> None:
    for _ in range(5):
        watch.failed(RoleMissing(VISITOR_LIST))
        watch.worked()  # the other lists are read all the while

    (line,) = caplog.messages
    assert "Visitor - List" in line
    assert "kiosk doctor" in line


def test_each_missing_right_is_logged(watch: LinkWatch, caplog: pytest.LogCaptureFixture) -> None:
    watch.failed(RoleMissing(VISITOR_LIST))
    watch.failed(RoleMissing(VISITOR_READ))

    assert len(caplog.messages) == 2


def test_a_missing_right_is_an_answer_so_the_line_is_up_again(watch: LinkWatch) -> None:
    backs: list[None] = []
    watch.on_back = lambda: backs.append(None)
    watch.failed(NeverSent(Unreached.CONNECTION))
    assert watch.link is Link.OFFLINE

    watch.failed(RoleMissing(VISITOR_LIST))

    assert (watch.link, watch.trouble, len(backs)) == (Link.ONLINE, None, 1)
