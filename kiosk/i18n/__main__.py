"""`python -m kiosk.i18n`: brings the catalogues up to date with the code, checks them, compiles them."""

from __future__ import annotations

import argparse
import sys

from kiosk.i18n import catalogues


def main(arguments: list[str] | None = None) -> int:
    """Run one command; the exit status is 1 where a catalogue has flaws."""
    parser = argparse.ArgumentParser(prog="python -m kiosk.i18n", description="The catalogues of the kiosk.")
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    update = commands.add_parser("update", help="bring what the code says into every catalogue, or begin one")
    update.add_argument("languages", nargs="*", metavar="LANGUAGE", help='such as "nl"; without, all there are')
    commands.add_parser("check", help="tell what is missing, stale, untranslated or has other placeholders")
    commands.add_parser("compile", help="write what a running kiosk reads")
    options = parser.parse_args(arguments)
    match options.command:
        case "update":
            for language in options.languages or catalogues.languages():
                catalogues.update(language)
            return _check()
        case "compile":
            _tell("compiled: " + ", ".join(catalogues.compile_all()))
            return 0
        case _:
            return _check()


def _check() -> int:
    said = catalogues.template()
    status = 0
    for language in catalogues.languages():
        for flaw in catalogues.flaws(catalogues.read(language), said):
            _tell(f"{language}: {flaw}")
            status = 1
    return status


def _tell(line: str) -> None:
    sys.stdout.write(f"{line}\n")


if __name__ == "__main__":
    sys.exit(main())
