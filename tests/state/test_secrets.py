from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from kiosk.state.errors import StateDamaged, StateNotWritten
from kiosk.state.secrets import CodeHasher, derive, hkdf, load_key
from tests.conftest import Disk

KEY = bytes(range(100, 132))


@pytest.fixture
def state(tmp_path: Path) -> Path:
    """A state folder that is not there yet."""
    return tmp_path / "state"


@pytest.fixture
def credential(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where systemd would put the credential."""
    folder = tmp_path / "credentials"
    folder.mkdir()
    monkeypatch.setenv("CREDENTIALS_DIRECTORY", str(folder))
    return folder / "pin.key"


def mode(file: Path) -> int:
    return stat.S_IMODE(file.stat().st_mode)


def key_file(folder: Path, rights: int, content: bytes = KEY) -> Path:
    file = folder / "pin.key"
    file.write_bytes(content)
    file.chmod(rights)
    return file


def test_the_key_is_made_once_is_its_owners_alone_and_is_the_same_ever_after(tmp_path: Path, state: Path) -> None:
    file = tmp_path / "config" / "pin.key"

    key = load_key(file, state)

    assert mode(file) == 0o600
    assert mode(file.parent) == 0o700
    assert load_key(file, state) == key
    assert len(key) == 32
    assert load_key(tmp_path / "another.key", state) != key


@pytest.mark.parametrize(
    "content",
    [KEY, KEY.hex().encode(), KEY.hex().upper().encode(), KEY.hex().encode() + b"\n", KEY.hex().encode() + b"\r\n"],
)
def test_a_key_is_bytes_or_hexadecimal_digits(tmp_path: Path, state: Path, content: bytes) -> None:
    assert load_key(key_file(tmp_path, 0o600, content), state) == KEY


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"short",
        b"x" * 33,
        b"g" * 64,
        KEY.hex().encode()[:63],
        KEY.hex().encode() + b"\n\n",
        b" ".join([KEY.hex().encode()[:31]] * 2) + b" ",
    ],
)
def test_a_file_that_is_no_key_is_refused_and_left_as_it_is(tmp_path: Path, state: Path, content: bytes) -> None:
    file = key_file(tmp_path, 0o600, content)

    with pytest.raises(StateDamaged, match=r"pin\.key is damaged"):
        load_key(file, state)

    assert file.read_bytes() == content


def test_a_key_that_cannot_be_read_or_made_is_a_sentence_for_staff(tmp_path: Path, state: Path, disk: Disk) -> None:
    with pytest.raises(StateDamaged, match="cannot be read: Not a directory"):
        load_key(key_file(tmp_path, 0o600) / "pin.key", state)
    disk.fill()
    with pytest.raises(StateNotWritten, match=r"cannot be made: No space left on device\. .*KIOSK_STATE__KEY_FILE"):
        load_key(tmp_path / "another.key", state)
    assert not (tmp_path / "another.key").exists()


@pytest.mark.parametrize("rights", [0o640, 0o604, 0o660, 0o777])
def test_a_key_that_others_may_read_becomes_its_owners_alone(tmp_path: Path, state: Path, rights: int) -> None:
    file = key_file(tmp_path, rights)

    assert load_key(file, state) == KEY

    assert mode(file) == 0o600


@pytest.mark.parametrize("refuses", [True, False], ids=["refuses", "says yes and does nothing"])
def test_a_key_that_stays_open_to_others_is_refused(
    tmp_path: Path, state: Path, monkeypatch: pytest.MonkeyPatch, refuses: bool
) -> None:
    def fchmod(descriptor: int, rights: int) -> None:
        if refuses:
            raise PermissionError

    monkeypatch.setattr(os, "fchmod", fchmod)

    with pytest.raises(StateDamaged, match=r"is open to other users, and that cannot be changed\. .*mode 0600"):
        load_key(key_file(tmp_path, 0o644), state)


@pytest.mark.parametrize("exists", [True, False])
def test_a_key_inside_the_state_folder_is_refused_and_none_is_made_there(state: Path, exists: bool) -> None:
    folder = state / "keys"
    folder.mkdir(parents=True)
    if exists:
        key_file(folder, 0o600)

    with pytest.raises(StateDamaged, match="copied state folder would hold its own key"):
        load_key(folder / "pin.key", state)

    assert (folder / "pin.key").exists() is exists


def test_a_link_does_not_hide_that_the_key_is_inside(tmp_path: Path, state: Path) -> None:
    state.mkdir()
    link = tmp_path / "elsewhere.key"
    link.symlink_to(key_file(state, 0o600))
    (tmp_path / "the-same").symlink_to(state)

    for file, folder in ((link, state), (state / "pin.key", tmp_path / "the-same")):
        with pytest.raises(StateDamaged, match="lies in the state folder"):
            load_key(file, folder)


def test_a_credential_is_taken_as_systemd_hands_it_over(credential: Path, state: Path) -> None:
    file = key_file(credential.parent, 0o440, KEY.hex().encode() + b"\n")

    assert load_key(file, state) == KEY

    assert mode(file) == 0o440, "systemd guards it, and its folder cannot be written"


def test_a_credential_that_is_missing_is_not_made(credential: Path, state: Path) -> None:
    with pytest.raises(StateDamaged, match=r"is not there\. Name it in the systemd unit"):
        load_key(credential, state)

    assert not credential.exists()


def test_a_hash_depends_on_code_and_key_and_not_on_the_case_of_letters() -> None:
    hasher, other = CodeHasher(b"k" * 32), CodeHasher(b"l" * 32)

    assert hasher("ab12") == hasher("AB12")
    assert len({hasher("48213"), hasher("48214"), other("48213")}) == 3
    assert "48213" not in hasher("48213")


def test_hashes_of_a_directory_that_is_in_use_stay_valid() -> None:
    expected = "eb0f0157c4dff3c9f1901b83c740202eb5bbfe0cdc0e4148afd3090d329ac8d7"

    assert CodeHasher(b"k" * 32)("48213") == expected


def test_whatever_nexudus_sends_as_a_code_can_be_hashed() -> None:
    hasher = CodeHasher(b"k" * 32)

    assert hasher("\ud800") != hasher("\ud801")


RFC_5869 = {
    "A.1": (
        b"\x0b" * 22,
        bytes(range(13)),
        bytes(range(0xF0, 0xFA)),
        "3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf34007208d5b887185865",
    ),
    "A.2": (
        bytes(range(0x50)),
        bytes(range(0x60, 0xB0)),
        bytes(range(0xB0, 0x100)),
        "b11e398dc80327a1c8e7f78c596a49344f012eda2d4efad8a050cc4c19afa97c59045a99cac7827271cb41c65e590e09"
        "da3275600c2f09b8367793a9aca3db71cc30c58179ec3e87c14c01d5c1f3434f1d87",
    ),
    "A.3": (
        b"\x0b" * 22,
        b"",
        b"",
        "8da4e775a563c18f715f802a063c5a31b8a11f5c5ee1879ec3454e5f3c738d2d9d201395faa4b61a96c8",
    ),
}
"""The test vectors of RFC 5869 for SHA-256: secret, salt, info, and what comes out."""


@pytest.mark.parametrize(("secret", "salt", "info", "expected"), RFC_5869.values(), ids=RFC_5869)
def test_keys_are_derived_as_the_standard_says(secret: bytes, salt: bytes, info: bytes, expected: str) -> None:
    assert hkdf(secret, salt, info, len(expected) // 2).hex() == expected


def test_a_key_for_one_purpose_is_no_other_purposes_key_nor_the_devices() -> None:
    at_rest = derive(KEY, "state at rest")

    assert at_rest == derive(KEY, "state at rest")
    assert len(at_rest) == 32
    assert len({at_rest, KEY, derive(KEY, "another"), derive(b"k" * 32, "state at rest")}) == 4
