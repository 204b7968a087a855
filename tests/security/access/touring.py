"""Opens every address about people as everybody, and keeps what was seen, logged, sent and written down."""

import io
import re
import sys
import time
from dataclasses import dataclass, field
from unittest.mock import patch

from django.core.signals import got_request_exception
from django.db import transaction
from django.template.base import Template
from django.test import Client
from django.urls import reverse
from pypdf import PdfReader

from accounts.access_events import AccessEvent, reference_of
from config.error_reports import ErrorReport
from referrals.keeping.held import records_of
from referrals.keeping.purposes import SAID, Purpose
from referrals.messages.letters import write
from referrals.models import MessageKind, OwedMessage, Person, ResultAsk
from referrals.models.results import How
from tests.security.access.addresses import address_of, arguments_of
from tests.security.access.driving import named_doors
from tests.security.access.people import lay_ways_in, marker_of
from tests.security.access.words import (
    NOBODY,
    OTHER_COUNCIL,
    OTHER_PATCH,
    OTHER_PROVIDER,
    OTHER_TEAM,
    OWN,
    ROOT,
    SUBJECTS,
)
from tests.security.access.world import lay_world

SEES_PEOPLE = {"administrator", "coordinator", "provider", ROOT}
WHOSE = (OWN, OTHER_PROVIDER, OTHER_TEAM, OTHER_PATCH, OTHER_COUNCIL)


@dataclass(frozen=True)
class Shown:
    """An answer in which something of somebody stood."""

    name: str
    method: str
    asked_for: str
    subject: str
    whose: str
    looks: tuple[AccessEvent, ...]
    listed: bool

    def __str__(self):
        return f"{self.name} {self.method} ({self.asked_for}) as {self.subject} shows {self.whose}"


@dataclass
class Tour:
    """`addresses`: every one that a page led to; `reports`: what was told of errors."""

    shown: list[Shown] = field(default_factory=list)
    addresses: set[str] = field(default_factory=set)
    reports: list[str] = field(default_factory=list)
    failed: int = 0

    def go(self):
        self.world = lay_world()
        self.ways_in = lay_ways_in(self.world)
        self.about = {whose: references(self.world, whose) for whose in WHOSE}
        for subject in SUBJECTS:
            browser = browser_of(self.world, subject)
            for name, whose, address in self.doors():
                # Whoever sees nobody is led away from other people's as from one's own.
                if subject in SEES_PEOPLE or whose == OWN:
                    self.open(browser, subject, name, whose, address, "get")
                if whose == OWN:
                    self.open(browser, subject, name, whose, address, "post")

        self.answer_by_link()

    def answer_by_link(self):
        """As a provider's people do who have no account."""
        browser, key = browser_of(self.world, NOBODY), self.world.of("referral", OWN)
        browser.post(reverse("referrals:answer"), self.ways_in["referrals:answer"])
        address = reverse("referrals:answer_one", args=[key])
        self.open(browser, NOBODY, "referrals:answer_one", OWN, address, "get")

    def write_every_letter(self):
        """What is written of one's own person for each kind of message: to a provider that has not answered yet, to
        those who work for the council, and to the person by text."""
        person = Person.objects.get(key=self.world.of("person", OWN))
        waiting = person.referrals.waiting().first()
        ask = ResultAsk.objects.filter(referral__person=person, answered_at=None).first()
        ask.how = How.TEXT
        about = {"referral": waiting, "person": person, "ask": ask}
        return {kind: write(OwedMessage(kind=kind, **about)) for kind in MessageKind}

    def doors(self):
        for name, patterns in sorted(named_doors().items()):
            if name.startswith("referrals:"):
                for whose in WHOSE if arguments_of(patterns[0]) else (OWN,):
                    yield name, whose, address_of(name, patterns[0], self.world, whose)

    def open(self, browser, subject, name, whose, address, method):
        with transaction.atomic():
            last = AccessEvent.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
            answer = getattr(browser, method)(address, self.ways_in.get(name))
            told = text_of(answer)
            events = list(AccessEvent.objects.filter(pk__gt=last))
            transaction.set_rollback(True)
        self.addresses |= set(re.findall(r'(?:href|action|src|data-[a-z-]+)="([^"]*)"', told))
        self.addresses.add(answer.get("Location", ""))
        for one in WHOSE:
            if marker_of(one) in told:
                looks = tuple(event for event in events if event.whose in self.about[one])
                listed = any(re.fullmatch(r"referrals\.\w+", event.whose) for event in events)
                self.shown.append(Shown(name, method, whose, subject, one, looks, listed))

    def fail(self, words):
        """Every page breaks while it is put together, with words that somebody sent in the error."""

        whole = Template.render

        def breaks(template, *given, **more):
            if template.name in SAY_THAT_IT_FAILED:
                return whole(template, *given, **more)
            raise ValueError(words)

        def heard(request, **_signal):
            self.failed += 1
            self.reports.append(ErrorReport(request, *sys.exc_info()).get_traceback_text())

        got_request_exception.connect(heard)
        try:
            with patch.object(Template, "render", breaks):
                for subject in ("coordinator", "provider", NOBODY):
                    browser = browser_of(self.world, subject)
                    for address in {address for _name, whose, address in self.doors() if whose == OWN}:
                        with transaction.atomic():
                            browser.get(address, {"link": words, "code": words})
                            browser.post(address, dict.fromkeys(BOXES, words))
                            transaction.set_rollback(True)
        finally:
            got_request_exception.disconnect(heard)


SAY_THAT_IT_FAILED = {"500.html", "plain.html"}
# Boxes of the forms about people; one that a form does not know is ignored.
BOXES = ("reference", "called", "contact", "phone", "email", "place", "words", "matters", "notes", "code", "slip",
         "link", "welcome", "why", "when", "step", "answers")  # fmt: skip


def browser_of(world, subject):
    """Signed in; whoever oversees has said why, for everybody."""
    client = Client(raise_request_exception=False)
    if subject != NOBODY:
        client.force_login(world.accounts[subject])
        session = client.session
        said = [Purpose.CHECK.value, int(time.time())]
        session[SAID] = dict.fromkeys(Person.objects.values_list("key", flat=True), said)
        session.save()
    return client


def text_of(answer):
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    if answer.get("Content-Type", "").startswith("application/pdf"):
        return re.sub(r"\s+", "", "".join(page.extract_text() for page in PdfReader(io.BytesIO(body)).pages))
    return body.decode(errors="replace")


def references(world, whose):
    person = Person.objects.get(key=world.of("person", whose))
    return {reference_of(record) for record in records_of(person)}
