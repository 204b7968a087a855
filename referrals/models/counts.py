from django.db import models
from django.utils.translation import gettext_lazy as _


class ReferralCount(models.Model):
    """What is left of people's records when they go: numbers by month, council and listing. Never who, never where."""

    class What(models.TextChoices):
        CONVERSATION = "conversation", _("Conversations, by kind")
        OFFER = "offer", _("Offers, by what became of them")
        REFERRAL = "referral", _("Referrals, by how far they got")
        SOURCE = "source", _("Referrals, by who made them")
        DECLINE = "decline", _("Referrals that were declined, by reason")
        RESULT = "result", _("Results, by answer")

    # The first day of it.
    month = models.DateField(db_index=True)
    council = models.ForeignKey("accounts.Council", null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    # 0: of no listing. Not a foreign key: a listing can be deleted.
    asset_id = models.BigIntegerField(default=0)
    what = models.CharField(max_length=12, choices=What)
    code = models.CharField(max_length=16)
    count = models.PositiveIntegerField(default=0)

    class Meta:
        default_permissions = ()
        verbose_name = _("count of referrals")
        verbose_name_plural = _("counts of referrals")
        constraints = [
            models.UniqueConstraint(
                fields=["month", "council", "asset_id", "what", "code"], name="referral_count_is_one_row_a_month"
            ),
            # Where no councils are told apart, two empty ones would differ.
            models.UniqueConstraint(
                fields=["month", "asset_id", "what", "code"],
                condition=models.Q(council=None),
                name="referral_count_of_no_council_is_one_row_a_month",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.month:%Y-%m} {self.what} {self.code}: {self.count}"
