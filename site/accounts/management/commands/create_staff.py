from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.core.validators import validate_email
from django.urls import reverse

from accounts.joining import make_staff
from accounts.roles import Role


class Command(BaseCommand):
    help = "Make an account for a member of staff, with a one-time password that is printed once and kept nowhere."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("email", help="their e-mail address, which they sign in with")
        parser.add_argument("--role", choices=Role.values, required=True, help="what they may do")

    def handle(self, *args: Any, email: str, role: str, **options: Any) -> None:
        email = email.strip().lower()
        try:
            validate_email(email)
        except ValidationError as error:
            raise CommandError(f"{email} is not an e-mail address.") from error
        try:
            user, password = make_staff(email=email, role=Role(role))
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from error
        self.stdout.write(f"Account:           {user.email} ({Role(role).label})")
        self.stdout.write(f"One-time password: {password}")
        self.stdout.write(f"Sign in at {reverse('wagtailadmin_home')} and choose a password of your own.")
        self.stdout.write("The password is not shown again. Run this command once more to make a new one.")
