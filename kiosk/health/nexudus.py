"""The way to Nexudus, the sign-in, and the rights that come with it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from kiosk.health.findings import Finding, Subject, Verdict
from kiosk.nexudus.ending import Ending
from kiosk.nexudus.entities import Nexudus
from kiosk.nexudus.errors import NexudusError, RoleMissing, SignInNeeded
from kiosk.nexudus.permissions import Permission, PermissionTrial, Standing, Trying
from kiosk.nexudus.reach import Passage, Stretch
from kiosk.state.site import Site

SIGN_IN_AGAIN = "Run 'kiosk setup', also while the kiosk runs: it goes on where it stands."
ROLE = "in the role of the kiosk's account in Nexudus (Settings > Users and roles > Roles)"

_PASSAGES = {Passage.PASSED: Verdict.WELL, Passage.STOPPED: Verdict.WRONG, Passage.NOT_TRIED: Verdict.UNVERIFIED}
_STANDINGS = {
    Standing.GRANTED: Verdict.WELL,
    Standing.MISSING: Verdict.WRONG,
    Standing.UNVERIFIED: Verdict.UNVERIFIED,
}


def judge_way(way: Iterable[Stretch]) -> list[Finding]:
    """Each stretch of the way as a finding."""
    return [
        Finding(Subject.NETWORK, stretch.step.value, _PASSAGES[stretch.passage], stretch.said, stretch.cure)
        for stretch in way
    ]


def judge_permissions(permissions: Iterable[Permission]) -> list[Finding]:
    """Each right as a finding: what stops without it, or why it is not known."""
    return [_permission(permission) for permission in permissions]


def _permission(permission: Permission) -> Finding:
    verdict, said, cure = _STANDINGS[permission.standing], permission.why or "Granted.", ""
    match permission.standing:
        case Standing.MISSING:
            said, cure = f"Missing. {permission.without}", f"Grant it {ROLE}."
        case Standing.UNVERIFIED:
            cure = f"Look it up in the role. {_lack(permission)}"
        case Standing.GRANTED if permission.why:
            verdict, cure = Verdict.NOTE, "Look in Nexudus."
    return Finding(Subject.PERMISSIONS, str(permission.right), verdict, said, cure)


def _lack(permission: Permission) -> str:
    return f"Without it: {permission.without[0].lower()}{permission.without[1:]}"


def permission_words(permissions: Iterable[Permission]) -> list[str]:
    """What is missing and what could not be verified, a line each, for the end of a set-up; nothing if all is there."""
    lacking = [one for one in permissions if one.standing is not Standing.GRANTED or one.why]
    if not lacking:
        return []
    words = [f"  {one.right}: {_permission(one).said}" for one in lacking]
    if any(one.standing is Standing.MISSING for one in lacking):
        return [f"The account lacks rights. Grant them {ROLE}:", *words]
    return ["Some rights could not be verified:", *words]


async def examine_account(nexudus: Nexudus, site: Site, trying: Trying = Trying.ALL) -> list[Finding]:
    """Whether the kept sign-in is taken, whether its account sees the kiosk's location, and what it may do.

    Raises nothing for what is found.

    Args:
        nexudus: With a session that does not renew itself where another process owns it.
        site: Where the kiosk stands.
        trying: Which rights are tried.
    """
    try:
        me = await nexudus.me()
    except SignInNeeded as error:
        return [Finding(Subject.SIGN_IN, "account", Verdict.WRONG, error.staff, SIGN_IN_AGAIN), *_unasked()]
    except NexudusError as error:
        return [_unverified("account", error), *_unasked()]
    signed_in = Finding(Subject.SIGN_IN, "account", Verdict.WELL, f"Signed in as {me.email or me.full_name}.")
    location = await _location(nexudus, site)
    renewal = _renewal(nexudus.client.session.ending())
    return [signed_in, *renewal, location, *judge_permissions(await PermissionTrial(nexudus.client, trying).run())]


def _renewal(ending: Ending | None) -> list[Finding]:
    """A sign-in that works now and will end."""
    if ending is None:
        return []
    return [Finding(Subject.SIGN_IN, "renewal", Verdict.WRONG, ending.staff, SIGN_IN_AGAIN)]


async def _location(nexudus: Nexudus, site: Site) -> Finding:
    try:
        seen = {business.id: business.name for business in await nexudus.businesses()}
    except RoleMissing:
        said = "The locations of the account cannot be listed: that right is missing, as said below."
        return Finding(Subject.SIGN_IN, "location", Verdict.UNVERIFIED, said)
    except NexudusError as error:
        return _unverified("location", error)
    if site.business_id in seen:
        return Finding(Subject.SIGN_IN, "location", Verdict.WELL, f"The account sees {seen[site.business_id]}.")
    names = ", ".join(seen.values()) or "none"
    return Finding(
        Subject.SIGN_IN,
        "location",
        Verdict.WRONG,
        f"The account does not see {site.name}, where this kiosk stands. It sees: {names}.",
        "Give the account that location in Nexudus, or set the kiosk up at another one.",
    )


def _unverified(about: str, error: NexudusError) -> Finding:
    return Finding(Subject.SIGN_IN, about, Verdict.UNVERIFIED, error.staff)


def _unasked() -> Sequence[Finding]:
    said = "The rights can be tried once the sign-in is good and Nexudus answers."
    return [Finding(Subject.PERMISSIONS, "all", Verdict.UNVERIFIED, said)]
