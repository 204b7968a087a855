import pytest

from search.reasons import AT_VENUE, COMES, ONLINE, PHONE, Situation, reason

HALL = [("Civic Square", "Tilbury")]
MILE = 1609.344


@pytest.mark.parametrize(
    ("seen", "words"),
    [
        (Situation(AT_VENUE, HALL, [], metres=0.6 * MILE, near=True), "0.6 miles away, Civic Square"),
        (Situation(AT_VENUE, HALL, [], metres=0.19 * MILE, near=True), "Less than 500 steps away, Civic Square"),
        (Situation(AT_VENUE, HALL, [], metres=1.2 * MILE, near=True, across="River Thames"),
         "1.2 miles away, but across the River Thames"),
        (Situation(AT_VENUE, HALL, [], metres=1.2 * MILE, near=True, across="The Wash"),
         "1.2 miles away, but across The Wash"),
        (Situation(COMES, [], ["Tilbury", "Grays"]), "Comes to you – covers Tilbury and Grays"),
        (Situation(COMES, [], list("ABCD")), "Comes to you – covers A, B, C and D"),
        (Situation(COMES, [], list("ABCDE")), "Comes to you – covers A, B, C and 2 other areas"),
        (Situation(COMES, [], []), "Comes to you"),
        (Situation(COMES | AT_VENUE, HALL, ["Grays"], metres=9 * MILE), "Comes to you – covers Grays"),
        (Situation(PHONE, [], []), "By phone"),
        (Situation(ONLINE, [], []), "Online"),
        (Situation(PHONE | ONLINE, [], []), "By phone or online"),
        (Situation(PHONE | AT_VENUE, HALL, [], metres=9 * MILE), "By phone"),
        (Situation(AT_VENUE, HALL, ["Thurrock"], metres=6.14 * MILE, named=True),
         "Covers Thurrock – 6.1 miles away, Civic Square"),
        (Situation(AT_VENUE, HALL, []), "At Civic Square, Tilbury"),
        (Situation(AT_VENUE, [("Tilbury Library", "Tilbury")], []), "At Tilbury Library"),
        (Situation(AT_VENUE, HALL * 3, []), "At Civic Square, Tilbury and 2 other places"),
        (Situation(AT_VENUE, [], ["Thurrock"]), "Covers Thurrock"),
        (Situation(AT_VENUE, [], []), "Ring to ask where it is"),
    ],
)  # fmt: skip
def test_a_reason_in_words(seen, words):
    assert reason(seen) == words
