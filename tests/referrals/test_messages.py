"""What is sent about a referral, to whom, and what is never in it."""

import email
import re
from email import policy

import pytest

from accounts.models import Council
from outbox.delivery import deliver_due
from outbox.problems import DeliveryProblem, NotDeliverable
from referrals.acts import move_referral
from referrals.answering.links import digest
from referrals.messages import owe
from referrals.messages.texts import KeptTexts, mobile, texts
from referrals.models import AnswerLink, MessageKind, OwedMessage, Referral, Via
from referrals.progress import Progress
from tests.factories.directory import make_provider
from tests.factories.referrals import make_coordinator, make_person, make_referable_asset, refer
from tests.referrals.post_office import NOTIFY_KEY, MailServer, Notify

pytestmark = pytest.mark.django_db

LINK = re.compile(r"https?://\S+/answer/\?link=(\S+)")
MARKERS = ("Jean", "07700 900123", "+447700900123", "After lunch", "Somebody at the door", "RM18", "My garden")


@pytest.fixture(autouse=True)
def no_texts_yet():
    KeptTexts.kept.clear()


@pytest.fixture
def mail_server(settings):
    with MailServer() as server:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_USE_TLS = "127.0.0.1", server.port, False
        yield server


@pytest.fixture
def notify(settings):
    with Notify() as server:
        settings.TEXTS = "referrals.messages.notify.NotifyTexts"
        settings.NOTIFY_URL, settings.NOTIFY_KEY, settings.NOTIFY_TEMPLATE = server.address, NOTIFY_KEY, "a-template"
        yield server


def deliver():
    """One round; what is put off or parked says why."""
    deliver_due(OwedMessage)
    return list(OwedMessage.objects.order_by("pk").values_list("kind", "last_error"))


def read(letter):
    return email.message_from_string(letter[2], policy=policy.default)


def test_a_provider_is_asked_by_mail_with_a_link_that_is_kept_as_a_digest_alone(mail_server, jean, lunch_club):
    refer(jean, lunch_club)
    assert deliver() == []
    [letter] = mail_server.letters
    assert letter[1] == ["lunch@example.org"]
    message = read(letter)
    assert message["Subject"] == "Somebody would like to be put in touch with Riverside Lunch Club"
    token = LINK.search(message.get_content())[1]
    link = AnswerLink.objects.get()
    assert link.digest == digest(token)
    assert token not in str(list(AnswerLink.objects.values())) + str(list(OwedMessage.objects.values()))


def test_whoever_has_no_mail_is_asked_by_text(jean):
    refer(jean, make_referable_asset(email="", text_number="07700 900456"))
    assert deliver() == []
    [text] = KeptTexts.kept
    assert text.number == "+447700900456"
    assert LINK.search(text.words)
    assert "\n" not in text.words


def test_the_code_goes_another_way_than_the_link_or_not_at_all(jean, mailoutbox):
    for listed, number in (
        ({"email": "a@example.org", "text_number": "07700 900456"}, "+447700900456"),
        ({"email": "a@example.org", "text_number": "", "phone": "07700 900789"}, "+447700900789"),
        ({"email": "a@example.org", "text_number": "", "phone": "01632 960001"}, None),
        ({"email": "", "text_number": "07700 900456"}, None),
    ):
        KeptTexts.kept.clear()
        referral = refer(jean, make_referable_asset(**listed))
        OwedMessage.objects.all().delete()
        owe(MessageKind.PROVIDER_CODE, referral=referral)
        assert deliver() == []
        assert [one.number for one in KeptTexts.kept] == ([number] if number else [])
        assert not mailoutbox


def test_a_provider_without_either_is_for_the_coordinator_to_ring(jean, mailoutbox):
    refer(jean, make_referable_asset(email="", text_number="", phone="01632 960001"))
    deliver()
    deliver()
    [letter] = mailoutbox
    assert letter.to == [jean.coordinator.email]
    assert "could not be written to" in letter.body
    assert not AnswerLink.objects.exists()


