from django.urls import path

from referrals.answering import by_link

urlpatterns = [
    path("answer/", by_link.answer, name="answer"),
    path("answer/<slug:key>/", by_link.answer_one, name="answer_one"),
]
