"""People of the journeys who are asked how it went: by a link, on a slip, by phone; and what opens the questions."""

import json
import os
from pathlib import Path

from django.utils import timezone

LINKS = ("Ada", "Bea", "Cyril")
SLIPS = ("Dora", "Edwin", "Flo")
CALLS = ("Gus", "Hetty", "Ivor")
TO_PRINT = ("Nora",)
KEPT = "how-it-went.json"


def lay_how_it_went(robin, asset):
    """Writes down the links and codes, which no database holds, by whose they are."""
    from referrals.acts import move_referral
    from referrals.models import Via
    from referrals.models.results import How
    from referrals.progress import Progress
    from referrals.results.asking import OPEN_FOR
    from referrals.results.links import give_code, give_result_link
    from tests.factories.referrals import consent_to_be_asked, make_person, refer

    opens, now = {}, timezone.now()
    kinds = ((How.LINK, LINKS), (How.SLIP, SLIPS), (How.PHONE, CALLS), (How.SLIP, TO_PRINT))
    for how, names in kinds:
        for name in names:
            person = make_person(robin, called=name, contact={"phone": "07700 900123", "when": "After lunch"})
            consent_to_be_asked(person)
            referral = move_referral(refer(person, asset), to=Progress.ACCEPTED, via=Via.RANG)
            ask = referral.asks.order_by("week").first()
            ask.how, ask.asked_at, ask.due_on = how, now, timezone.localdate()
            ask.expires_at = None if names is TO_PRINT else now + OPEN_FOR
            ask.save()
            opens[name] = give_result_link(ask) if how == How.LINK else give_code(ask)
    (Path(os.environ["HEREABOUTS_DATA"]) / KEPT).write_text(json.dumps(opens))


def opens(served):
    """What opens the questions of each, by name."""
    return json.loads((served.data / KEPT).read_text())
