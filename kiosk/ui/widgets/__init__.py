"""Widgets for a finger: no hover, no focus needed, nothing small."""
