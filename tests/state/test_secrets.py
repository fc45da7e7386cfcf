from __future__ import annotations

import stat
from pathlib import Path

import pytest

from kiosk.state.errors import StateDamaged, StateNotWritten
from kiosk.state.secrets import CodeHasher, load_key
from tests.conftest import Disk


def test_the_key_is_made_once_is_its_owners_alone_and_is_the_same_ever_after(tmp_path: Path) -> None:
    file = tmp_path / "config" / "pin.key"

    key = load_key(file)

    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert stat.S_IMODE(file.parent.stat().st_mode) == 0o700
    assert load_key(file) == key
    assert len(key) == 32
    assert load_key(tmp_path / "another.key") != key


@pytest.mark.parametrize("content", [b"", b"short", b"x" * 33])
def test_a_file_that_is_no_key_is_refused_and_left_as_it_is(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "pin.key"
    file.write_bytes(content)

    with pytest.raises(StateDamaged, match=r"pin\.key is damaged"):
        load_key(file)

    assert file.read_bytes() == content


def test_a_key_that_cannot_be_read_or_made_is_a_sentence_for_staff(tmp_path: Path, disk: Disk) -> None:
    (tmp_path / "folder").mkdir()
    with pytest.raises(StateDamaged, match="cannot be read: Is a directory"):
        load_key(tmp_path / "folder")
    disk.fill()
    with pytest.raises(StateNotWritten, match=r"cannot be made: No space left on device\. .*KIOSK_STATE__KEY_FILE"):
        load_key(tmp_path / "pin.key")
    assert not (tmp_path / "pin.key").exists()


def test_a_hash_depends_on_code_and_key_and_not_on_the_case_of_letters() -> None:
    hasher, other = CodeHasher(b"k" * 32), CodeHasher(b"l" * 32)

    assert hasher("ab12") == hasher("AB12")
    assert len({hasher("48213"), hasher("48214"), other("48213")}) == 3
    assert "48213" not in hasher("48213")


def test_whatever_nexudus_sends_as_a_code_can_be_hashed() -> None:
    hasher = CodeHasher(b"k" * 32)

    assert hasher("\ud800") != hasher("\ud801")
