from __future__ import annotations

import itertools

import pytest
from PIL import Image

from kiosk.ui.widgets.fonts import faces_in, installed_faces
from kiosk.ui.widgets.shapes import ACROSS, Repertoire, mosaic_of
from kiosk.ui.widgets.typeset import Align, Setting, set_text

PILLOWS_OWN = faces_in([])
SEXTANTS = Repertoire.SEXTANTS
LONG_NAME = (
    "Hubert Blaine Wolfeschlegelsteinhausenbergerdorff the elder of Philadelphia Hamburg and a good many other places"
    " besides"
)

repertoires = pytest.mark.parametrize("repertoire", Repertoire)


def set_in(
    text: str,
    columns: int,
    rows: int,
    repertoire: Repertoire = SEXTANTS,
    *,
    largest: float = 99.0,
    align: Align = Align.LEFT,
) -> Setting:
    """`text` in Pillow's own font, which must fit."""
    setting = set_text(text, columns, rows, PILLOWS_OWN, repertoire, largest=largest, align=align)
    assert setting is not None
    return setting


def row_of(coverage: Image.Image, y: int) -> list[int]:
    """How dark each tile of a row is, 0 to 255."""
    return list(coverage.crop((0, y, coverage.width, y + 1)).tobytes())


def column_of(coverage: Image.Image, x: int) -> list[int]:
    return list(coverage.crop((x, 0, x + 1, coverage.height)).tobytes())


def ink(coverage: Image.Image) -> tuple[int, int, int, int]:
    """Left, top, right and bottom of what is clearly inked."""
    box = coverage.point([0] * 64 + [255] * 192).getbbox()
    assert box is not None
    return box


