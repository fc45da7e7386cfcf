"""What the state folder tells of the people of a whole space, once it has read all of them."""

from __future__ import annotations

import json
import re
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any

import pytest_asyncio

from kiosk.assembly import open_state, token_file
from kiosk.desk.outcomes import OutcomeKind
from kiosk.sandbox.entities import COWORKERS, VISITORS
from kiosk.sandbox.schema import Record
from kiosk.sandbox.seed import SIGN_IN
from kiosk.state import directory
from tests.road import LOCATION, HandClock, Road, open_road

EMAIL = re.compile(rb"[^\s\"@\0]+@[^\s\"@\0]+\.[a-z]+")
TOKEN = re.compile(r"[\w-]+")


def whole_second() -> HandClock:
    """So that no fraction of one is taken for a code."""
    clock = HandClock()
    clock.wall = clock.wall.replace(microsecond=0)
    return clock


@pytest_asyncio.fixture
async def road(tmp_path: Path) -> AsyncIterator[Road]:
    """A kiosk that has read everybody."""
    async with open_road(tmp_path, whole_second()) as road:
        yield road


@pytest_asyncio.fixture
async def sealed_road(tmp_path: Path) -> AsyncIterator[Road]:
    """The same, with encryption on."""
    async with open_road(tmp_path, whole_second(), encryption=True) as road:
        yield road


def people(road: Road) -> list[Record]:
    return [*road.world.rows(COWORKERS), *road.world.rows(VISITORS)]


def secrets_of(road: Road) -> set[str]:
    """Every PIN, code, identifier and e-mail address that the space has given out."""
    fields = ("AccessPincode", "AccessCardId", "KeyFobNumber", "VisitorCode", "UniqueId", "Email")
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


async def people_come_and_go(road: Road) -> None:
    for code in (road.typed("Zoë Lindqvist"), road.typed("Zoë Lindqvist").leaving(), road.typed("Tomás Rey")):
        assert (await road.desk.present(code)).kind in (OutcomeKind.WELCOME, OutcomeKind.GOODBYE)


def files_of(road: Road) -> list[Path]:
    """Every file of the state, the sign-in among them."""
    files = [file for file in road.settings.state.folder.rglob("*") if file.is_file()]
    assert any(file.name.startswith("tokens-") for file in files)
    assert any(file.name.startswith("journal.") for file in files)
    return files


def told_by(road: Road, secrets: set[str]) -> set[str]:
    """Which of these are found in the files, as they are or as JSON writes them."""
    contents = [file.read_bytes() for file in files_of(road)]
    return {
        secret
        for secret in secrets
        if any(secret.encode() in content or json.dumps(secret).encode() in content for content in contents)
    }


async def test_the_directory_keeps_no_e_mail_address_pin_or_code_of_anybody(road: Road) -> None:
    secrets, written = secrets_of(road), list(values(kept(road)))

    assert len(secrets) > 600
    assert any("Zoë Lindqvist" in text for text in written), "the directory has been read"
    assert not [text for text in written if "@" in text]
    assert not secrets & {token for text in written for token in TOKEN.findall(text)}


async def test_no_file_of_the_state_has_any_of_them_in_clear_even_after_people_came_and_went(road: Road) -> None:
    await people_come_and_go(road)
    secrets = secrets_of(road)

    for file in files_of(road):
        content = file.read_bytes()
        found = set(TOKEN.findall(content.decode("utf-8", "replace")))
        assert not secrets & found, file.name
        if not file.name.startswith("tokens-"):  # the kiosk's own sign-in, which is nobody's of the space
            assert not EMAIL.search(content), file.name


async def test_with_encryption_on_no_file_of_the_state_tells_anything_of_anybody(sealed_road: Road) -> None:
    await people_come_and_go(sealed_road)
    names = {person.text("FullName") for person in people(sealed_road)}
    told = {*secrets_of(sealed_road), *names, SIGN_IN.email, LOCATION}
    long_enough = {one for one in told if len(one.encode()) >= 5}  # a shorter one is found in any noise
    assert len(long_enough) > 900

    assert told_by(sealed_road, long_enough) == set()


async def test_without_encryption_the_names_are_there_so_that_the_search_would_find_them(road: Road) -> None:
    await people_come_and_go(road)
    assert told_by(road, {"Zoë Lindqvist", "Tomás Rey", SIGN_IN.email}) == {"Zoë Lindqvist", "Tomás Rey", SIGN_IN.email}


async def test_what_encryption_sealed_is_opened_by_the_next_start_whether_it_is_on_or_off(tmp_path: Path) -> None:
    async with open_road(tmp_path, whole_second(), encryption=True) as road:
        await people_come_and_go(road)
        settings, count = road.settings, len(road.state.ledger.entries())

    for encryption in (True, False):
        state = settings.state.model_copy(update={"encryption": encryption})
        with open_state(settings.model_copy(update={"state": state})) as opened:
            assert len(opened.ledger.entries()) == count > 0
            assert opened.site.name == LOCATION
            assert token_file(road.server.url, state.folder, opened.at_rest).load() is not None
