from django.apps import AppConfig


class AssetsMapConfig(AppConfig):
    name = "assets_map"
    verbose_name = "Places"
