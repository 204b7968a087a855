"""Information given, counted, with nothing personal in it."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Signpost(models.Model):
    """One time that somebody was pointed to an asset: a number rung, a page printed. Never who."""

    class How(models.TextChoices):
        PRINTED = "printed", _("Printed")
        LISTED = "listed", _("Put on a list")
        GIVEN = "given", _("Told by a coordinator")

    asset_id = models.BigIntegerField(db_index=True)
    how = models.CharField(max_length=10, choices=How)
    on = models.DateField(default=timezone.localdate, db_index=True)
    count = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("signpost")
        constraints = [models.UniqueConstraint(fields=["asset_id", "how", "on"], name="signpost_is_one_row_a_day")]

    def __str__(self) -> str:
        return f"{self.asset_id}: {self.count} {self.get_how_display()}"
