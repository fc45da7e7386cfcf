"""A style sheet that remembers: what it has parsed, and which rules a widget in the same place was given before.

Textual (8.2.8) parses its style sheet anew for each application and each theme, and matches every rule against every
widget each time one is mounted, gets a class, or is shown again. A page of twenty widgets is matched two or three times
before it is drawn; half a millisecond each time on a PC, and several on a Raspberry Pi, while somebody waits.
"""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from textual.css.model import RuleSet
from textual.css.styles import RulesMap
from textual.css.stylesheet import CssSource, Stylesheet
from textual.css.types import CSSLocation
from textual.dom import DOMNode

_MOST_PLACES = 4096
"""Places that are remembered: several times as many as all pages have, in every state."""

_MOVES = "transitions"
"""The rule without which nothing is animated, and old rules give way to new ones at once."""

_ORDER = frozenset({"first-of-type", "last-of-type", "first-child", "last-child", "empty"})

_Source = tuple[str, CSSLocation, bool, int, str]
_Variables = frozenset[tuple[str, str]]
_Text = tuple[_Variables, tuple[tuple[CSSLocation, CssSource], ...]]


@dataclass(frozen=True, slots=True)
class _Needs:
    """What the rules that may matter to widgets of some names ask of a widget and of what it is in.

    Attributes:
        states: Pseudo-classes, such as `disabled`.
        hover: Whether the mouse is one of them.
        focus_within: Whether the focus in a child is.
        order: Whether its place among its neighbours is.
        odd_or_even: Whether its number among them is.
    """

    states: tuple[str, ...]
    hover: bool
    focus_within: bool
    order: bool
    odd_or_even: bool


@dataclass(frozen=True, slots=True)
class _Memory:
    """What one text of rules has come to.

    Attributes:
        needs: By the names of a widget.
        given: The rules that a widget was given, by its place.
    """

    needs: dict[frozenset[str], _Needs] = field(default_factory=dict)
    given: dict[Hashable, RulesMap] = field(default_factory=dict)


class RememberingStylesheet(Stylesheet):
    """Textual's style sheet with a memory. Whatever it answers from memory, Textual would have answered the same."""

    def __init__(self, *, variables: dict[str, str] | None = None) -> None:
        super().__init__(variables=variables)
        self._memory = _Memory()
        self._memory_of: list[RuleSet] | None = None

    def copy(self) -> Stylesheet:
        """A copy that remembers as well."""
        stylesheet = RememberingStylesheet(variables=self._variables.copy())
        stylesheet.source = self.source.copy()
        return stylesheet

    def reparse(self) -> None:
        """Parse with the variables of now. Where that fails, the rules stay as they were, and the error is raised."""
        self.parse()

    def apply(
        self, node: DOMNode, *, animate: bool = False, cache: dict[tuple[Any, ...], RulesMap] | None = None
    ) -> None:
        """Give a widget the rules of its place."""
        if self.rules is not self._memory_of:
            self._memory, self._memory_of = _memory_of(self._text()), self.rules
        needs = self._needs_of(frozenset(node._selector_names))
        place = _place_of(node, needs.states)
        given = self._memory.given.get(place)
        if given is None or (animate and _MOVES in given):
            super().apply(node, animate=animate)
            rules = node.styles.base.get_rules()
            if not (animate and _MOVES in rules) and len(self._memory.given) < _MOST_PLACES:
                self._memory.given[place] = rules
            return
        node._has_hover_style = needs.hover
        node._has_focus_within = needs.focus_within
        node._has_order_style = needs.order
        node._has_odd_or_even = needs.odd_or_even
        _give(node, given)
        self._process_component_classes(node)

    def _needs_of(self, names: frozenset[str]) -> _Needs:
        known = self._memory.needs.get(names)
        if known is None:
            rules = (rule for name in names for rule in self.rules_map.get(name, ()))
            states = set[str]().union(*(rule.pseudo_classes for rule in rules))
            known = _Needs(
                tuple(sorted(states)),
                hover="hover" in states,
                focus_within="focus-within" in states,
                order=not states.isdisjoint(_ORDER),
                odd_or_even=not states.isdisjoint({"odd", "even"}),
            )
            self._memory.needs[names] = known
        return known

    def _parse_rules(
        self,
        css: str,
        read_from: CSSLocation,
        is_default_rules: bool = False,
        tie_breaker: int = 0,
        scope: str = "",
    ) -> list[RuleSet]:
        parsed = _parsed_with(frozenset(self._variables.items()))
        source = css, read_from, is_default_rules, tie_breaker, scope
        known = parsed.get(source)
        if known is None:
            known = parsed[source] = super()._parse_rules(css, read_from, is_default_rules, tie_breaker, scope)
        return known

    def _text(self) -> _Text:
        """All that is parsed, with what it is parsed with."""
        return frozenset(self._variables.items()), tuple(self.source.items())


@lru_cache(maxsize=8)
def _parsed_with(variables: _Variables) -> dict[_Source, list[RuleSet]]:
    """What has been parsed with these variables. Rules are never changed once they are parsed, so all share them."""
    return {}


@lru_cache(maxsize=64)
def _memory_of(text: _Text) -> _Memory:
    """What is remembered of one text of rules: the same for all applications, and still known after a theme is left and
    comes back."""
    return _Memory()


def _place_of(node: DOMNode, states: tuple[str, ...]) -> Hashable:
    """All that decides which rules a widget is given: what it is and in which state, and the same of all it is in."""
    return tuple(
        (one.__class__, one._id, one.classes, tuple([one.has_pseudo_class(state) for state in states]))
        for one in node.css_path_nodes
    )


def _give(node: DOMNode, rules: RulesMap) -> None:
    """Set the rules that are different: Textual's own `replace_rules` sets them all."""
    base = node.styles.base
    had = base._rules
    if not had and not node._is_mounted:
        base.merge_rules(rules)
    else:
        for name in had.keys() | rules.keys():
            before, after = had.get(name), rules.get(name)
            if before is not after and before != after:
                setattr(base, name, after)
    node.notify_style_update()
