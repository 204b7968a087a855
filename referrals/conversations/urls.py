from django.urls import URLPattern, path

from referrals.conversations import views

urlpatterns: list[URLPattern] = [
    path("conversations/start/", views.start, name="start"),
    path("conversations/<slug:key>/", views.conversation, name="conversation"),
    path("conversations/<slug:key>/plan.pdf", views.plan, name="plan"),
    path("conversations/<slug:key>/crisis/", views.crisis, name="crisis"),
    path("conversations/<slug:key>/review/", views.review, name="review"),
]
