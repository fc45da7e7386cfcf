"""What is typed on the pages of a visit: fast, hostile, or by a scanner."""

from __future__ import annotations

import pytest

from kiosk.desk.credentials import Code, Via
from kiosk.desk.foreign import Foreign
from kiosk.desk.leavers import Leaver
from kiosk.desk.outcomes import Outcome, OutcomeKind
from kiosk.desk.people import PersonId, PersonKind
from kiosk.desk.visit_form import Asking, VisitForm
from kiosk.sensors.wedge import Wedge
from kiosk.ui.screens.leave_by_name import LeaveByNameScreen
from kiosk.ui.screens.result import ResultScreen
from kiosk.ui.widgets.keyboard import Keyboard
from tests.ui.desk import welcome
from tests.ui.registering import Visitor, drawn, to_the_host, visitor

CODE = Code("0427", Via.CAMERA)
COMPANY = VisitForm(host=Asking.OPTIONAL, company=Asking.OPTIONAL)

HOSTILE = {
    "markup": ("[b]Grace[/b]", "[b]Grace[/b]"),
    "a bell and other controls": ("Gra\x07\x01ce\x9b", "Grace"),
    "an escape of a terminal": ("\x1b[31mGrace", "Grace"),
    "right-to-left marks": ("Gra\u202e\u2067ce", "Grace"),
    "an emoji": ("Grace 👩‍👩‍👧", "Grace 👩‍👩‍👧"),
    "bytes of half a character": (b"Grace \xed\xa0\xbd".decode("utf-8", "replace"), "Grace \ufffd\ufffd\ufffd"),
}


def touches_on(lobby: Visitor, keys: str, slip: int = 0) -> str:
    """The bytes of touches on keys, which lift so many cells lower, beside the key where they came down."""
    keyboard = lobby.app.screen.query_one(Keyboard)
    report = ""
    for key in keys:
        area = keyboard.zone_region(key).translate(keyboard.content_region.offset)
        x = area.x + area.width // 2 + 1  # cells are counted from 1
        y = area.bottom if slip > 0 else area.y + 1
        report += f"\x1b[<0;{x};{y}M\x1b[<0;{x};{y + slip}m"
    return report


async def past_the_name(lobby: Visitor) -> None:
    """Fill in what comes before, on a keyboard of one's own."""
    await lobby.come()
    for answer in ("grace@navy.org", "Grace", "Hopper"):
        await lobby.send(answer + "\r")


@pytest.mark.parametrize("slip", [0, -1], ids=["on the key", "a cell above it"])
async def test_two_hundred_touches_in_one_breath_are_two_hundred_characters(slip: int) -> None:
    lobby = visitor()
    async with lobby.open():
        await lobby.come()
        keys = "aab.z_mm@o" * 20
        await lobby.send(touches_on(lobby, keys, slip))
        assert lobby.typed == keys


@pytest.mark.parametrize("slip", [0, 1], ids=["on the key", "a cell below it"])
async def test_the_same_digit_twice_in_one_breath_is_there_twice(slip: int) -> None:
    lobby = visitor(VisitForm(phone=Asking.REQUIRED))
    async with lobby.open():
        await past_the_name(lobby)
        await lobby.send(touches_on(lobby, "11", slip))
        assert lobby.typed == "11"


@pytest.mark.parametrize("kind", HOSTILE)
async def test_a_name_like_no_other_is_refused_with_a_sentence_or_taken_and_nothing_is_lost(kind: str) -> None:
    sent, kept = HOSTILE[kind]
    lobby = visitor()
    async with lobby.open():
        await lobby.come()
        await lobby.send("grace@navy.org\r")
        await lobby.send(sent)
        assert lobby.typed == kept
        await lobby.done()
        if kept == "Grace":
            assert lobby.said("#title") == "Your last name"
        else:
            assert lobby.said("#remark") == "▲ Numbers and special characters are not allowed."
            assert lobby.typed == kept


async def test_whatever_is_searched_for_is_text_and_finds_nobody_else() -> None:
    lobby = visitor(VisitForm(host=Asking.REQUIRED))
    async with lobby.open():
        await to_the_host(lobby)
        for sent, kept in HOSTILE.values():
            await lobby.send(sent)
            assert lobby.typed == kept
            await lobby.done()
            assert lobby.said("#remark") == "▲ Nobody here has that name. Try another part of it."
            assert lobby.typed == kept
            await lobby.send("\x7f" * len(kept))
            assert not lobby.typed


