from django.apps import AppConfig


class OwingConfig(AppConfig):
    name = "tests.outbox.owing"
    label = "owing"
