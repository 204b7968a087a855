from django.urls import path

from search import suggest_views, views

app_name = "search"
urlpatterns = [
    path("find/", views.find_assets, name="find"),
    path("find/sheet.pdf", views.find_sheet, name="find_sheet"),
    path("find/points.json", views.find_points, name="find_points"),
    path("find/suggest.json", suggest_views.suggestions, name="suggest"),
    path("find/places.json", suggest_views.place_suggestions, name="suggest_places"),
    path("areas/", views.areas, name="areas"),
    path("areas/<slug:slug>/", views.area, name="area"),
]
