"""An order, and the parcels that are owed for it: a kind of work that is delivered by HTTP, for tests alone."""

import datetime as dt
import json
import urllib.error
import urllib.request

from django.conf import settings
from django.db import models

from outbox.models import OwedToOthers
from outbox.problems import DeliveryProblem, NotDeliverable

PATIENCE = 60


class Order(models.Model):
    number = models.PositiveIntegerField(unique=True)


class Parcel(OwedToOthers):
    """Delivered to `settings.RECEIVER`."""

    first_wait = dt.timedelta(seconds=0.1)
    longest_wait = dt.timedelta(seconds=0.4)

    content = models.CharField(max_length=100)

    class Meta(OwedToOthers.Meta):
        abstract = False
        verbose_name = "parcel"
        verbose_name_plural = "parcels"

    def __str__(self) -> str:
        return f"parcel {self.pk}"

    def deliver(self) -> None:
        asked = urllib.request.Request(
            settings.RECEIVER,  # type: ignore[misc]  # a setting of tests alone
            data=json.dumps({"content": self.content, "request": self.request_id}).encode(),
            headers={"Idempotency-Key": str(self.key)},
        )
        try:
            with urllib.request.urlopen(asked, timeout=PATIENCE) as answer:
                answer.read()
        except urllib.error.HTTPError as error:
            problem = NotDeliverable if error.code == 422 else DeliveryProblem
            raise problem(f"The receiver answered {error.code}.") from error
