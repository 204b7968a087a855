from typing import Any

from django.core.management.base import BaseCommand

from search.models import Synonyms
from search.thesaurus_seed import lay_seed


class Command(BaseCommand):
    help = "Add the words that mean the same that come with Hereabouts; what staff changed or deleted stays so."

    def handle(self, *args: Any, **options: Any) -> None:
        added = lay_seed()
        if options["verbosity"]:
            groups = Synonyms.objects.count()
            self.stdout.write(f"{added:,} groups of words added; {groups:,} are in the thesaurus now.")
