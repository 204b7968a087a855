"""What a council sets once, in Wagtail under Settings: its name, its number and its colours."""

import re

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel, Panel
from wagtail.contrib.settings.models import BaseSiteSetting, register_setting

from accounts.own_sites import OwnSitePolicy
from website import look

COLOURS = ("brand_colour", "link_colour", "button_colour")


@register_setting(icon="view")
class LookSettings(BaseSiteSetting):
    """The words and colours that every page of one site carries."""

    council_name = models.CharField(_("council’s name"), max_length=100, blank=True)
    directory_name = models.CharField(_("directory’s name"), max_length=60, default="Hereabouts")
    council_website = models.URLField(_("council’s website"), blank=True)
    phone = models.CharField(
        _("phone number"), max_length=40, blank=True, help_text=_("On every page, for people who would rather talk.")
    )
    phone_hours = models.CharField(
        _("when it is answered"), max_length=80, blank=True, help_text=_("For example: Monday to Friday, 9am to 5pm")
    )
    email = models.EmailField(_("e-mail address"), blank=True)
    short_address = models.CharField(
        _("short address"),
        max_length=60,
        blank=True,
        help_text=_("The web address that is printed on paper, without https://. For example: help.example.org"),
    )
    return_address = models.TextField(
        _("address for paper"),
        max_length=200,
        blank=True,
        default="",
        db_default="",
        help_text=_("Where people send slips that they filled in. Up to five short lines."),
    )
    logo = models.ForeignKey(
        "wagtailimages.Image",
        verbose_name=_("logo"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_(
            "Shown on the brand colour in place of the council’s name. White on a clear background works best."
        ),
    )
    brand_colour = models.CharField(
        _("brand colour"), max_length=7, default=look.BRAND, help_text=_("The band at the top, with white words on it.")
    )
    link_colour = models.CharField(_("link colour"), max_length=7, default=look.LINK)
    button_colour = models.CharField(
        _("button colour"), max_length=7, default=look.BUTTON, help_text=_("With white words on it.")
    )

    panels: list[Panel] = [
        MultiFieldPanel(
            [
                FieldPanel(name)
                for name in ("council_name", "directory_name", "council_website", "short_address", "logo")
            ],
            heading=_("Name"),
        ),
        MultiFieldPanel(
            [FieldPanel(name) for name in ("phone", "phone_hours", "email", "return_address")],
            heading=_("How to reach you"),
        ),
        MultiFieldPanel([FieldPanel(name) for name in COLOURS], heading=_("Colours")),
    ]

    class Meta:
        verbose_name = _("look")

    def __str__(self) -> str:
        return self.directory_name

    @classmethod
    def get_permission_policy(cls) -> OwnSitePolicy:
        return OwnSitePolicy(cls)

    def clean(self) -> None:
        """Refuse a colour that people could not read, and a number that no phone could ring."""
        super().clean()
        faults = {name: fault for name in COLOURS if (fault := colour_fault(getattr(self, name)))}
        if self.phone and len(re.sub(r"\D", "", self.phone)) < 3:
            faults["phone"] = gettext("“%(typed)s” has too few digits to be a phone number.") % {"typed": self.phone}
        if faults:
            raise ValidationError(faults)
        for name in COLOURS:
            setattr(self, name, look.hex_colour(look.parse_colour(getattr(self, name))))


def colour_fault(typed: str) -> str:
    """What is wrong with a colour, as a sentence; nothing when it and a pale tint can be read on one another."""
    try:
        colour = look.parse_colour(typed)
    except look.NotAColour as fault:
        return str(fault)
    # Rounded down, so that a colour that only just fails is not said to have the contrast it needs.
    stands = int(look.contrast(colour, look.TINT) * 10) / 10
    if look.contrast(colour, look.TINT) >= look.READABLE:
        return ""
    return gettext(
        "This colour is too pale to read: its contrast is %(stands)s to 1, and it must be at least %(needed)s to 1. "
        "Try a darker one."
    ) % {"stands": stands, "needed": look.READABLE}
