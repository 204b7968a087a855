from typing import Any

from allauth.mfa.models import Authenticator
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.core.validators import validate_email

from accounts.joining import make_staff
from accounts.links import INVITED_FOR
from accounts.models import Council, User
from accounts.roles import Role


def checked_address(typed: str) -> str:
    """An e-mail address in small letters, or a sentence that it is none."""
    email = typed.strip().lower()
    try:
        validate_email(email)
    except ValidationError as error:
        raise CommandError(f"{email} is not an e-mail address.") from error
    return email


def council_called(name: str) -> Council | None:
    """The council of this name; none where none is named and none exists."""
    councils = Council.objects.all()
    if not name and not councils.exists():
        return None
    found = councils.filter(name__iexact=name.strip()).first()
    if found is None:
        names = ", ".join(councils.values_list("name", flat=True)) or "none yet"
        raise CommandError(f"Say whose staff they are with --council. The councils here: {names}.")
    return found


class Command(BaseCommand):
    help = "Make an account for a member of staff, and print a one-time link with which they choose their password."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("email", help="their e-mail address, which they sign in with")
        parser.add_argument("--role", choices=Role.values, required=True, help="what they may do")
        parser.add_argument("--council", default="", help="whose staff they are, where there is more than one council")
        parser.add_argument(
            "--lost-second-step", action="store_true", help="their telephone, keys and codes are lost: forget them"
        )

    def handle(
        self, *args: Any, email: str, role: str, lost_second_step: bool, council: str = "", **options: Any
    ) -> None:
        user, link = self.made(checked_address(email), Role(role), council_called(council))
        if lost_second_step:
            Authenticator.objects.filter(user=user).delete()
        self.stdout.write(f"Account: {user.email} ({Role(role).label})")
        self.stdout.write(f"Link:    {link}")
        self.stdout.write(f"It works once, within {INVITED_FOR.days} days, and is not shown again.")
        self.stdout.write("Run this command once more to make another; the first then no longer works.")

    def made(self, email: str, role: Role, council: Council | None) -> tuple[User, str]:
        try:
            return make_staff(email=email, role=role, council=council)
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from error
