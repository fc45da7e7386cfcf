"""A new sign-in for a kiosk that is running, as after a password reset: it stays where it stands, and goes on."""

from __future__ import annotations

from kiosk.nexudus.entities import Nexudus
from kiosk.state.site import Site


class ElsewhereMeant(Exception):
    """The sign-in is for another location or address than the running kiosk's. The message says what to do."""


def refuse_to_move(site: Site, url: str, location: str | None, meant_url: str | None) -> None:
    """Refuse another location, before anybody signs in: the session of the running kiosk would end for it.

    Raises:
        ElsewhereMeant: Another one was named.
    """
    if location is not None and location.strip().casefold() not in (site.name.casefold(), str(site.business_id)):
        raise ElsewhereMeant(
            f"The running kiosk stands at {site.name}, and that is not what --location names. Leave it out to sign in "
            f"there; to move the kiosk, end it first."
        )
    if meant_url is not None and meant_url.rstrip("/") != url.rstrip("/"):
        raise ElsewhereMeant(f"The running kiosk uses Nexudus at {url}. Leave --nexudus out, or end the kiosk first.")


async def sign_in_again(
    trial: Nexudus, running: Nexudus, site: Site, email: str, password: str, totp: str | None
) -> None:
    """Sign in, and hand the session to the kiosk once it is known that its location can be seen with it.

    With an account of another place Nexudus would refuse the whole queue for good.

    Args:
        trial: A way to Nexudus that keeps its sign-in elsewhere; closed at the end.
        running: The running kiosk's.
        site: Where it stands.
        email: The kiosk's own account.
        password: Its password, used once and not kept.
        totp: The second factor, where the account has one.

    Raises:
        NexudusError: Nexudus cannot be reached, or refuses.
        ElsewhereMeant: The account does not see the location.
    """
    try:
        await trial.client.session.sign_in(email, password, totp)
        seen = await trial.businesses()
        if all(business.id != site.business_id for business in seen):
            names = ", ".join(business.name for business in seen) or "none"
            raise ElsewhereMeant(
                f"This account does not see {site.name}, where the running kiosk stands. It sees: {names}. Nothing was "
                f"changed here; sign in with the kiosk's own account."
            )
        await running.client.session.take_over(trial.client.session)
    finally:
        await trial.client.aclose()
