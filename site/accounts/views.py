"""Choosing a password of one's own."""

from typing import Any

from django.contrib.auth.views import PasswordChangeView
from django.http import HttpResponse
from django.urls import reverse_lazy


class ChoosePassword(PasswordChangeView):
    """Where a one-time password leads."""

    template_name = "accounts/choose_password.html"
    success_url = reverse_lazy("wagtailadmin_home")

    def form_valid(self, form: Any) -> HttpResponse:
        form.user.must_change_password = False
        return super().form_valid(form)
