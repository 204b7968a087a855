"""Lists of choices, kept as JSON so that both databases hold them alike."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _


class ChoiceList(models.JSONField):
    """Some of the codes of a `TextChoices`, in the order of its declaration; edited as tick-boxes."""

    def __init__(self, choice_list: type[models.TextChoices] | None = None, **options: Any) -> None:
        self.choice_list = choice_list
        options.setdefault("default", list)
        options.setdefault("blank", True)
        super().__init__(**options)

    def deconstruct(self) -> tuple[str, str, Sequence[Any], dict[str, Any]]:
        name, path, args, options = super().deconstruct()
        # Choices are not the database's business: no migration when a word is added.
        return name, path, args, options

    def validate(self, value: Any, model_instance: models.Model | None) -> None:
        super().validate(value, model_instance)
        if not isinstance(value, list):
            raise ValidationError(_("This must be a list."))
        known = set(self.choice_list.values) if self.choice_list else set()
        unknown = [str(one) for one in value if one not in known]
        if self.choice_list and unknown:
            raise ValidationError(_("Not known here: %(words)s."), params={"words": ", ".join(unknown)})

    def formfield(self, **options: Any) -> forms.Field:  # type: ignore[override]  # a list, not a JSON text box
        return forms.TypedMultipleChoiceField(
            choices=self.choice_list.choices if self.choice_list else [],
            coerce=str,
            required=not self.blank,
            label=str(self.verbose_name).capitalize(),
            help_text=self.help_text,
            widget=forms.CheckboxSelectMultiple,
        )
