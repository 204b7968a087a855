from typing import Any

from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.core.management.base import BaseCommand, CommandError, CommandParser

from accounts.models import User
from accounts.sessions import end_sessions


class Command(BaseCommand):
    help = "Sign somebody out wherever they are signed in, or everybody."

    def add_arguments(self, parser: CommandParser) -> None:
        whom = parser.add_mutually_exclusive_group(required=True)
        whom.add_argument("email", nargs="?", help="their e-mail address")
        whom.add_argument("--everybody", action="store_true", help="all who are signed in, yourself too")

    def handle(self, *args: Any, email: str | None, everybody: bool, **options: Any) -> None:
        sessions = UserSession.objects.all()
        if not everybody:
            people = User.objects.filter(email__iexact=(email or "").strip())
            if not people:
                raise CommandError(f"Nobody here has the address {email}.")
            sessions = sessions.filter(user__in=people)
        ended = end_sessions(sessions)
        if everybody:
            Session.objects.all().delete()
        self.stdout.write(f"Sessions ended: {ended}")
