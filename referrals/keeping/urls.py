from django.urls import path

from referrals.keeping import views

urlpatterns = [
    path("people/<slug:key>/why/", views.why, name="why"),
    path("people/<slug:key>/held/", views.held, name="held"),
    path("people/<slug:key>/held.pdf", views.held_pdf, name="held_pdf"),
    path("people/<slug:key>/erase/", views.erase_person, name="erase"),
]
