from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.desk.people import OTHER_INITIAL, PersonId, PersonKind, initials


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Ada Lovelace", ("L", "A")),
        ("Conan O'Brien", ("O", "C")),
        ("'t Hooft", ("H", "T")),
        ("Zoë", ("Z",)),
        ("Émile Étienne", ("E", "E")),
        ("Nguyễn Thị Minh Khai", ("K", "M", "T", "N")),
        ("đặng Thái", ("T", "D")),
        ("Sigrid Øystein", ("O", "S")),
        ("Łukasz Żak", ("Z", "L")),
        ("Ġorġ Ħaġiaġ", ("H", "G")),
        ("Ðóra Þórsdóttir", ("T", "D")),
        ("Æthel", ("A",)),
        ("İbrahim ırmak", ("I", "I")),
        ("李小龍", (OTHER_INITIAL,)),
        ("Иван Ilyin", ("I", OTHER_INITIAL)),
        ("[/x] Bob", ("B", "X")),
        ("007", (OTHER_INITIAL,)),
        ("", (OTHER_INITIAL,)),
    ],
)
def test_initials_are_what_a_keyboard_from_a_to_z_has(name: str, expected: tuple[str, ...]) -> None:
    assert initials(name) == expected


@given(st.text())
def test_every_name_has_an_initial_that_can_be_touched(name: str) -> None:
    found = initials(name)

    assert found
    assert all(initial == OTHER_INITIAL or "A" <= initial <= "Z" for initial in found)


@given(st.builds(PersonId, st.sampled_from(PersonKind), st.integers()))
def test_a_person_id_reads_back_from_its_text(person: PersonId) -> None:
    assert PersonId.parse(str(person)) == person


@pytest.mark.parametrize("text", ["", "member", "member:", "admin:1", "member:x", "1"])
def test_no_other_text_is_a_person_id(text: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        PersonId.parse(text)
