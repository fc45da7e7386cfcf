from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual.color import Color
from textual.theme import Theme

from kiosk.ui.theme import DEFAULT_ACCENT, Tone, contrast_ratio, contrast_theme, lobby_theme

LEGIBLE = 4.5
"""WCAG 2.2, success criterion 1.4.3."""
CLEAR = 7.0
"""WCAG 2.2, success criterion 1.4.6."""

GROUNDS = ("background", "surface", "panel")
HEADINGS = [("foreground", "background"), *((f"on-{tone}", tone.value) for tone in Tone)]
"""What is drawn large: questions on paper, and the results."""
TEXTS = [
    *((text, ground) for text in ("foreground", "text-muted", "muted", "accent", "approval") for ground in GROUNDS),
    *((text, "primary") for text in ("on-primary", "button-color-foreground")),
    *HEADINGS,
]
"""Every text and what it stands on, by the names of the variables."""

ACCENTS = [None, "", "#ffffff", "#000000", "#ffe500", "#ff0000", "#808080", "hsl(200,100%,50%)", "rgba(255,0,0,0.1)"]


def contrasts(theme: Theme, pairs: list[tuple[str, str]]) -> dict[tuple[str, str], float]:
    """The contrast of each pair, as the stylesheet sees them."""
    variables = {**theme.to_color_system().generate(), **theme.variables}
    return {(text, ground): contrast_ratio(variables[text], variables[ground]) for text, ground in pairs}


def too_faint(theme: Theme, pairs: list[tuple[str, str]], least: float) -> dict[tuple[str, str], float]:
    """The pairs that cannot be told apart well enough."""
    return {pair: ratio for pair, ratio in contrasts(theme, pairs).items() if ratio < least}


@pytest.mark.parametrize(
    ("one", "other", "ratio"),
    [("#ffffff", "#000000", 21.0), ("#777777", "#ffffff", 4.48), ("#123456", "#123456", 1.0)],
)
def test_the_formula_is_that_of_the_standard(one: str, other: str, ratio: float) -> None:
    assert contrast_ratio(one, other) == contrast_ratio(other, one) == pytest.approx(ratio, abs=0.01)


@pytest.mark.parametrize("accent", [*ACCENTS, "#12", "petrol", "$primary", "garbage; drop"])
def test_every_text_can_be_read_whatever_accent_a_location_has(accent: str | None) -> None:
    assert too_faint(lobby_theme(accent), TEXTS, LEGIBLE) == {}


@given(st.integers(0, 0xFFFFFF))
def test_no_colour_makes_a_text_unreadable(accent: int) -> None:
    assert too_faint(lobby_theme(f"#{accent:06x}"), TEXTS, LEGIBLE) == {}


def test_every_text_is_clear_in_high_contrast() -> None:
    assert too_faint(contrast_theme(), TEXTS, CLEAR) == {}


@pytest.mark.parametrize("theme", [lobby_theme(), contrast_theme()], ids=lambda theme: theme.name)
def test_headings_are_clear(theme: Theme) -> None:
    assert too_faint(theme, HEADINGS, CLEAR) == {}


@pytest.mark.parametrize("accent", ["#aa3300", "#dfca00"])
def test_an_accent_that_can_carry_text_is_left_as_it_is(accent: str) -> None:
    assert Color.parse(lobby_theme(accent).primary) == Color.parse(accent)


def test_an_accent_that_is_no_colour_is_the_usual_one() -> None:
    assert lobby_theme("no colour").primary == lobby_theme().primary == Color.parse(DEFAULT_ACCENT).hex


@pytest.mark.parametrize("theme", [lobby_theme("#ffffff"), contrast_theme()], ids=lambda theme: theme.name)
def test_the_cards_of_a_screen_can_be_told_from_its_ground(theme: Theme) -> None:
    cards = [("primary", "background"), ("surface", "background")]
    assert too_faint(theme, cards, least=1.05) == {}


@pytest.mark.parametrize("theme", [lobby_theme(), contrast_theme()], ids=lambda theme: theme.name)
def test_each_outcome_has_a_ground_of_its_own(theme: Theme) -> None:
    assert len({theme.variables[tone] for tone in Tone}) == len(Tone)
