from __future__ import annotations

from datetime import time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from kiosk.desk.house import House, Texts
from kiosk.desk.visit_form import Asking, VisitForm
from kiosk.state.database import open_database
from kiosk.state.errors import StateNotWritten
from kiosk.state.site import SITE as SITE_TABLE
from kiosk.state.site import Site, SiteStore
from tests.conftest import Disk

SITE = Site(
    "kiosk-4f1d",
    "https://spaces.nexudus.com",
    7,
    "Zoë's {Yard} [/x]",
    "Pacific/Auckland",
    Texts(home="Kia ora", goodbye="Haere rā"),
)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "precious"


def test_before_its_first_start_a_kiosk_stands_nowhere(path: Path) -> None:
    assert SiteStore(open_database(path)).site is None
    assert not Site("kiosk-4f1d").ready


def test_a_restart_finds_the_place_as_it_was_saved_last(path: Path) -> None:
    store = SiteStore(open_database(path))
    store.save(Site("kiosk-4f1d"))
    store.save(SITE)

    assert store.site == SiteStore(open_database(path)).site == SITE
    assert SITE.ready


def test_saving_what_is_known_already_spares_the_card(path: Path, disk: Disk) -> None:
    store = SiteStore(open_database(path))
    store.save(SITE)
    store.save(SITE)

    assert disk.frames == 1


def test_a_place_that_the_disk_refuses_is_not_taken_over(path: Path, disk: Disk) -> None:
    store = SiteStore(open_database(path))
    disk.fill()

    with pytest.raises(StateNotWritten):
        store.save(SITE)

    assert store.site is None
    disk.clear()
    assert SiteStore(open_database(path)).site is None


def test_the_desk_is_told_the_zone_the_texts_and_the_rules_of_the_place() -> None:
    assert SITE.house(30, 5, 0.01) == House(
        7,
        "Zoë's {Yard} [/x]",
        ZoneInfo("Pacific/Auckland"),
        timedelta(seconds=30),
        timedelta(seconds=5),
        Texts(home="Kia ora", goodbye="Haere rā"),
        guess_odds=0.01,
    )


@pytest.mark.parametrize(
    "zone", ["", "Mars/Olympus", "../../etc/passwd", "/etc/passwd", "Europe", "W. Europe Standard Time", "x\0y"]
)
def test_a_zone_that_nobody_knows_is_utc(zone: str) -> None:
    assert Site("kiosk-4f1d", zone=zone).house().zone == ZoneInfo("UTC")


def test_a_place_that_an_older_kiosk_has_saved_has_the_usual_form(path: Path) -> None:
    database = open_database(path)
    older = {"client_id": "kiosk-4f1d", "business_id": 7, "name": "Yard", "zone": "UTC", "base_url": "", "texts": {}}
    with database.transaction():
        database.table(SITE_TABLE).insert(older)

    site = SiteStore(database).site
    assert site is not None
    assert site.visit_form == VisitForm()


def test_a_restart_finds_the_form_as_it_was_saved(path: Path) -> None:
    form = VisitForm(host=Asking.REQUIRED, newsletter=Asking.OPTIONAL)
    SiteStore(open_database(path)).save(Site("kiosk-4f1d", visit_form=form))

    site = SiteStore(open_database(path)).site
    assert site is not None
    assert site.visit_form == form
    assert site.visit_form.host is Asking.REQUIRED


def test_a_restart_finds_the_cut_off_as_it_was_saved(path: Path) -> None:
    SiteStore(open_database(path)).save(Site("kiosk-4f1d", cut_off="20:00"))

    site = SiteStore(open_database(path)).site
    assert site is not None
    assert site.house().cut_off == time(20)
