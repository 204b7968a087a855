"""Texts by GOV.UK Notify: one request for each, as its interface has it."""

import time
from typing import Any

import jwt
import requests
from django.conf import settings
from django.utils.translation import gettext as _

from outbox.problems import DeliveryProblem, NotDeliverable

PATIENCE = 10
# A key is a name, the service's number and a secret: name-XXXXXXXX-XXXX-XXXX-XXXX-XXXXXXXXXXXX-YYYYYYYY-YYYY-….
UUID = 36


class NotifyTexts:
    """The template is ours there, and holds nothing but ((words))."""

    sends = True

    def send(self, number: str, words: str, *, key: str) -> None:
        asked: dict[str, Any] = {
            "phone_number": number,
            "template_id": settings.NOTIFY_TEMPLATE,
            "personalisation": {"words": words},
            "reference": key,
        }
        try:
            answer = requests.post(
                f"{settings.NOTIFY_URL}/v2/notifications/sms",
                json=asked,
                headers={"Authorization": f"Bearer {pass_for(settings.NOTIFY_KEY)}"},
                timeout=PATIENCE,
                allow_redirects=False,
            )
        except requests.Timeout:
            raise DeliveryProblem(_("GOV.UK Notify did not answer in time.")) from None
        except requests.RequestException:
            raise DeliveryProblem(_("GOV.UK Notify could not be reached.")) from None
        require_taken(answer)


def pass_for(key: str) -> str:
    """Good for half a minute."""
    service, secret = key[-2 * UUID - 1 : -UUID - 1], key[-UUID:]
    return jwt.encode({"iss": service, "iat": int(time.time())}, secret, algorithm="HS256")


def require_taken(answer: requests.Response) -> None:
    """None of what it says is quoted: it can hold the number."""
    if answer.status_code == requests.codes.created:
        if not names_a_message(answer):
            raise DeliveryProblem(_("GOV.UK Notify gave an answer that could not be read."))
        return
    if answer.status_code == requests.codes.bad_request:
        raise NotDeliverable(_("GOV.UK Notify did not take the number, or does not know our template."))
    if answer.status_code in {requests.codes.unauthorized, requests.codes.forbidden}:
        raise DeliveryProblem(_("GOV.UK Notify does not take our key."))
    if answer.status_code == requests.codes.too_many_requests:
        raise DeliveryProblem(_("GOV.UK Notify takes no more just now: too many were sent."))
    raise DeliveryProblem(_("GOV.UK Notify answered %(status)s.") % {"status": answer.status_code})


def names_a_message(answer: requests.Response) -> bool:
    try:
        found: Any = answer.json()
    except ValueError:
        return False
    return isinstance(found, dict) and bool(found.get("id"))
