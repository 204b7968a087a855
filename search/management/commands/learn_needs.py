from typing import Any

from django.core.management.base import BaseCommand, CommandError

from search import meaning
from search.learned import SHIPPED
from search.learning import keep
from search.needs import needs


class Command(BaseCommand):
    help = "Learn anew from the everyday sentences in search/data/needs, after changing them; takes some minutes."

    def handle(self, *args: Any, **options: Any) -> None:
        model = meaning.model()
        if model is None:
            raise CommandError(meaning.why_not())
        keep(model)
        sentences = sum(len(need.said) for need in needs())
        self.stdout.write(f"Learned from {sentences:,} sentences of {len(needs()):,} needs: {SHIPPED.name}.")
