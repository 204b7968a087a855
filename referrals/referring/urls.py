from django.urls import path

from referrals.referring import coordinators, one, own, residents

urlpatterns = [
    path("ask/<slug:slug>/", residents.ask, name="ask"),
    path("ask/<slug:slug>/for-me/", residents.ask_for_me, name="ask_for_me"),
    path("ask/<slug:slug>/for-somebody/", residents.ask_for_somebody, name="ask_for_somebody"),
    path("my-request/", own.own, name="own"),
    path("refer/<slug:slug>/", coordinators.refer_somebody, name="refer_somebody"),
    path("people/<slug:key>/refer/<slug:slug>/", coordinators.signpost_or_refer, name="signpost_or_refer"),
    path("people/<slug:key>/refer/<slug:slug>/signpost/", coordinators.signpost, name="signpost"),
    path("people/<slug:key>/refer/<slug:slug>/details/", coordinators.refer, name="refer"),
    path("referrals/<slug:key>/", one.referral, name="referral"),
    path("referrals/<slug:key>/withdraw/", one.withdraw, name="withdraw"),
    path("referrals/<slug:key>/mistake/", one.mistake, name="mistake"),
    path("referrals/<slug:key>/consent/", one.consent_given, name="consent_given"),
    path("referrals/<slug:key>/consent/<slug:consent>/", one.consent_withdrawn, name="consent_withdrawn"),
]
