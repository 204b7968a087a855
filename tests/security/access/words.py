"""The words in which the table of doors is written."""

from typing import NamedTuple

from accounts.roles import Role

# Whose the thing is that an address names.
ANY, OWN, OTHER_TEAM = "nobody's in particular", "own", "other team's"
OTHER_PATCH, OTHER_PROVIDER, OTHER_COUNCIL = "other patch's", "other provider's", "other council's"
PAGES, PICTURES, ACCOUNTS = "of pages", "of pictures", "of accounts"
HIDDEN, WARD, ROOTS, FREE = "a hidden place's", "a ward, no patch", "the superuser's", "no council's"

NOBODY, NO_ROLE, ROOT = "nobody", "no role", "superuser"
SUBJECTS = (NOBODY, NO_ROLE, *(role.value for role in Role), ROOT)


def who(*names: str) -> frozenset[str]:
    return frozenset(names)


EDITOR, MODERATOR, COMMISSIONER = who("editor"), who("moderator"), who("commissioner")
COORDINATOR, PROVIDER = who("coordinator"), who("provider")
# Whoever runs the installation may do what an administrator may.
RUNNERS = who(ROOT)
ADMINISTRATOR = who("administrator") | RUNNERS
EVERYBODY = frozenset(SUBJECTS)
SIGNED_IN = EVERYBODY - who(NOBODY)
NOT_ONE = who()


class Row(NamedTuple):
    """Who may open some doors; nobody signed in is led to sign in, and all others find nothing there."""

    names: tuple[str, ...]
    whose: str
    who: frozenset[str]
    # The door opens, but in the small world of the tests nothing lies behind it.
    hollow: bool = False


def row(space: str, names: str, whose: str, who: frozenset[str], *, hollow: bool = False) -> Row:
    """`space`: what stands before the colon of URL names, or nothing; `names`: what stands after it, spaces between."""
    return Row(tuple(f"{space}:{name}" if space else name for name in names.split()), whose, who, hollow)
