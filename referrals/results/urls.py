from django.urls import URLPattern, path

from referrals.results import public, ringing, staff

urlpatterns: list[URLPattern] = [
    path("how-did-it-go/", public.how_did_it_go, name="how_did_it_go"),
    path("how-did-it-go/thank-you/", public.result_kept, name="result_kept"),
    path("to-ask/", staff.to_ask, name="to_ask"),
    path("to-ask/slips.pdf", staff.slips_pdf, name="slips_pdf"),
    path("to-ask/sent/", staff.slips_are_sent, name="slips_are_sent"),
    path("to-ask/<slug:key>/", staff.script, name="script"),
    path("heard/<slug:key>/", staff.heard, name="heard"),
    path("ring-backs/", ringing.ring_backs, name="ring_backs"),
    path("ring-backs/<slug:key>/", ringing.ring_back, name="ring_back"),
]
