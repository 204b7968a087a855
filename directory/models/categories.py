from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel

DEEPEST = 3


class Category(ClusterableModel):
    """What an asset is about, in the resident's words, in a tree that staff edit."""

    name = models.CharField(_("name"), max_length=80)
    slug = models.SlugField(_("short name in addresses"), max_length=80, unique=True)
    parent = models.ForeignKey(
        "self", verbose_name=_("under"), null=True, blank=True, on_delete=models.PROTECT, related_name="children"
    )
    position = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        ordering = ["position", "name"]
        verbose_name = _("category")
        verbose_name_plural = _("categories")

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        """A category stands at most three deep, and never under itself."""
        above: Category | None = self.parent
        depth = 1
        while above is not None:
            depth += 1
            if above.pk is not None and above.pk == self.pk:
                raise ValidationError({"parent": _("A category cannot stand under itself.")})
            if depth > DEEPEST:
                raise ValidationError({"parent": _("Categories go three deep at most.")})
            above = above.parent


class CategoryCode(models.Model):
    """The same category in somebody else's list."""

    category = ParentalKey(Category, on_delete=models.CASCADE, related_name="codes")
    scheme = models.CharField(_("list"), max_length=40, help_text=_("For example open-eligibility or lga-esd."))
    code = models.CharField(_("code"), max_length=120)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["scheme", "code", "category"], name="category_code_is_given_once")
        ]

    def __str__(self) -> str:
        return f"{self.scheme}: {self.code}"
