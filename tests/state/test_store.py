from __future__ import annotations

import os
import stat
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from kiosk.state.errors import StateDamaged, StateInUse, StateNotWritten
from kiosk.state.database import Database, Store

HOLD = """
import sys
from pathlib import Path
from kiosk.state.store import Store

with Store(Path(sys.argv[1])):
    print("open", flush=True)
    sys.stdin.read()
"""


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
    (tmp_path / "events.json").write_bytes(b"")
    with pytest.raises(StateDamaged):
        Store(tmp_path)
    (tmp_path / "events.json").unlink()

    Store(tmp_path).close()


def test_a_folder_that_cannot_be_made_is_a_sentence_for_staff(tmp_path: Path) -> None:
    (tmp_path / "file").touch()

    for folder in (tmp_path / "file", tmp_path / "file" / "state"):
        with pytest.raises(StateNotWritten, match=r"cannot be used: .*Name another with --state\."):
            Store(folder)


def test_the_two_databases_are_two_files(tmp_path: Path) -> None:
    with Store(tmp_path) as store:
        store.directory.table("members").insert({"id": 1})
        assert not (tmp_path / "events.json").exists()
        store.precious.table("events").insert({"id": 2})

    with Store(tmp_path) as store:
        assert store.precious.table("events").all() == [{"id": 2}]
        assert store.directory.table("members").all() == [{"id": 1}]


def test_a_thread_waits_for_the_transaction_of_another(tmp_path: Path) -> None:
    database = Database(tmp_path / "events.json")
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
    assert [doc["n"] for doc in Database(tmp_path / "events.json").table("numbers").all()] == [1, 2, 3]
