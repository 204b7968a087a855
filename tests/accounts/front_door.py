"""Signing in as people do, for tests of the front door."""

import hashlib
import hmac
import re
import struct
import time
from base64 import b32decode

from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP
from django.core import mail

from accounts.models import User
from accounts.roles import make_roles

PASSWORD = "kettle bus gravel"
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


def make_person(email="sam@example.org", *roles, password=PASSWORD, **fields):
    user = User.objects.create_user(email, email=email, password=password, **fields)
    user.groups.add(*(make_roles()[role] for role in roles))
    return user


def give_app(user):
    """A second step: an app that knows SECRET."""
    TOTP.activate(user, SECRET)
    return user


def code_at(moment=None, secret=SECRET):
    """What the app shows."""
    counter = int((time.time() if moment is None else moment) // 30)
    digest = hmac.new(b32decode(secret), struct.pack(">Q", counter), hashlib.sha1).digest()
    place = digest[-1] & 15
    return f"{(struct.unpack('>I', digest[place : place + 4])[0] & 0x7FFFFFFF) % 1_000_000:06}"


def sign_in(client, email="sam@example.org", password=PASSWORD, **more):
    return client.post("/sign-in/", {"login": email, "password": password, **more})


def signed_in(client):
    """Who the server takes this browser for; None: nobody."""
    return client.session.get("_auth_user_id")


def has_step(user):
    return Authenticator.objects.filter(user=user, type=Authenticator.Type.TOTP).exists()


def words(response):
    """What stands on the page, in one line."""
    page = re.sub(r"<[^>]+>", " ", response.content.decode().partition("<main")[2].partition("</main>")[0])
    return " ".join(page.split())


def link_in_mail():
    """The address in the last letter, as a path."""
    return re.search(r"http://[^/]+(/sign-in/link/\S+)", mail.outbox[-1].body)[1]