@repertoires
def test_a_known_letter_is_dark_where_it_has_ink(repertoire: Repertoire) -> None:
    setting = set_in("L", 40, 6, repertoire)
    stem = max((column_of(setting.coverage, x) for x in range(setting.coverage.width // 2)), key=sum)
    assert min(stem[setting.top : setting.top + setting.capitals]) > 230, "the stem, from the top to the base line"
    assert sum(value > 200 for value in row_of(setting.coverage, setting.capitals - 1)) >= setting.coverage.width // 2
    corner = setting.coverage.crop((setting.coverage.width // 2, 0, setting.coverage.width, setting.capitals // 2))
    assert corner.getbbox() is None, "nothing over the foot"


@repertoires
@pytest.mark.parametrize("rows", [2, 3, 4, 5, 8])
def test_capitals_are_a_whole_number_of_tiles(repertoire: Repertoire, rows: int) -> None:
    setting = set_in("HIEH", 200, rows, repertoire)
    coverage, base = setting.coverage, setting.top + setting.capitals
    assert max(row_of(coverage, setting.top)) > 210
    assert max(row_of(coverage, base - 1)) > 210
    outside = [y for y in range(coverage.height) if not setting.top <= y < base]
    assert all(max(row_of(coverage, y)) < 60 for y in outside)


@repertoires
@pytest.mark.parametrize("rows", [2, 3, 4, 5])
def test_the_first_stem_begins_with_a_tile(repertoire: Repertoire, rows: int) -> None:
    coverage = set_in("HIH", 200, rows, repertoire).coverage
    stem = next(x for x in range(coverage.width) if any(column_of(coverage, x)))
    assert min(column_of(coverage, stem)) > 150


def test_tails_hang_below_the_base_line() -> None:
    straight, tailed = set_in("Hello", 200, 5), set_in("Hgplo", 200, 5)
    assert ink(straight.coverage)[3] == straight.top + straight.capitals
    assert ink(tailed.coverage)[3] > tailed.top + tailed.capitals + 1


@pytest.mark.parametrize(("columns", "rows"), [(76, 4), (40, 6), (20, 3), (9, 2)])
def test_a_text_of_any_length_fits_its_box_or_is_none(columns: int, rows: int) -> None:
    assert len(LONG_NAME) == 120
    settings = [set_text(LONG_NAME[:length], columns, rows, PILLOWS_OWN, SEXTANTS) for length in range(1, 121, 7)]
    assert settings[0] is not None
    assert settings[-1] is None
    for setting in filter(None, settings):
        assert setting.coverage.width <= columns * ACROSS
        assert setting.coverage.height <= rows * mosaic_of(SEXTANTS).down
        assert ink(setting.coverage)


def test_letters_get_smaller_when_the_box_is_narrow() -> None:
    wide, narrow = set_in("Welcome", 60, 5), set_in("Welcome", 25, 5)
    assert narrow.capitals < wide.capitals


def test_letters_are_no_larger_than_is_wanted() -> None:
    assert set_in("7", 60, 10, largest=2.0).capitals == 6


def test_small_letters_are_left_to_the_terminal() -> None:
    assert set_text("Welcome", 40, 1, PILLOWS_OWN, SEXTANTS) is None


def test_a_text_is_broken_where_two_lines_make_much_larger_letters() -> None:
    # A hyphen is no gap between words.
    one, two = set_in("Ada-Lovelace", 32, 6), set_in("Ada Lovelace", 32, 6)
    upper = [y for y in range(two.capitals) if max(row_of(two.coverage, two.top + y)) > 100]
    gaps = [one for one, other in itertools.pairwise(upper) if other > one + 1]
    assert len(gaps) == 1, "two lines"
    assert gaps[0] + 1 >= 1.3 * one.capitals, "letters of the first line"


def test_a_text_stays_in_one_line_where_two_gain_little() -> None:
    # Two lines would make them a sixth larger.
    assert set_in("Ada Lovelace", 40, 6).capitals == set_in("Ada-Lovelace", 40, 6).capitals == 6


def test_of_two_lines_that_are_equally_large_the_more_even_ones_are_taken() -> None:
    text = "Would you like to receive news by e-mail?"
    even = max(
        set_in(line, 200, 4, largest=2.0).coverage.width for line in ("Would you like to", "receive news by e-mail?")
    )
    broken = set_in(text, 76, 6, largest=2.0)
    assert broken.letter == 2 * mosaic_of(SEXTANTS).down
    assert broken.coverage.width == even


def test_two_lines_stand_on_the_left_or_in_the_middle() -> None:
    starts = []
    for align in Align:
        coverage = set_in("Maximilian Li", 26, 6, align=align).coverage
        lower = coverage.crop((0, coverage.height * 2 // 3, *coverage.size))
        starts.append(ink(lower)[0])
    left, centre = starts
    assert left <= 2
    assert centre > 12


@pytest.mark.parametrize(
    "name", ["李小龍", "Nguyễn Thị Minh Khai", "Anna 李", "Ægir Ó Gáibhtheacháin", "[/x] Bob", "Жанна", "😀"]
)
def test_a_name_is_drawn_where_the_machine_has_its_letters_and_not_at_all_where_it_has_not(name: str) -> None:
    faces = installed_faces()
    setting = set_text(name, 200, 8, faces, SEXTANTS)
    letters = name.replace(" ", "")
    assert (setting is not None) == all(any(face.has(letter) for face in faces) for letter in letters)
    assert setting is None or ink(setting.coverage)[2] > 10
    plain = set_text(name, 200, 8, PILLOWS_OWN, SEXTANTS)
    assert (plain is not None) == name.isascii()


@pytest.mark.parametrize(("bare", "accented"), [("E", "Ễ"), ("A", "Å"), ("U", "Ü")])
def test_accents_reach_above_the_capitals(bare: str, accented: str) -> None:
    for face in installed_faces():
        with_accent = set_text(accented, 40, 8, (face,), SEXTANTS)
        without = set_text(bare, 40, 8, (face,), SEXTANTS)
        assert (with_accent is not None) == face.has(accented), face
        if with_accent is None or without is None:
            continue
        assert without.top <= 1, face
        assert with_accent.top >= 4, face
        above = with_accent.coverage.crop((0, 0, with_accent.coverage.width, with_accent.top - 1))
        assert above.getbbox() is not None, face
        assert with_accent.capitals < without.capitals, f"{face} made no room for it"


@pytest.mark.parametrize("name", ["Jan", "Kováľ", "Îf", "Ễ", "gÇ", "Ďuriš Veľ"])
def test_no_part_of_a_letter_is_cut_off(name: str) -> None:
    for face in installed_faces():
        setting = set_text(name, 400, 8, (face,), SEXTANTS)
        if setting is None:
            assert not all(face.has(letter) for letter in name.replace(" ", "")), face
            continue
        # The ink that the font itself makes of it, in pixels of the drawing: 6 by 8 a tile.
        whole = face.with_capitals(setting.capitals * 8).getmask(name).getbbox()
        left, top, right, bottom = ink(setting.coverage)
        assert right - left >= (whole[2] - whole[0]) / 6 - 1, face
        assert bottom - top >= (whole[3] - whole[1]) / 8 - 1, face


@pytest.mark.parametrize("text", ["", " ", "\u3000", "\t\n"])
def test_nothing_is_set_of_blank_text(text: str) -> None:
    assert set_text(text, 40, 4, PILLOWS_OWN, SEXTANTS) is None


def test_spaces_around_a_text_make_it_no_smaller() -> None:
    assert set_in("  Ada  Byron ", 40, 4).coverage.size == set_in("Ada Byron", 40, 4).coverage.size