# Tried where they are made.
ABOUT_A_PERSON = {MessageKind.RESULT_ASKED, MessageKind.PERSON_ERASED}


@pytest.mark.parametrize("kind", [one for one in MessageKind if one not in ABOUT_A_PERSON])
def test_nothing_of_the_person_is_in_any_message_or_row(kind, jean, lunch_club, mailoutbox, administrator):
    referral = refer(jean, lunch_club)
    deliver()
    if kind == MessageKind.PROVIDER_WITHDRAWN:
        move_referral(referral, to=Progress.WITHDRAWN, via=Via.PERSON, words="Jean changed her mind.")
    OwedMessage.objects.all().delete()
    owe(kind, referral=referral)
    row = str(OwedMessage.objects.values().get())
    assert deliver() == []
    sent = [f"{one.subject} {one.body} {one.message()}" for one in mailoutbox] + [one.words for one in KeptTexts.kept]
    assert len(sent) == 2
    for marker in (*MARKERS, jean.reference):
        assert marker not in " ".join([*sent, row])


@pytest.mark.parametrize("state", [Progress.WITHDRAWN, Progress.DECLINED, Progress.ENTERED_IN_ERROR])
def test_what_was_asked_for_before_it_ended_is_not_sent_after(state, jean, lunch_club, mailoutbox):
    referral = refer(jean, lunch_club)
    owe(MessageKind.PROVIDER_CHASED, referral=referral)
    owe(MessageKind.PROVIDER_CODE, referral=referral)
    move_referral(referral, to=state, via=Via.COORDINATOR, reason="other", words="Because.")
    assert deliver() == []
    # Who never heard of it need not hear that it is over.
    assert (mailoutbox, KeptTexts.kept) == ([], [])


def test_whoever_was_asked_hears_that_it_was_withdrawn(jean, lunch_club, mailoutbox):
    referral = refer(jean, lunch_club)
    deliver()
    move_referral(referral, to=Progress.WITHDRAWN, via=Via.PERSON, words="I changed my mind.")
    deliver()
    assert mailoutbox[-1].subject == "A request to Riverside Lunch Club was withdrawn"
    assert "destroy" in mailoutbox[-1].body


REMINDERS = (MessageKind.PROVIDER_CHASED, MessageKind.STILL_WAITING, MessageKind.NOT_ANSWERED)


def test_who_opened_it_and_did_not_answer_is_reminded(jean, lunch_club, mailoutbox):
    referral = refer(jean, lunch_club)
    deliver()
    owe(MessageKind.PROVIDER_CHASED, referral=referral)
    move_referral(referral, to=Progress.SEEN, via=Via.LINK)
    assert deliver() == []
    assert mailoutbox[-1].subject == "Somebody is still waiting for an answer from Riverside Lunch Club"
    assert "Nobody has answered the request yet" in mailoutbox[-1].body


@pytest.mark.parametrize("kind", REMINDERS)
def test_after_somebody_answered_nobody_is_reminded(kind, jean, lunch_club, mailoutbox, administrator):
    referral = refer(jean, lunch_club)
    deliver()
    owe(kind, referral=referral)
    move_referral(referral, to=Progress.ACCEPTED, via=Via.RANG)
    assert deliver() == []
    assert len(mailoutbox) == 1


def test_sent_twice_both_links_lead_to_the_same(jean, lunch_club, mailoutbox):
    refer(jean, lunch_club)
    [owed] = OwedMessage.objects.all()
    owed.deliver()
    owed.deliver()
    tokens = [LINK.search(one.body)[1] for one in mailoutbox]
    assert {link.digest for link in AnswerLink.objects.all()} == {digest(token) for token in tokens}
    assert len({one.extra_headers["Message-ID"] for one in mailoutbox}) == 1


