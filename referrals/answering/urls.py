from django.urls import path

from referrals.answering import by_coordinator, by_link, by_member, next_best

urlpatterns = [
    path("answer/", by_link.answer, name="answer"),
    path("answer/<slug:key>/", by_link.answer_one, name="answer_one"),
    path("my-referrals/", by_member.my_referrals, name="my_referrals"),
    path("my-referrals/<slug:key>/", by_member.my_referral, name="my_referral"),
    path("referrals/<slug:key>/rang/", by_coordinator.rang, name="rang"),
    path("referrals/<slug:key>/code/", by_coordinator.read_out, name="read_out"),
    path("referrals/<slug:key>/send-again/", by_coordinator.send_again, name="send_again"),
    path("referrals/<slug:key>/next-best/", next_best.next_best, name="next_best"),
]
