from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandParser

from accounts.roles import Role


class Command(BaseCommand):
    help = "Make the account of somebody who runs the installation, and print a one-time link that opens it."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("email", help="their e-mail address, which they sign in with")

    def handle(self, *args: Any, email: str, **options: Any) -> None:
        call_command("create_staff", email, role=Role.ADMINISTRATOR.value, stdout=self.stdout)
