"""Made-up listings and questions for measuring: as many as wanted, always the same, no database.

A fifth stand in Thurrock, so that a place there has thousands about it; the others around sixty British towns.
"""

import datetime as dt
import random
from collections.abc import Iterator

from assets_map.distance import Point
from assets_map.places import Place
from directory.choices import Access, Kind, TakingNew, WhoFor
from search.clauses import minute
from search.codes import cost_codes
from search.documents import AssetDocument, VenuePoint
from search.facets import AgeBand, PartOfDay
from search.languages import LANGUAGES
from search.query import AssetQuery

DENSE = (51.49, 0.36)
TOWNS = 60
WARDS = 20
TAIL = 6_000
TODAY = dt.date(2026, 11, 24)
PRICES = (0, 0, 0, None, 2, 3, 4, 5, 8, 12, 18, 25)


def several(text: str) -> list[str]:
    """What stands between the commas."""
    return [" ".join(one.split()) for one in text.split(",")]


THINGS = several(
    """lunch, dinner, tea, coffee, cake, garden, gardening, allotment, walk, walking, swim, dance, dancing,
    music, singing, choir, craft, knitting, sewing, woodwork, repair, computer, tablet, phone, reading,
    library, book, history, church, prayer, memory, dementia, carers, respite, sitting, befriending,
    shopping, cleaning, cooking, meals, transport, driver, hospital, appointment, wheelchair, mobility,
    falls, balance, yoga, exercise, football, bowls, darts, bingo, quiz, cinema, theatre, art, painting,
    pottery, photography, dog, horse, farm, food bank, advice, benefits, debt, housing, energy, form
    filling, veterans, bereavement, grief, counselling, listening, autism, learning disability, hearing,
    sight, stroke, diabetes, parkinsons, cancer, sensory, youth, toddler, parents, grandparents, men's
    shed, hair, nails, foot care, toe nails, bathing, personal care, night sitting, overnight,
    emergency, day out, trips, holiday"""
)
FORMS = several(
    """club, group, circle, drop-in, café, visits, helpers, friends, network, centre, service, team,
    project, partners, mornings, afternoons, sessions, at home, together, for all"""
)
GLUE = several(
    """a warm welcome and somebody to talk to, run by volunteers who live near, come as you are and stay as
    long as you like, tea and biscuits are included, ring before the first visit, we help with forms and
    letters, small and friendly with room for everyone, bring a friend or your carer, there is a quiet
    corner, every week except bank holidays, support for people who live alone, we come to your house at
    a time that suits you, free parking outside, ask about direct payments"""
)
STREETS = several(
    """Civic, Dock, Calcutta, Church, Station, Orsett, London, Mill, Marsh, Park, Fort, Bridge, Manor,
    Chapel, School"""
)
HALLS = several("""Hall, Library, Community Centre, Church Hall, Hub, School, Rooms, Pavilion""")


def towns(random_: random.Random) -> list[tuple[float, float]]:
    return [DENSE, *((random_.uniform(50.4, 56.5), random_.uniform(-4.5, 1.2)) for _ in range(TOWNS - 1))]


def listings(count: int) -> Iterator[AssetDocument]:
    """So many listings as documents."""
    made = random.Random(20261124)
    centres = towns(made)
    tail = [
        "".join(made.choices("bcdfghklmnprst", k=1)[0] + made.choices("aeiou", k=1)[0] for _ in range(3))
        for _ in range(TAIL)
    ]
    weights = [1 / (rank + 8) for rank in range(TAIL)]
    for asset_id in range(1, count + 1):
        town = 0 if made.random() < 0.2 else made.randrange(1, TOWNS)
        yield one_listing(made, asset_id, town, centres[town], made.choices(tail, weights, k=25))


