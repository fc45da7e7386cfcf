from __future__ import annotations

import os
import shutil
import stat
import subprocess
import sys
import threading
from datetime import UTC, datetime
from pathlib import Path

import pytest

from kiosk.state.database import open_database
from kiosk.state.errors import StateDamaged, StateInUse, StateNotWritten, StateSealed
from kiosk.state.frame import PAGE
from kiosk.state.sealing import AtRest, Sealer
from kiosk.state.store import Store

HOLD = """
import sys
from pathlib import Path
from kiosk.state.store import Store

with Store(Path(sys.argv[1])):
    print("open", flush=True)
    sys.stdin.read()
"""


KEY = b"k" * 32


def test_the_folder_is_made_and_is_its_owners_alone(tmp_path: Path) -> None:
    folder = tmp_path / "var" / "kiosk"

    with Store(folder):
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700
        assert stat.S_IMODE((folder / "lock").stat().st_mode) == 0o600


def test_a_folder_in_use_by_another_process_is_refused_by_its_number_until_that_process_ends(tmp_path: Path) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", HOLD, str(tmp_path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == b"open\n"
        with pytest.raises(StateInUse, match=rf"in use by process {other.pid}\. .*--state"):
            Store(tmp_path)
        other.kill()

    with Store(tmp_path):
        assert (tmp_path / "lock").read_text() == f"{os.getpid()}\n"


def test_a_folder_is_opened_once_and_can_be_opened_again_when_it_was_given_back(tmp_path: Path) -> None:
    with Store(tmp_path), pytest.raises(StateInUse, match=f"process {os.getpid()}"):
        Store(tmp_path)

    Store(tmp_path).close()


def test_giving_the_folder_back_twice_does_no_harm(tmp_path: Path) -> None:
    store = Store(tmp_path)
    store.close()
    with (tmp_path / "another").open("w") as another:  # by now this may have the number that the lock had
        store.close()
        another.write("still open")
        another.flush()


def test_a_damaged_state_does_not_keep_the_folder(tmp_path: Path) -> None:
    (tmp_path / "events.json").write_bytes(b"{")
    with pytest.raises(StateDamaged, match=r"events\.json of an earlier version cannot be read"):
        Store(tmp_path)
    (tmp_path / "events.json").unlink()

    Store(tmp_path).close()


def test_a_folder_that_cannot_be_made_is_a_sentence_for_staff(tmp_path: Path) -> None:
    (tmp_path / "file").touch()

    for folder in (tmp_path / "file", tmp_path / "file" / "state"):
        with pytest.raises(StateNotWritten, match=r"cannot be used: .*Name another with --state\."):
            Store(folder)


def test_what_an_earlier_version_kept_is_taken_over_once(tmp_path: Path) -> None:
    (tmp_path / "events.json").write_text('{"events": {"7": {"id": 2}}}')
    (tmp_path / "directory.json").write_text("{}")

    for _ in range(2):
        with Store(tmp_path) as store:
            assert [(doc.doc_id, dict(doc)) for doc in store.precious.table("events").all()] == [(7, {"id": 2})]

    assert not list(tmp_path.glob("*.json"))


def test_a_directory_that_cannot_be_opened_is_begun_anew_and_nothing_else_is_touched(tmp_path: Path) -> None:
    with Store(tmp_path, AtRest.under(KEY, sealed=True)) as store:
        store.directory.table("members").insert({"id": 1})
    with Store(tmp_path, AtRest.under(KEY, sealed=False)) as store:  # from now on the precious part is in the clear
        store.precious.table("events").insert({"id": 2})
    shutil.rmtree(tmp_path / "directory")
    with open_database(tmp_path / "directory", sealer=Sealer(b"b" * 32)) as other:
        other.table("members").insert({"id": 3})

    with Store(tmp_path, AtRest.under(KEY, sealed=False)) as store:
        assert store.directory.tables() == set()
        assert store.precious.table("events").all() == [{"id": 2}]


def test_a_precious_part_that_is_sealed_with_another_key_is_left_as_it_is(tmp_path: Path) -> None:
    with Store(tmp_path, AtRest.under(KEY, sealed=True)) as store:
        store.precious.table("events").insert({"id": 2})

    for key in (None, b"another key"):
        with pytest.raises(StateSealed):
            Store(tmp_path, AtRest.under(key, sealed=False))

    with Store(tmp_path, AtRest.under(KEY, sealed=False)) as store:
        assert store.precious.table("events").all() == [{"id": 2}]


def test_the_two_databases_are_two_folders(tmp_path: Path) -> None:
    with Store(tmp_path) as store:
        store.directory.table("members").insert({"id": 1})
        store.precious.table("events").insert({"id": 2})

    with Store(tmp_path) as store:
        assert store.precious.table("events").all() == [{"id": 2}]
        assert store.directory.table("members").all() == [{"id": 1}]


def test_a_thread_waits_for_the_transaction_of_another(tmp_path: Path) -> None:
    database = open_database(tmp_path / "numbers")
    inside, go_on = threading.Event(), threading.Event()

    def slow() -> None:
        with database.transaction():
            database.table("numbers").insert({"n": 1})
            inside.set()
            go_on.wait()
            database.table("numbers").insert({"n": 2})

    def quick() -> None:
        with database.transaction():
            database.table("numbers").insert({"n": 3})

    first, second = threading.Thread(target=slow), threading.Thread(target=quick)
    first.start()
    inside.wait()
    second.start()
    second.join(0.05)
    waited = second.is_alive()
    go_on.set()
    first.join()
    second.join()

    assert waited
    assert [doc["n"] for doc in open_database(tmp_path / "numbers").table("numbers").all()] == [1, 2, 3]


def spoil(folder: Path) -> None:
    """Make the first page of every journal unreadable, as a worn card does."""
    for journal in folder.glob("journal.*"):
        journal.write_bytes(b"?" * PAGE + journal.read_bytes()[PAGE:])


def test_a_damaged_precious_part_says_so_and_its_files_are_kept_aside_until_they_are_discarded(tmp_path: Path) -> None:
    with Store(tmp_path) as store:
        for number in range(2):
            store.precious.table("events").insert({"id": number})
    spoil(tmp_path / "precious")

    with Store(tmp_path) as store:
        assert any("cannot be read" in line for line in store.damage)
        copies = tmp_path / "precious" / "damaged"
        assert [path.name for path in copies.glob("*/journal.*")]
        store.precious.discard_copies(before=datetime(2026, 1, 1, tzinfo=UTC))
        assert list(copies.iterdir())
        store.precious.discard_copies()
        assert not list(copies.iterdir())


def test_of_a_damaged_directory_no_copy_is_kept_since_it_is_read_again(tmp_path: Path) -> None:
    with Store(tmp_path) as store:
        for name in ("Ada Lovelace", "Bob Smith"):
            store.directory.table("members").insert({"name": name})
    spoil(tmp_path / "directory")

    with Store(tmp_path) as store:
        assert (store.damage, store.directory.damage == ()) == ((), False)
        assert not list((tmp_path / "directory" / "damaged").iterdir())
