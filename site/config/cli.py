"""The one command line: `hereabouts`."""

import os
import sys
from collections import OrderedDict

OURS: "OrderedDict[str, list[tuple[str, str]]]" = OrderedDict(
    {
        "Start and run": [
            ("demo", "make the demo directory of Thurrock and serve it"),
            ("serve", "run the web server and the worker together"),
            ("work", "deliver owed work (when the web server runs elsewhere)"),
            ("health", "say how everything is, and end with 0, 1 or 2"),
            ("migrate", "bring the database up to date"),
            ("create_administrator", "make the account of somebody who runs this, with a one-time link"),
            ("create_staff", "make an account for a member of staff, with a one-time link"),
            ("sign_out", "sign somebody out wherever they are, or everybody"),
        ],
        "Keep it": [
            ("backup", "write all of this installation to one file, while the site runs"),
            ("verify_backup", "read every byte of a backup, and say whether it is whole"),
            ("restore", "make an empty installation the one of a backup"),
            ("erase_again", "erase again whoever was erased before and came back with a backup"),
            ("upgrade", "after installing a new version: back up, migrate, and make anew what changed"),
            ("retention", "say what is kept, for how long, and what is due to go"),
            ("rotate_person_keys", "seal anew, with a new key, what is kept of people"),
        ],
        "Places": [
            ("load_postcodes", "build the gazetteer from the installed wheel, Code-Point Open or ONSPD"),
            ("load_areas", "load wards, patches or other shapes from a boundary file"),
            ("load_places", "load place names from OS Open Names"),
            ("load_barriers", "load rivers and motorways that people cannot simply cross"),
            ("build_sector_areas", "make neighbourhoods from the postcodes alone"),
        ],
        "Listings": [
            ("load_listings", "load listings from a spreadsheet"),
            ("load_thesaurus", "add the words that mean the same that come with Hereabouts"),
            ("learn_needs", "learn anew from everyday sentences, after changing them"),
            ("load_help", "lay the help strip, danger rules and links for council business"),
            ("build_index", "build the search index anew"),
            ("print_sheet", "print a list of what is near a place, as a PDF"),
        ],
        "What people looked for": [
            ("export_searches", "write what people looked for, in counts, for a spreadsheet"),
        ],
    }
)


def help_text() -> str:
    """What `hereabouts` prints when it is asked nothing."""
    lines = ["Hereabouts: a directory of the people and groups near you.", "", "Usage: hereabouts COMMAND [OPTIONS]"]
    for heading, commands in OURS.items():
        lines += ["", f"{heading}:"]
        lines += [f"  {name:<20} {does}" for name, does in commands]
    return "\n".join(
        [
            *lines,
            "",
            "hereabouts COMMAND --help says more of one; hereabouts help --all lists Django's and Wagtail's too.",
        ]
    )


def main() -> None:
    """Run one command; without `DJANGO_SETTINGS_MODULE`, with the settings for one person on one machine."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.dev")
    arguments = sys.argv[1:]
    if arguments in ([], ["help"], ["--help"], ["-h"]):
        print(help_text())  # noqa: T201
        return
    if arguments == ["help", "--all"]:
        arguments = ["help"]
    from django.core.management import execute_from_command_line

    execute_from_command_line(["hereabouts", *arguments])
