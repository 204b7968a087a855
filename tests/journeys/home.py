"""What journeys through a coordinator's day find: Kim with a person in each of her lists, and Pat beside her."""

import datetime as dt
import os
from pathlib import Path

KIM, PAT = "kim@example.org", "pat@example.org"


def lay_home(asset):
    """Kim is signed in; so is Pat, in another browser."""
    from django.utils import timezone

    from assets_map.models import Area
    from referrals.acts import move_referral
    from referrals.models import Referral, RingBack, Via
    from referrals.next_steps import keep_next_step
    from referrals.progress import DeclineReason, Progress
    from tests.factories.referrals import make_conversation, make_person, refer

    kim, pat = signed_in("kim", "Kim", "Brook"), signed_in("pat", "Pat", "Mercer")
    kim.patches.add(Area.objects.get(code="N-RM18"))
    rung, waiting, declined = (make_person(kim, called=called) for called in ("Ada", "Bert", "Cleo"))
    RingBack.objects.create(person=rung, promised_for=timezone.localdate() - dt.timedelta(days=1))
    Referral.objects.filter(pk=refer(waiting, asset).pk).update(chased=2)
    said = {"reason": DeclineReason.NO_CAPACITY, "words": "Full until spring."}
    move_referral(refer(declined, asset), to=Progress.DECLINED, via=Via.RANG, by=kim, **said)
    make_person(kim, called="Dot", reference="LAS-77777")
    make_conversation(make_person(kim, called="Eli"))
    make_person(pat, called="Fay")
    for person in (rung, waiting, declined):
        keep_next_step(person)


def signed_in(name, first, last):
    from django.test import Client

    from tests.accounts.front_door import give_app
    from tests.factories.referrals import make_coordinator

    user = give_app(make_coordinator(name, first_name=first, last_name=last))
    browser = Client()
    browser.force_login(user)
    (Path(os.environ["HEREABOUTS_DATA"]) / f"{name}.txt").write_text(browser.cookies["sessionid"].value)
    return user
