"""The front door, under `/sign-in/`. Of allauth's pages only those that are used: nobody signs up by themselves."""

from allauth.account import views as account
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as recovery_codes
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as webauthn
from django.urls import path, reverse_lazy

from accounts import openid_views, views

remove_passkey = webauthn.RemoveWebAuthnView.as_view(success_url=reverse_lazy("mfa_index"))
urlpatterns = [
    path("", account.login, name="account_login"),
    path("passkey/", webauthn.login_webauthn, name="mfa_login_webauthn"),
    path("second-step/", mfa.authenticate, name="mfa_authenticate"),
    path("link/", views.sign_in_link, name="sign_in_link"),
    path("link/ask/", views.ask_for_link, name="ask_for_link"),
    path("link/sent/", views.link_sent, name="link_sent"),
    path("out/", views.sign_out, name="account_logout"),
    path("out/done/", views.signed_out, name="signed_out"),
    path("out/here/", views.signed_out_here, name="signed_out_here"),
    path("council/", openid_views.council_sign_in, name="council_sign_in"),
    path("council/answer/", openid_views.council_answer, name="council_answer"),
    path("council/signed-out/", openid_views.council_signed_out, name="council_signed_out"),
    # For who is in.
    path("again/", account.reauthenticate, name="account_reauthenticate"),
    path("again/code/", mfa.reauthenticate, name="mfa_reauthenticate"),
    path("again/passkey/", webauthn.reauthenticate_webauthn, name="mfa_reauthenticate_webauthn"),
    path("password/", views.change_password, name="account_change_password"),
    path("where/", views.where_signed_in, name="usersessions_list"),
    path("how/", views.how_you_sign_in, name="mfa_index"),
    path("how/app/", totp.activate_totp, name="mfa_activate_totp"),
    path("how/app/remove/", totp.deactivate_totp, name="mfa_deactivate_totp"),
    path("how/codes/", recovery_codes.view_recovery_codes, name="mfa_view_recovery_codes"),
    path("how/codes/new/", recovery_codes.generate_recovery_codes, name="mfa_generate_recovery_codes"),
    path("how/passkeys/add/", webauthn.add_webauthn, name="mfa_add_webauthn"),
    path("how/passkeys/<int:pk>/remove/", remove_passkey, name="mfa_remove_webauthn"),
]
