"""A field whose text nobody reads over the shoulder."""

from __future__ import annotations

from kiosk.ui.widgets.secret_field import SecretField
from tests.ui.widgets.glass import Kiosk


def shown(field: SecretField) -> str:
    """What stands on the glass."""
    return "".join(field.render_line(y).text for y in range(field.size.height))


async def test_a_secret_shows_as_dots_and_for_a_moment_as_it_is() -> None:
    field = SecretField()
    async with Kiosk(field).run_test(size=(40, 3)) as pilot:
        field.type("Päss 1")
        await pilot.pause()
        assert "••••••" in shown(field)
        assert "Päss" not in shown(field)

        field.reveal()
        assert "Päss 1" in shown(field)
        field.reveal()
        assert "Päss 1" not in shown(field)

        field.line = field.line.moved_to(2)
        assert field.shown_line.caret == 2
        assert field.text == "Päss 1"


async def test_a_secret_is_hidden_again_by_itself_and_gone_with_its_field() -> None:
    field = SecretField()
    app = Kiosk(field)
    async with app.run_test(size=(40, 3)) as pilot:
        field.type("Pass")
        field.reveal()
        field._hide()  # what its timer does
        assert not field.revealed
        await field.remove()
        await pilot.pause()
        assert field.text == ""
