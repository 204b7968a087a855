from django.urls import path

from referrals.home import away, people, providers, today_views

urlpatterns = [
    path("today/", today_views.today, name="today"),
    path("patch/", today_views.patch, name="patch"),
    path("people/", people.people, name="people"),
    path("people/nobody/", people.nobodys_people, name="nobodys_people"),
    path("people/<slug:key>/", people.person, name="person"),
    path("people/<slug:key>/close/", people.close, name="close_person"),
    path("people/<slug:key>/reopen/", people.reopen, name="reopen_person"),
    path("people/<slug:key>/settled/", people.settle, name="settle_person"),
    path("providers-to-ring/", providers.providers_to_ring, name="providers_to_ring"),
    path("handing-over/", away.handing_over, name="handing_over"),
    path("handing-over/away/", away.be_away, name="be_away"),
    path("handing-over/away/<int:number>/end/", away.end, name="end_cover"),
    path("handing-over/people/", away.hand_people_over, name="hand_over"),
]
