"""Something that takes a while and was asked for by touch: a calm page meanwhile, and what came of it after."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from functools import partial
from typing import TYPE_CHECKING, TypeVar

from kiosk.desk.provisioning import NotDone
from kiosk.ui.screens.setup.page import WorkingPage

if TYPE_CHECKING:
    from kiosk.ui.app import KioskApp

T = TypeVar("T")


def carry_out(
    kiosk: KioskApp,
    page: WorkingPage,
    work: Callable[[], Awaitable[T]],
    done: Callable[[T], None],
    failed: Callable[[NotDone], None],
) -> None:
    """Put `page` up, wait for `work`, take the page away, and say what came of it.

    Whoever goes back takes the page away themselves; the work is then cancelled, and nothing comes of it.

    Args:
        kiosk: The application.
        page: What is shown meanwhile.
        work: What takes a while. It may raise NotDone.
        done: Called with what came of it, the page before being up again.
        failed: Called in its place with why it was not done.
    """

    async def go() -> None:
        try:
            found = await work()
        except NotDone as error:
            _follow(kiosk, page, partial(failed, error))
        else:
            _follow(kiosk, page, partial(done, found))

    kiosk.push_screen(page)
    page.run_worker(go(), group="errand", exit_on_error=True)


def _follow(kiosk: KioskApp, page: WorkingPage, then: Callable[[], object]) -> None:
    """In one turn, so that the page before is not drawn in between."""
    if kiosk.screen is page:
        with kiosk.batch_update():
            kiosk.pop_screen()
            then()
