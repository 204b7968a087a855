from django.apps import AppConfig


class SearchConfig(AppConfig):
    name = "search"
    verbose_name = "Search"

    def ready(self) -> None:
        from django.core.signals import request_started

        from search import signals, thesaurus, unlogged

        signals.connect()
        thesaurus.connect()
        request_started.connect(unlogged.let_go, dispatch_uid="nothing-in-hand")
