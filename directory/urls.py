from django.urls import path

from directory import views

app_name = "directory"
urlpatterns = [
    path("listing/<slug:slug>/", views.listing, name="listing"),
    path("listing/<slug:slug>/dates.ics", views.calendar, name="calendar"),
    path("listing/<slug:slug>/sheet.pdf", views.listing_sheet, name="listing_sheet"),
    path("l/<slug:reference>/", views.short, name="short"),
    path("my-list/", views.my_list, name="my_list"),
    path("my-list/change/", views.my_list_change, name="my_list_change"),
    path("my-list/sheet.pdf", views.my_list_sheet, name="my_list_sheet"),
]
