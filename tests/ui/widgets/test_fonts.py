from __future__ import annotations

from pathlib import Path

import pytest
from PIL import ImageFont

from kiosk.ui.widgets.fonts import faces_for, faces_in, installed_faces

PILLOWS_OWN = faces_in([])


@pytest.fixture
def font_file() -> bytes:
    """A real font that every machine has: Pillow's own, as a file would hold it."""
    font = ImageFont.load_default(10)
    assert isinstance(font, ImageFont.FreeTypeFont)
    return font.font_bytes


def test_without_fonts_there_is_pillows_own() -> None:
    [own] = PILLOWS_OWN
    assert own.has("A")
    assert not own.has("李")


def test_preferred_fonts_come_first_and_unknown_ones_not_at_all(tmp_path: Path, font_file: bytes) -> None:
    for name in ("truetype/DejaVuSans-Bold.ttf", "opentype/deep/Inter-Bold.otf", "Comic.ttf", "Inter-Bold.txt"):
        file = tmp_path / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(font_file)
    found = faces_in([tmp_path])
    assert [Path(face.path).name for face in found] == ["Inter-Bold.otf", "DejaVuSans-Bold.ttf", ""]
    assert all(face.has("A") for face in found)


def test_a_file_that_is_no_font_and_a_folder_that_is_missing_are_passed_over(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Pillow would look for another file of that name in the machine's own folders.
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    monkeypatch.setenv("XDG_DATA_DIRS", str(tmp_path))
    (tmp_path / "DejaVuSans-Bold.ttf").write_bytes(b"not a font")
    assert faces_in([tmp_path, tmp_path / "missing"]) == PILLOWS_OWN


def test_a_name_is_set_in_one_font_where_one_has_all_of_it(tmp_path: Path, font_file: bytes) -> None:
    file = tmp_path / "Inter-Bold.ttf"
    file.write_bytes(font_file)
    faces = faces_in([tmp_path])
    assert faces_for("Anna B", faces) == (faces[0],) * 6


def test_the_letters_of_mixed_scripts_come_each_from_a_font_that_has_them() -> None:
    name = "Anna 李 Жанна"
    faces = installed_faces()
    chosen = faces_for(name, faces)
    missing = [letter for letter in name if not any(face.has(letter) for face in faces)]
    assert (chosen is None) == bool(missing)
    assert all(letter == " " or face.has(letter) for letter, face in zip(name, chosen or (), strict=chosen is not None))


def test_a_letter_that_is_in_no_font_is_found_out() -> None:
    assert faces_for("Anna 李", PILLOWS_OWN) is None


def test_spaces_and_joiners_need_no_font() -> None:
    assert faces_for("A\u3000B\u200d", PILLOWS_OWN) == PILLOWS_OWN * 4


@pytest.mark.parametrize("height", [24, 48, 96, 200])
def test_capitals_are_as_high_as_asked_for_in_every_font(height: int) -> None:
    for face in installed_faces():
        _, top, _, bottom = face.with_capitals(height).getbbox("H", anchor="ls")
        assert bottom == 0, face
        assert abs(-top - height) <= 1, face
