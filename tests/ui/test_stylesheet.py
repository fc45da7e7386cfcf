"""The style sheet that remembers gives every widget what Textual's own would have given it."""

from __future__ import annotations

import pytest
from textual.color import Color
from textual.css.errors import StylesheetError
from textual.css.stylesheet import Stylesheet, StylesheetParseError
from textual.dom import DOMNode

from kiosk.ui.screens.code_entry import CodeEntryScreen
from kiosk.ui.screens.result import ResultScreen
from kiosk.ui.stylesheet import RememberingStylesheet
from kiosk.ui.theme import CONTRAST, Tone
from tests.ui.desk import welcome
from tests.ui.lobby import Lobby

RED = "Label { color: $ink; }"


def sheet(ink: str = "red", css: str = RED) -> RememberingStylesheet:
    stylesheet = RememberingStylesheet(variables={"ink": ink})
    stylesheet.add_source(css, read_from=("here", ""))
    return stylesheet


def differing(lobby: Lobby) -> list[DOMNode]:
    """The widgets on the glass whose rules Textual would change if it gave them anew."""
    found = []
    for node in lobby.app.screen.walk_children(with_self=True):
        given = node.styles.base.get_rules()
        Stylesheet.apply(lobby.app.stylesheet, node)
        if node.styles.base.get_rules() != given:
            found.append(node)
    return found


async def test_every_widget_of_a_page_has_the_rules_that_textual_would_give_it() -> None:
    async with Lobby().open() as lobby:
        for screen in (CodeEntryScreen(), ResultScreen(welcome())):
            await lobby.app.push_screen(screen)
            await lobby.settle()
            assert not differing(lobby)


async def test_a_class_that_comes_and_goes_changes_the_rules_each_time() -> None:
    async with Lobby().open() as lobby:
        await lobby.app.push_screen(ResultScreen(welcome()))
        first = lobby.app.screen.styles.background
        lobby.app.screen.set_class(True, Tone.REFUSAL.value)
        lobby.app.screen.set_class(False, Tone.WELCOME.value)
        assert lobby.app.screen.styles.background != first
        assert not differing(lobby)
        lobby.app.screen.set_class(True, Tone.WELCOME.value)
        lobby.app.screen.set_class(False, Tone.REFUSAL.value)
        assert lobby.app.screen.styles.background == first


async def test_a_theme_that_comes_and_goes_changes_the_rules_each_time() -> None:
    async with Lobby().open() as lobby:
        usual, first = lobby.app.theme, lobby.app.screen.styles.color
        for theme in (CONTRAST, usual):
            lobby.app.theme = theme
            await lobby.settle()
            assert not differing(lobby)
        assert lobby.app.screen.styles.color == first


async def test_what_is_told_to_move_moves_and_all_else_changes_at_once() -> None:
    async with Lobby().open() as lobby:
        await lobby.app.push_screen(ResultScreen(welcome()))
        screen, stylesheet = lobby.app.screen, lobby.app.stylesheet
        stylesheet.add_source(
            "ResultScreen { transition: background 600s; } .-far { background: white; color: white; }"
        )
        stylesheet.update(screen)
        before, white = screen.styles.background, Color.parse("white")
        screen.add_class("-far")
        assert (screen.styles.background, screen.styles.color) == (before, white)


async def test_neighbours_are_told_apart_where_a_rule_says_so() -> None:
    async with Lobby().open() as lobby:
        first, second = lobby.app.screen.query("#choices Choice")
        assert first.styles.margin != second.styles.margin


def test_the_same_text_is_parsed_once_for_all_applications() -> None:
    assert sheet().rules[0] is sheet().rules[0]
    copy = sheet().copy()
    copy.parse()
    assert sheet().rules[0] is copy.rules[0]


def test_the_same_text_with_another_colour_is_another() -> None:
    red, blue = sheet("red"), sheet("blue")
    assert red.css != blue.css
    red.set_variables({"ink": "blue"})
    red.reparse()
    assert red.css == blue.css


def test_a_text_that_cannot_be_parsed_leaves_the_rules_as_they_were() -> None:
    stylesheet = sheet()
    before = stylesheet.css
    stylesheet.source[("here", "")] = sheet(css="Label { colour: }").source[("here", "")]
    with pytest.raises((StylesheetError, StylesheetParseError)):
        stylesheet.reparse()
    assert stylesheet.css == before