@pytest.mark.parametrize("kind", HOSTILE)
async def test_whoever_leaves_may_be_called_anything(kind: str) -> None:
    sent, kept = HOSTILE[kind]
    lobby = visitor()
    lobby.desk.visitors_in = [Leaver(PersonId(PersonKind.VISITOR, 7), kept)]
    lobby.desk.outcome = Outcome(OutcomeKind.GOODBYE, kept, PersonKind.VISITOR)
    async with lobby.open():
        await lobby.touch("#visitor")
        await lobby.touch("#leave")
        await lobby.send(sent + "\r")
        lobby.on_screen(ResultScreen)
        assert lobby.desk.left == [PersonId(PersonKind.VISITOR, 7)]


@pytest.mark.parametrize("kind", HOSTILE)
async def test_a_company_may_be_called_anything_and_is_shown_as_it_is(kind: str) -> None:
    sent, kept = HOSTILE[kind]
    lobby = visitor(COMPANY)
    async with lobby.open():
        await past_the_name(lobby)
        await lobby.send(sent)
        assert not any(ord(char) < 0x20 or 0x7F <= ord(char) < 0xA0 for char in drawn(lobby).replace("\n", ""))
        await lobby.send("\r")
        await lobby.touch("#offer-0")
        assert lobby.desk.filed[-1].form.company == kept


async def test_of_five_hundred_characters_as_many_stay_as_fit_and_a_sentence_says_so() -> None:
    lobby = visitor()
    async with lobby.open():
        await lobby.come()
        await lobby.send("grace@navy.org\r")
        await lobby.send("x" * 500)
        assert lobby.said("#remark") == "▲ At most 59 characters fit here."
        assert lobby.typed.lower() == "x" * 59


async def test_what_a_scanner_types_on_a_page_of_the_form_is_what_was_typed() -> None:
    lobby = Visitor(keys=Wedge())
    lobby.desk.outcome = welcome()
    async with lobby.open():
        await lobby.come()
        await lobby.send("0012345678\r")
        assert lobby.typed == "0012345678"
        assert lobby.desk.asked == []


async def test_a_camera_reads_no_code_on_a_page_of_the_form() -> None:
    lobby = visitor()
    async with lobby.open():
        await lobby.come()
        await lobby.spell("grace")
        lobby.scanner.on_code(CODE)  # read a moment before the page came
        await lobby.settle()
        assert lobby.desk.asked == []
        assert lobby.typed == "grace"


@pytest.mark.parametrize("to_the_page", [("#visitor",), ("#visitor", "#leave")], ids=["visitor", "leaving"])
async def test_a_code_may_be_shown_where_nothing_of_a_form_is_lost(to_the_page: tuple[str, ...]) -> None:
    lobby = visitor()
    async with lobby.open():
        for selector in to_the_page:
            await lobby.touch(selector)
        assert not lobby.scanner.paused
        lobby.scanner.on_code(CODE)
        await lobby.settle()
        lobby.on_screen(ResultScreen)
        assert lobby.desk.asked == [CODE]


async def test_a_scanner_may_type_a_code_where_somebody_leaves_by_name() -> None:
    lobby = Visitor(keys=Wedge())
    lobby.desk.outcome = welcome()
    async with lobby.open():
        await lobby.touch("#visitor")
        await lobby.touch("#leave")
        await lobby.send("0012345678\r")
        lobby.on_screen(ResultScreen)


async def test_a_code_for_something_else_is_a_hint_beside_the_name_of_who_leaves() -> None:
    lobby = visitor()
    async with lobby.open():
        await lobby.touch("#visitor")
        await lobby.touch("#leave")
        await lobby.spell("gr")
        lobby.scanner.on_code(Foreign.WIFI)
        await lobby.settle()
        assert lobby.said("#remark") == "That is not your invitation."
        await lobby.spell("a")
        leaving = lobby.on_screen(LeaveByNameScreen)
        leaving._end_notice()
        assert lobby.said("#remark") == "Nobody of that name is in. Reception can help."
        assert lobby.typed == "Gra"
