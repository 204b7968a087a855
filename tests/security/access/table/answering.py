"""Answers of providers: without an account by a link and a code, or with one."""

from tests.security.access.words import ANY, EVERYBODY, row

ROWS = [
    # Whoever has no code is led back to the first.
    row("referrals", "answer answer_one", ANY, EVERYBODY),
]
