from django.apps import AppConfig


class SearchConfig(AppConfig):
    name = "search"
    verbose_name = "Search"

    def ready(self) -> None:
        from django.core.checks import register
        from django.core.signals import request_started

        from search import signals, thesaurus, unlogged
        from search.checks import cluster_can_be_asked

        register(cluster_can_be_asked)
        signals.connect()
        thesaurus.connect()
        request_started.connect(unlogged.let_go, dispatch_uid="nothing-in-hand")
