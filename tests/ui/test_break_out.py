"""Nobody gets out of the kiosk with a keyboard, a mouse or a touch panel: every chord there is, and whatever chance
makes of them, through a terminal."""

from __future__ import annotations

import random
from collections.abc import Iterator

import pytest
from textual._ansi_sequences import ANSI_SEQUENCES_KEYS

from tests.ui.terminal import PROGRAM, Glass

SEED = 20_261_128
"""Any would do; the same one always, so that a failure can be seen again."""

WATCHED = PROGRAM.replace(
    "app.run()",
    """
shown = set()
def watched(change):
    def see(screen, *rest, **more):
        shown.add(type(screen).__module__)
        return change(screen, *rest, **more)
    return see
app.push_screen, app.switch_screen = watched(app.push_screen), watched(app.switch_screen)
app.run()
print('SHOWN', *sorted(shown), 'END', flush=True)
""",
)
"""The kiosk, which tells at its end which screens it has shown."""


@pytest.fixture
def glass() -> Iterator[Glass]:
    glass = Glass(WATCHED)
    glass.until(b"Harbour Works")
    yield glass
    if glass.process.poll() is None:
        glass.process.kill()
        glass.process.wait()


def ends_unbroken(glass: Glass) -> None:
    """It is still there, alone, draws no traceback, has shown its own screens only, and ends when it is told to."""
    glass.settle()
    assert glass.process.poll() is None
    assert glass.children() == [], "no shell, and nothing else either"
    assert b"Traceback" not in glass.drawn
    assert glass.close() == 0
    shown = glass.drawn.rpartition(b"SHOWN")[2].partition(b"END")[0].decode().split()
    assert "kiosk.ui.screens.home" in shown
    assert [module for module in shown if not module.startswith("kiosk.ui.screens.")] == []


def chords() -> Iterator[str]:
    """Every sequence that Textual knows, every control character, Alt with each character, and each key of the kitty
    protocol with the modifiers that people have a name for: none, Shift, Alt, Ctrl, two of them, and Super."""
    yield from (sequence for sequence in ANSI_SEQUENCES_KEYS if isinstance(sequence, str))
    yield from map(chr, range(32))
    yield from (f"\x1b{chr(code)}" for code in range(32, 127))
    for modifiers in (1, 2, 3, 5, 6, 7, 9):
        yield from (f"\x1b[{code};{modifiers}u" for code in (9, 13, 27, *range(32, 127), *range(57344, 57364)))
        yield from (f"\x1b[1;{modifiers}{end}" for end in "ABCDEFHPQRS")
        yield from (f"\x1b[{number};{modifiers}~" for number in range(1, 35))


def chance(count: int) -> Iterator[str]:
    """So many keys, touches, wheels, drags and scraps, in any order."""
    draw = random.Random(SEED)
    keys = list(chords())
    for _ in range(count):
        x, y = draw.randint(1, 82), draw.randint(1, 26)
        match draw.randrange(8):
            case 0 | 1:
                yield draw.choice(keys)
            case 2 | 3 | 4:
                yield f"\x1b[<0;{x};{y}M\x1b[<0;{x};{y}m"
            case 5:
                yield f"\x1b[<{draw.randrange(128)};{x};{y}{draw.choice('Mm')}"
            case 6:
                yield "".join(draw.choices("0123456789abcXYZ@ \r\x7f", k=draw.randint(1, 8)))
            case _:
                scrap = draw.choice(keys)
                yield scrap[: draw.randint(0, len(scrap))]


def test_no_chord_leaves_the_kiosk(glass: Glass) -> None:
    glass.pour("".join(chords()).encode())
    ends_unbroken(glass)


def test_whatever_chance_makes_of_keys_and_touches_stays_in_the_kiosk(
    glass: Glass, request: pytest.FixtureRequest
) -> None:
    for sequence in chance(10_000 if request.config.getoption("--long") else 300):
        glass.pour(sequence.encode())
        assert b"Traceback" not in glass.drawn
    ends_unbroken(glass)
