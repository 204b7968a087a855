from django.db import models
from django.utils.translation import gettext_lazy as _

from assets_map.distance import Point
from directory.choices import Access
from directory.models.fields import ChoiceList
from directory.querysets import VenueQuerySet


class Venue(models.Model):
    """A building or spot where things happen."""

    name = models.CharField(_("name"), max_length=160)
    address = models.TextField(_("address"), blank=True, help_text=_("One line for each part, without the postcode."))
    town = models.CharField(_("town or village"), max_length=80, blank=True)
    postcode = models.CharField(_("postcode"), max_length=8, blank=True)
    latitude = models.FloatField(_("latitude"), null=True, blank=True, db_index=True)
    longitude = models.FloatField(_("longitude"), null=True, blank=True, db_index=True)
    hidden = models.BooleanField(
        _("keep this place hidden"),
        default=False,
        help_text=_("For example a refuge: never shown, mapped, measured from, printed or shared."),
    )
    access = ChoiceList(Access, verbose_name=_("access"))
    bus = models.CharField(_("how to get there"), max_length=240, blank=True)
    notes = models.CharField(_("finding the door"), max_length=240, blank=True)
    uprn = models.CharField("UPRN", max_length=12, blank=True)
    source = models.CharField(_("came from"), max_length=60, blank=True, editable=False)
    source_id = models.CharField(max_length=120, blank=True, editable=False)

    objects = VenueQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        verbose_name = _("venue")
        verbose_name_plural = _("venues")
        constraints = [
            models.UniqueConstraint(
                fields=["source", "source_id"], condition=~models.Q(source=""), name="venue_comes_once_from_a_source"
            ),
            models.CheckConstraint(
                condition=models.Q(latitude__isnull=True, longitude__isnull=True)
                | models.Q(latitude__range=(-90, 90), longitude__range=(-180, 180)),
                name="venue_point_is_on_earth",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name}, {self.town}" if self.town else self.name

    @property
    def point(self) -> Point | None:
        """Where it is; none when that is not known or must stay hidden."""
        if self.hidden or self.latitude is None or self.longitude is None:
            return None
        return Point(self.latitude, self.longitude)

    @property
    def address_lines(self) -> list[str]:
        """What may be shown of the address, a line each; none when hidden."""
        if self.hidden:
            return []
        lines = [*self.address.splitlines(), self.town, self.postcode]
        return [line.strip() for line in lines if line.strip()]
