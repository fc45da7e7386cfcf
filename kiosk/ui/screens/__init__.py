"""One module a screen; each is pushed fresh and wiped with the person it served."""
