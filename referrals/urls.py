from referrals.answering.urls import urlpatterns as answering
from referrals.conversations.urls import urlpatterns as conversations
from referrals.home.urls import urlpatterns as home
from referrals.keeping.urls import urlpatterns as keeping
from referrals.referring.urls import urlpatterns as referring
from referrals.results.urls import urlpatterns as results

app_name = "referrals"
urlpatterns = [*home, *conversations, *answering, *results, *keeping, *referring]
