"""The doors of whoever answers without an account, as tests open them."""

import re

DOOR = "/answer/"
MARKERS = ("Jean", "07700 900123", "After lunch", "Somebody at the door")


def page(referral):
    return f"{DOOR}{referral.key}/"


def wrong(code):
    return f"{(int(code) + 1) % 1_000_000:06}"


def try_code(client, token, code, **more):
    return client.post(DOOR, {"link": token, "code": code, **more})


def by_hand(client, reference, code):
    return client.post(DOOR, {"reference": reference, "code": code})


def opened(client, referral):
    """Whether this browser sees what was shared."""
    answer = client.get(page(referral))
    shown = [one for one in MARKERS if one in answer.content.decode()]
    assert shown in ([], list(MARKERS))
    return bool(shown)


def words_of(answer):
    """The page without what is new in every answer."""
    return re.sub(r'name="csrfmiddlewaretoken" value="[^"]*"', "", answer.content.decode())


def says_nothing(answer, referral):
    text = answer.content.decode() + str(answer.headers)
    assert not [one for one in (*MARKERS, referral.key, referral.asset_name) if one in text]
