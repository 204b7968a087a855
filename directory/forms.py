"""What the admin's forms do beside keeping what was typed."""

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from wagtail.admin.forms import WagtailAdminModelForm

from accounts.roles import Role, group_name
from accounts.seeing import of_own_council, sees_everything
from assets_map.distance import Point
from assets_map.gazetteer import GazetteerMissing, gazetteer
from assets_map.models import Area
from assets_map.not_found import PlaceNotFound
from assets_map.postcodes import Postcode
from directory.choices import Reach
from directory.editing import give_reference
from directory.models import Asset, Venue


class AssetForm(WagtailAdminModelForm):
    """Gives a new listing its reference and address, and each area of coverage its name."""

    def __init__(self, *args: Any, **given: Any) -> None:
        super().__init__(*args, **given)
        if "venue" in self.fields:
            self.fields["venue"].queryset = self.venues(self.instance.venue_id)
        for form in self.formsets["sessions"].forms if "sessions" in self.formsets else ():
            form.fields["venue"].queryset = self.venues(form.instance.venue_id)

    def venues(self, chosen: int | None) -> QuerySet:
        """Those that may be chosen: a hidden one by whoever may see it, or where it is chosen already."""
        return Venue.objects.visible_to(self.for_user) | Venue.objects.filter(pk__in=[chosen] if chosen else [])

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if "slug" in self.fields and not cleaned.get("slug"):
            draft = Asset(pk=self.instance.pk, name=cleaned.get("name") or "", reference=self.instance.reference)
            cleaned["slug"] = give_reference(draft).slug
            self.instance.reference = draft.reference
        if cleaned.get("venue") and Reach.AT_VENUE not in (cleaned.get("reach") or []):
            self.add_error("reach", _("It has a venue, so tick “At a venue” – or take the venue out."))
        return cleaned

    def save(self, commit: bool = True) -> Asset:
        give_reference(self.instance)
        coverage = self.formsets.get("coverage")
        if coverage is not None:
            codes = [form.instance.area_code for form in coverage.forms]
            names = dict(Area.objects.filter(code__in=codes).values_list("code", "name"))
            for form in coverage.forms:
                form.instance.name = names.get(form.instance.area_code, form.instance.name)
        return super().save(commit=commit)


class ProviderMemberForm(WagtailAdminModelForm):
    """Accounts of the own council that have the role."""

    def __init__(self, *args: Any, **given: Any) -> None:
        super().__init__(*args, **given)
        members = self.fields["user"].queryset.filter(groups__name=group_name(Role.PROVIDER))
        if not sees_everything(self.for_user):
            members = members.filter(of_own_council(self.for_user))
        self.fields["user"].queryset = members


class VenueForm(WagtailAdminModelForm):
    """Finds a venue's point from its postcode when none is given, or when the postcode changes."""

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if not cleaned.get("postcode"):
            return cleaned
        try:
            postcode = Postcode.parse(cleaned["postcode"])
        except PlaceNotFound as error:
            self.add_error("postcode", str(error))
            return cleaned
        cleaned["postcode"] = str(postcode)
        placed = cleaned.get("latitude") is not None and cleaned.get("longitude") is not None
        if placed and ("postcode" not in self.changed_data or "latitude" in self.changed_data):
            return cleaned
        point = point_of(postcode)
        if point is not None:
            cleaned["latitude"], cleaned["longitude"] = point
        elif not placed:
            self.add_error("postcode", _("%(postcode)s is not a postcode that is known here.") % {"postcode": postcode})
        return cleaned


def point_of(postcode: Postcode) -> Point | None:
    """Where a postcode is; none when it, or the whole file of postcodes, is not known."""
    try:
        entry = gazetteer().find(postcode)
    except GazetteerMissing:
        return None
    return entry.point if entry else None
