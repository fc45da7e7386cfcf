"""What the state folder tells of the people of a whole space, once it has read all of them."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any

import pytest_asyncio

from kiosk.desk.outcomes import OutcomeKind
from kiosk.sandbox.entities import COWORKERS, VISITORS
from kiosk.sandbox.schema import Record
from kiosk.state import directory
from tests.road import HandClock, Road, open_road

EMAIL = re.compile(rb"[^\s\"@\0]+@[^\s\"@\0]+\.[a-z]+")
TOKEN = re.compile(r"[\w-]+")


@pytest_asyncio.fixture
async def road(tmp_path: Path) -> AsyncIterator[Road]:
    """A kiosk that has read everybody, at a whole second, so that no fraction of one is taken for a code."""
    clock = HandClock()
    clock.wall = clock.wall.replace(microsecond=0)
    async with open_road(tmp_path, clock) as road:
        yield road


def people(road: Road) -> list[Record]:
    return [*road.world.rows(COWORKERS), *road.world.rows(VISITORS)]


def secrets_of(road: Road) -> set[str]:
    """Every PIN, code, identifier and e-mail address that the space has given out."""
    fields = ("AccessPincode", "AccessCardId", "VisitorCode", "UniqueId", "Email")
    return {person.text(field) for person in people(road) for field in fields if person.get(field)}


def values(content: Any) -> Iterator[str]:
    """Everything that is written in a document, however deep, as text."""
    if isinstance(content, dict):
        for key, value in content.items():
            yield str(key)
            yield from values(value)
    elif isinstance(content, list):
        for value in content:
            yield from values(value)
    else:
        yield str(content)


def kept(road: Road) -> list[dict[str, Any]]:
    """The documents of the directory, as they are before anything is done to them on their way to the disk."""
    database = road.state.store.directory
    with database.reading():
        tables = (directory.MEMBERS, directory.VISITORS, directory.ABOUT)
        return [dict(document) for table in tables for document in database.table(table).all()]


async def test_the_directory_keeps_no_e_mail_address_pin_or_code_of_anybody(road: Road) -> None:
    secrets, written = secrets_of(road), list(values(kept(road)))

    assert len(secrets) > 600
    assert any("Zoë Lindqvist" in text for text in written), "the directory has been read"
    assert not [text for text in written if "@" in text]
    assert not secrets & {token for text in written for token in TOKEN.findall(text)}


async def test_no_file_of_the_state_has_any_of_them_in_clear_even_after_people_came_and_went(road: Road) -> None:
    for code in (road.typed("Zoë Lindqvist"), road.typed("Zoë Lindqvist").leaving(), road.typed("Tomás Rey")):
        assert (await road.desk.present(code)).kind in (OutcomeKind.WELCOME, OutcomeKind.GOODBYE)
    secrets = secrets_of(road)

    files = [file for file in road.settings.state.folder.rglob("*") if file.is_file()]
    assert files
    for file in files:
        content = file.read_bytes()
        found = set(TOKEN.findall(content.decode("utf-8", "replace")))
        assert not secrets & found, file.name
        if not file.name.startswith("tokens-"):  # the kiosk's own sign-in, which is nobody's of the space
            assert not EMAIL.search(content), file.name
