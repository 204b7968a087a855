"""The table of doors: who may open what, by area. A URL that is in none of these files fails the tests."""

from tests.security.access.table import (
    answering,
    apart,
    conversations,
    entry,
    finding,
    home,
    keeping,
    listings,
    media,
    pages,
    people,
    places,
    public,
    referring,
    results,
    settings,
)

AREAS = {
    one.__name__.rpartition(".")[2]: one.ROWS
    for one in (
        entry,
        public,
        pages,
        media,
        listings,
        finding,
        places,
        people,
        conversations,
        home,
        answering,
        keeping,
        apart,
        referring,
        results,
        settings,
    )
}
