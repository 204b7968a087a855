from django.urls import path

from assets_map import views

app_name = "assets_map"
urlpatterns = [path("map/areas.json", views.shapes, name="shapes")]
