"""What is noted of a stay whose end nobody recorded. `kiosk events` shows it beside the check-in."""

from __future__ import annotations

END_ASSUMED = "end assumed"
"""The end that stands in Nexudus is the location's cut-off, or the end of the day: when they really left is not
known."""

ENDED_ELSEWHERE = "ended in Nexudus"
"""It had an end there already, which stays."""

NEVER_CAME = "never arrived"
"""A walk-in whom the host did not let in that day: there is nothing to end."""

GONE = "gone from Nexudus"
"""The record was deleted there."""
