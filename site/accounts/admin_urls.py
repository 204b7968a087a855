"""The admin's own doors, which lead to the front one."""

from django.urls import path

from accounts import views

urlpatterns = [
    path("login/", views.admin_sign_in),
    path("logout/", views.sign_out),
]
