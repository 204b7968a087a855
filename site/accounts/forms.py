"""The forms of the front door, in this site's words."""

import datetime as dt
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from struct import error as StructError  # noqa: N812
from typing import Any

from allauth.account.forms import ChangePasswordForm, LoginForm, ReauthenticateForm
from allauth.core import context
from allauth.mfa.base.forms import AuthenticateForm as MfaForm
from allauth.mfa.base.forms import ReauthenticateForm as MfaAgainForm
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.webauthn.forms import (
    AddWebAuthnForm,
    AuthenticateWebAuthnForm,
    LoginWebAuthnForm,
    ReauthenticateWebAuthnForm,
)
from cryptography.exceptions import InvalidSignature
from django import forms
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator
from django.utils.translation import gettext_lazy as _

from accounts.guessing import begin_try, forget_tries
from accounts.models import User
from accounts.once import first_time
from accounts.waiting import wait_words

log = logging.getLogger(__name__)
PASSWORD_HINT = _("At least 12 letters, for example three words that do not belong together.")
# As long as a code of the app could be used again, clocks that differ included.
CODE_KEPT = dt.timedelta(minutes=5)
LONGEST_CREDENTIAL = 20_000
CODE_BOX = {"autocomplete": "one-time-code", "inputmode": "numeric", "class": "govuk-input--width-10"}


class Plain:
    """No words inside boxes, labels of our own, and hints only where we give them."""

    labels: dict[str, Any] = {}
    hints: dict[str, Any] = {}
    fields: dict[str, forms.Field]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.widget.attrs.pop("placeholder", None)
            field.label = self.labels.get(name, field.label)
            field.help_text = self.hints.get(name, "")


class SignInForm(Plain, LoginForm):
    labels = {"login": _("E-mail address"), "password": _("Password")}


class PasswordAgainForm(Plain, ReauthenticateForm):
    labels = {"password": _("Your password")}


class NewPasswordForm(Plain, ChangePasswordForm):
    labels = {
        "oldpassword": _("The password that you have now"),
        "password1": _("New password"),
        "password2": _("New password again"),
    }
    hints = {"password1": PASSWORD_HINT}


class CodeForm(Plain):
    """A code of the app, or one that was written down; each opens once, and guesses are slowed down."""

    labels = {"code": _("Code")}
    hints = {"code": _("Six digits from your app, or one of the eight-digit codes that you wrote down.")}
    user: User
    authenticator: Any

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].widget.attrs.update(CODE_BOX)

    def clean_code(self) -> str:
        if wait := begin_try(context.request, self.user.email, at="code"):
            log.warning("A try at account %s had to wait", self.user.pk)
            raise ValidationError(wait_words(wait), code="wait")
        code: str = super().clean_code()  # type: ignore[misc]  # the forms below have it
        if not first_time(f"code {self.authenticator.pk} {''.join(code.split())}", kept=CODE_KEPT):
            raise ValidationError(_("The code is not right, or was used already."), code="used")
        forget_tries(context.request, self.user.email, at="code")
        return code


class SecondStepForm(CodeForm, MfaForm):
    """At sign-in."""


class SecondStepAgainForm(CodeForm, MfaAgainForm):
    """Before something that a stranger at an open screen must not do."""


class NewAppForm(Plain, ActivateTOTPForm):
    labels = {"code": _("The code that the app shows now")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].widget.attrs.update(CODE_BOX)


@contextmanager
def whatever_was_sent() -> Iterator[None]:
    """A browser's answer about a passkey may be anything; what the library stumbles over is a wrong answer."""
    try:
        yield
    except (
        LookupError,
        TypeError,
        ValueError,
        AttributeError,
        AssertionError,
        StructError,
        InvalidSignature,
        RecursionError,
    ) as error:
        raise ValidationError(_("The passkey could not be used. Try again, or sign in another way.")) from error


class Credential(forms.JSONField):
    """No longer than any browser's, so that nothing nested without end is read."""

    widget = forms.HiddenInput

    def to_python(self, value: Any) -> Any:
        if isinstance(value, str) and len(value) > LONGEST_CREDENTIAL:
            raise ValidationError(_("The passkey could not be used. Try again, or sign in another way."))
        with whatever_was_sent():
            return super().to_python(value)

    def bound_data(self, data: Any, initial: Any) -> Any:
        """Nothing: an answer that was wrong is not sent twice."""
        return None


class PasskeyForm(forms.Form):
    """The answer to being asked for a passkey."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["credential"] = Credential()

    def clean_credential(self) -> Any:
        with whatever_was_sent():
            return super().clean_credential()  # type: ignore[misc]  # the forms below have it


class PasskeySignInForm(PasskeyForm, LoginWebAuthnForm):
    """Instead of a password."""


class PasskeyStepForm(PasskeyForm, AuthenticateWebAuthnForm):
    """After one."""


class PasskeyAgainForm(PasskeyForm, ReauthenticateWebAuthnForm):
    """Before something that a stranger at an open screen must not do."""


class NewPasskeyForm(Plain, AddWebAuthnForm):
    labels = {"name": _("Name")}
    hints = {"name": _("What you will know it by, for example “My work telephone”.")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["credential"] = Credential()
        self.fields["name"].validators.append(MaxLengthValidator(100))

    def clean(self) -> dict[str, Any]:
        with whatever_was_sent():
            return super().clean()


class AskForLinkForm(forms.Form):
    email = forms.EmailField(
        label=_("E-mail address"), max_length=254, widget=forms.EmailInput(attrs={"autocomplete": "email"})
    )


class ChoosePasswordForm(forms.Form):
    """The password of somebody who came by a one-time link."""

    password = forms.CharField(
        label=_("New password"),
        help_text=PASSWORD_HINT,
        strip=False,
        max_length=200,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    again = forms.CharField(
        label=_("New password again"),
        strip=False,
        max_length=200,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user

    def clean_password(self) -> str:
        password: str = self.cleaned_data["password"]
        validate_password(password, self.user)
        return password

    def clean(self) -> dict[str, Any]:
        given = self.cleaned_data
        if given.get("password") and given.get("again") != given["password"]:
            self.add_error("again", _("These are not the same password."))
        return given
