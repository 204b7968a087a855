from django.urls import path

from search import views

app_name = "search"
urlpatterns = [
    path("find/", views.find_assets, name="find"),
    path("find/sheet.pdf", views.find_sheet, name="find_sheet"),
    path("find/points.json", views.find_points, name="find_points"),
    path("areas/", views.areas, name="areas"),
    path("areas/<slug:slug>/", views.area, name="area"),
]
