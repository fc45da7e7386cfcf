from __future__ import annotations

from pathlib import Path

from kiosk.sensors.picture_files import picture_files


def touched(folder: Path, *names: str) -> None:
    for name in names:
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.touch()


def found(folder: Path) -> list[str]:
    return [str(file.relative_to(folder)) for file in picture_files([folder])]


def test_a_folder_stands_for_the_pictures_in_it_and_its_folders_in_the_order_of_names(tmp_path: Path) -> None:
    touched(tmp_path, "b.png", "c/2.webp", "c/1.JPG", "a.jpeg")
    assert found(tmp_path) == ["a.jpeg", "b.png", "c/1.JPG", "c/2.webp"]


def test_what_is_hidden_or_no_picture_by_its_name_is_passed_over_in_a_folder(tmp_path: Path) -> None:
    touched(tmp_path, "a.png", "a.txt", "._a.png", ".cache/b.png", "notes")
    assert found(tmp_path) == ["a.png"]


def test_a_file_that_is_named_counts_whatever_its_name(tmp_path: Path) -> None:
    touched(tmp_path, "a.txt")
    named = [tmp_path / "a.txt", tmp_path / "missing"]
    assert list(picture_files(named)) == named


def test_a_folder_without_pictures_stands_for_itself(tmp_path: Path) -> None:
    touched(tmp_path, "only.txt")
    assert found(tmp_path) == ["."]


def test_links_to_folders_are_not_followed(tmp_path: Path) -> None:
    touched(tmp_path, "a.png")
    (tmp_path / "circle").symlink_to(tmp_path)
    assert found(tmp_path) == ["a.png"]