@pytest.mark.parametrize(
    "name",
    [
        "Lunch\nBcc: everybody@example.org",
        "Lunch\r\n\r\nSend money to …",
        "Lunch\u2028Bcc: everybody@example.org",
        "Lunch\x1b[2J",
    ],
)
def test_a_name_cannot_become_a_header(name, mail_server, jean):
    refer(jean, make_referable_asset(name=name))
    assert deliver() == []
    [letter] = mail_server.letters
    assert letter[1] == ["lunch@example.org"]
    assert read(letter)["Bcc"] is None
    assert read(letter)["Subject"].strip().startswith("Somebody would like to be put in touch with Lunch")


@pytest.mark.parametrize("address", ["a@example.org, b@example.org", "a@example.org\nBcc: b@example.org", "nobody"])
def test_what_is_not_one_address_is_not_written_to(address, jean, mailoutbox):
    provider = make_provider(email="office@example.org")
    refer(jean, make_referable_asset(email=address, provider=provider))
    assert deliver() == []
    assert [one.to for one in mailoutbox] == [["office@example.org"]]


@pytest.mark.parametrize(
    ("answer", "parked", "words"),
    [
        ("550 No such person lunch@example.org", True, "The mail server takes no mail for that address."),
        ("450 Busy with lunch@example.org", False, "The mail server takes no mail for that address just now."),
    ],
)
def test_a_refused_address_is_told_without_naming_it(answer, parked, words, mail_server, jean, lunch_club):
    mail_server.refuses["lunch@example.org"] = answer
    refer(jean, lunch_club)
    assert deliver()[0] == (MessageKind.PROVIDER_ASKED, words)
    assert OwedMessage.objects.parked().exists() is parked
    # And somebody picks up the telephone.
    assert OwedMessage.objects.filter(kind=MessageKind.NOT_REACHED).exists() is parked


def test_mail_that_was_not_taken_is_sent_later(mail_server, jean, lunch_club):
    mail_server.breaks_off = True
    refer(jean, lunch_club)
    assert deliver() == [(MessageKind.PROVIDER_ASKED, "The mail server did not take it.")]
    mail_server.breaks_off = False
    OwedMessage.objects.update(due_at=Referral.objects.get().made_at)
    assert deliver() == []
    assert len(mail_server.letters) == 1


def test_a_mail_server_that_is_away_or_not_set_is_told_in_words(settings, jean, lunch_club):
    refer(jean, lunch_club)
    with MailServer() as gone:
        port = gone.port
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_USE_TLS = "127.0.0.1", port, False
    assert deliver() == [(MessageKind.PROVIDER_ASKED, "The mail server cannot be reached.")]
    settings.EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
    with pytest.raises(DeliveryProblem, match="EMAIL_HOST is not set"):
        OwedMessage.objects.get().deliver()


def test_a_text_goes_by_notify_with_our_pass_and_key(notify, jean):
    refer(jean, make_referable_asset(email="", text_number="07700 900456"))
    key = str(OwedMessage.objects.get().key)
    assert deliver() == []
    [text] = notify.texts
    assert (text["phone_number"], text["template_id"], text["reference"]) == ("+447700900456", "a-template", key)
    assert LINK.search(text["personalisation"]["words"])