def one_listing(
    made: random.Random, asset_id: int, town: int, centre: tuple[float, float], rare: list[str]
) -> AssetDocument:
    thing, other = made.choice(THINGS), made.choice(THINGS)
    reach = made.choices(
        [("at-venue",), ("comes-to-you",), ("by-phone",), ("online", "by-phone"), ("at-venue", "comes-to-you")],
        (70, 12, 6, 4, 8),
    )[0]
    name = f"{made.choice(STREETS)} {thing.title()} {made.choice(FORMS).title()}"
    venues = ()
    if "at-venue" in reach:
        hall = f"{made.choice(STREETS)} {made.choice(HALLS)}"
        venues = (VenuePoint(hall, f"Town {town}", centre[0] + made.gauss(0, 0.03), centre[1] + made.gauss(0, 0.05)),)
    covered = made.choices((0, 1, 2, 3), (60, 20, 12, 8))[0] if reach != ("online", "by-phone") else 0
    wards = [f"T{town:02}W{made.randrange(WARDS):02}" for _ in range(covered)]
    coverage = tuple((code, f"Ward {code}") for code in dict.fromkeys(wards)) or (
        ((f"T{town:02}", f"Town {town}"),) if made.random() < 0.4 else ()
    )
    who = tuple(made.sample(WhoFor.values, made.choices((0, 1, 2), (5, 3, 2))[0]))
    days = sorted(made.sample(range(7), made.choices((0, 1, 2, 5), (1, 5, 3, 1))[0]))
    held, slots = times_and_ages(random.Random(asset_id), days)
    area = tuple(dict.fromkeys([*(code for code, _name in coverage), *([f"T{town:02}"] if venues or coverage else [])]))
    return AssetDocument(
        asset_id=asset_id,
        name=name,
        summary=f"{thing.capitalize()} and {other}: {made.choice(GLUE)}.",
        tags=f"{thing} {other} {' '.join(who)}",
        description=f"{'. '.join(made.sample(GLUE, 4))}. {' '.join(rare)}",
        where=f"Town {town} {venues[0].name if venues else ''}",
        facets={
            "kind": (made.choice(Kind.values),),
            "category": (f"c{THINGS.index(thing) // 8}", f"c{THINGS.index(thing)}-in"),
            "reach": reach,
            **held,
            "cost": cost_codes([made.choice(PRICES)]),
            "taking_new": (made.choice(TakingNew.values),),
            "access": tuple(sorted(made.sample(Access.values, made.randrange(5)))),
            "who_for": who,
            "area": area,
        },
        slots=slots,
        venues=venues,
        coverage=coverage,
        checked_on=TODAY - dt.timedelta(days=made.randrange(900)) if made.random() < 0.9 else None,
    )


def times_and_ages(
    made: random.Random, days: list[int]
) -> tuple[dict[str, tuple[str, ...]], tuple[tuple[int, int], ...]]:
    """Codes of sessions on these weekdays, of ages and of languages; and the times open in the week to come."""
    sessions = [(day, made.choice(range(9 * 60, 19 * 60, 30)), made.choice((60, 90, 120, 180))) for day in days]
    parts = [list(PartOfDay)[(start >= 12 * 60) + (start >= 17 * 60)].value for _day, start, _long in sessions]
    monthly = made.random() < 0.2
    week, dates, slots = [], [], []
    for (day, start, long), part in zip(sessions, parts, strict=True):
        week.append(f"{day}-{part}")
        coming = range((day - TODAY.weekday()) % 7, 63, 28 if monthly else 7)
        dates += [f"{TODAY + dt.timedelta(days=ahead)}-{part}" for ahead in coming]
        begins = [minute(dt.datetime.combine(TODAY, dt.time())) + ahead * 1440 + start for ahead in coming if ahead < 8]
        slots += [(first, first + long) for first in begins]
    bands = AgeBand.values[made.randrange(3, 7) :] if made.random() < 0.4 else ()
    spoken = made.sample(list(LANGUAGES), made.choices((0, 1, 2), (8, 1, 1))[0])
    held = {"week": tuple(week), "date": tuple(dates), "age": tuple(bands), "language": tuple(spoken)}
    return held, tuple(slots)


def questions(count: int) -> list[AssetQuery]:
    """Different questions with text, place and filters: half from Thurrock, half from anywhere."""
    made = random.Random(7)
    centres = towns(random.Random(20261124))
    return [one_question(made, centres) for _ in range(count)]


def one_question(made: random.Random, centres: list[tuple[float, float]]) -> AssetQuery:
    town = 0 if made.random() < 0.5 else made.randrange(1, TOWNS)
    lat, lon = centres[town][0] + made.gauss(0, 0.02), centres[town][1] + made.gauss(0, 0.03)
    codes = frozenset({f"T{town:02}", f"T{town:02}W{made.randrange(WARDS):02}"})
    words = [made.choice(THINGS), *made.choices(("", made.choice(FORMS), made.choice(THINGS)), (2, 1, 1))]
    filters = {}
    if made.random() < 0.6:
        filters["kind"] = tuple(made.sample(Kind.values, 2))
    if made.random() < 0.4:
        filters["day"] = (str(made.randrange(7)),)
    if made.random() < 0.3:
        filters["cost"] = ("free", "donation")
    if made.random() < 0.2:
        filters["who_for"] = (made.choice(WhoFor.values),)
    if made.random() < 0.2:
        filters["time"] = (made.choice(PartOfDay.values),)
    place = Place(
        label="Here",
        point=Point(lat, lon),
        area_codes=codes,
        approximate=False,
        postcode=None,
        shareable="",
        area_names={},
    )
    return AssetQuery(text=" ".join(filter(None, words)), place=place, filters=filters)
