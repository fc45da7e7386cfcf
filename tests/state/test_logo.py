from __future__ import annotations

from pathlib import Path

import pytest

from kiosk.desk.logo import LARGEST_LOGO
from kiosk.state.errors import StateNotWritten
from kiosk.state.logo import LogoFile


def test_a_logo_is_kept_until_another_comes_or_it_goes(tmp_path: Path) -> None:
    file = LogoFile(tmp_path)
    assert file.read() is None
    assert [file.keep(b"one"), file.keep(b"one"), file.keep(b"two")] == [True, False, True]
    assert LogoFile(tmp_path).read() == b"two"
    assert [file.keep(None), file.keep(None)] == [True, False]
    assert file.read() is None


def test_a_file_that_was_made_too_large_is_not_read(tmp_path: Path) -> None:
    (tmp_path / "logo").write_bytes(bytes(LARGEST_LOGO + 1))
    assert LogoFile(tmp_path).read() is None


def test_a_disk_that_refuses_is_told(tmp_path: Path) -> None:
    with pytest.raises(StateNotWritten, match="The logo cannot be kept"):
        LogoFile(tmp_path / "absent").keep(b"one")