@pytest.mark.parametrize(
    ("answer", "problem", "words"),
    [
        ((400, {"errors": [{"message": "phone_number +447700900456 is not valid"}]}), NotDeliverable, "the number"),
        ((401, ""), DeliveryProblem, "does not take our key"),
        ((403, {"errors": []}), DeliveryProblem, "does not take our key"),
        ((429, {"errors": [{"error": "TooManyRequestsError"}]}), DeliveryProblem, "too many were sent"),
        ((500, "<html>+447700900456</html>"), DeliveryProblem, "answered 500"),
        ((302, ""), DeliveryProblem, "answered 302"),
        ((200, {"id": "x"}), DeliveryProblem, "answered 200"),
        ((201, "{not json"), DeliveryProblem, "could not be read"),
        ((201, "[]"), DeliveryProblem, "could not be read"),
        ((201, "{}"), DeliveryProblem, "could not be read"),
        (3.0, DeliveryProblem, "did not answer in time"),
    ],
)
def test_notify_that_misbehaves_is_told_in_one_line_with_nobody_in_it(answer, problem, words, notify, monkeypatch):
    monkeypatch.setattr("referrals.messages.notify.PATIENCE", 0.3 if answer == 3.0 else 30)
    notify.answers.append(answer)
    with pytest.raises(problem, match=words) as raised:
        texts().send("+447700900456", "Words.", key="k")
    assert type(raised.value) is problem
    assert "\n" not in str(raised.value)
    assert "7700" not in str(raised.value)


def test_notify_that_is_away_or_knows_another_key_is_told(notify, settings):
    settings.NOTIFY_KEY = NOTIFY_KEY[:-1] + "1"
    with pytest.raises(DeliveryProblem, match="does not take our key"):
        texts().send("+447700900456", "Words.", key="k")
    settings.NOTIFY_URL = "http://127.0.0.1:1"
    with pytest.raises(DeliveryProblem, match="could not be reached"):
        texts().send("+447700900456", "Words.", key="k")


def test_without_notify_no_text_is_counted_on(settings, jean, mailoutbox):
    settings.TEXTS = "referrals.messages.texts.NoTexts"
    refer(jean, make_referable_asset(email="", text_number="07700 900456"))
    deliver()
    assert OwedMessage.objects.get().kind == MessageKind.NOT_REACHED
    with pytest.raises(NotDeliverable, match="HEREABOUTS_NOTIFY_KEY"):
        texts().send("+447700900456", "Words.", key="k")


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("07700 900456", "+447700900456"),
        ("+44 7700 900456", "+447700900456"),
        ("01632 960001", ""),
        ("+33 6 12 34 56 78", ""),
        ("ask for Sam", ""),
        ("", ""),
    ],
)
def test_only_mobile_numbers_of_ours_are_texted(typed, number):
    assert mobile(typed) == number


def test_a_council_s_own_site_is_in_its_links(jean, lunch_club, mailoutbox, settings):
    from wagtail.models import Site

    settings.WAGTAILADMIN_BASE_URL = "https://www.example.org"
    main = Site.objects.get()
    site = Site.objects.create(hostname="basildon.example.org", root_page=main.root_page)
    council = Council.objects.create(name="Basildon", site=site, codes="E07000066")
    person = make_person(make_coordinator("kim", council=council), council=council)
    refer(person, lunch_club)
    refer(jean, lunch_club)
    deliver()
    assert "https://basildon.example.org/answer/?link=" in mailoutbox[0].body
    assert "https://www.example.org/answer/?link=" in mailoutbox[1].body


def test_news_goes_to_whoever_looks_after_the_person(jean, lunch_club, mailoutbox, administrator):
    referral = refer(jean, lunch_club)
    OwedMessage.objects.all().delete()
    jean.coordinator.is_active = False
    jean.coordinator.save()
    owe(MessageKind.COORDINATOR_TOLD, referral=referral)
    deliver()
    # Nobody else is left to hear of it.
    assert mailoutbox[0].to == [administrator.email]
    assert referral.key in mailoutbox[0].body


def test_administrators_learn_a_reference_and_no_more(jean, lunch_club, mailoutbox, administrator):
    referral = refer(jean, lunch_club)
    OwedMessage.objects.all().delete()
    owe(MessageKind.NOT_ANSWERED, referral=referral)
    deliver()
    assert mailoutbox[0].to == [administrator.email]
    assert f"{referral.key[:4]}-{referral.key[4:8]}" in mailoutbox[0].body
    assert referral.key not in mailoutbox[0].body
    assert "http" not in mailoutbox[0].body
