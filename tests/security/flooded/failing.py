"""A page and a mail server that fail, and quote in their errors what they were given and more."""

import smtplib

from django.conf import settings
from django.core.mail.backends.filebased import EmailBackend

from tests.security.flooded.marks import ALL


def fails_when_asked(get_response):
    """Where an address says `fail`, with what was sent in the message and in the variables that a report could show."""

    def answer(request):
        if "fail" in request.GET:
            sent = {**request.GET.dict(), **request.POST.dict(), **request.COOKIES}
            raise ValueError(f"cannot read {sent} of {dict(request.headers)} at {request.get_full_path()}")
        return get_response(request)

    return answer


class QuotingPost(EmailBackend):
    """Keeps letters to those who are told of errors; of others it says who wrote them, to whom and what."""

    def send_messages(self, messages):
        told = {address for _name, address in settings.ADMINS}
        for message in messages:
            if not set(message.to) <= told:
                raise smtplib.SMTPDataError(554, f"refused: {message.message()} {ALL}".encode())
        return super().send_messages(messages)
