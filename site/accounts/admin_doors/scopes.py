"""Whose: whether what an address names is somebody's own to open."""

from collections.abc import Callable, Mapping
from typing import Any

from django.apps import apps
from wagtail.permissions import page_permission_policy

from accounts.seeing import has_councils, sees_everything

Named = Mapping[str, Any]
PAGE_ARGUMENTS = ("page_id", "parent_page_id", "page_to_move_id", "destination_id", "page_pk")
Scope = Callable[[Any, Named], bool]


def anything(_user: Any, _named: Named) -> bool:
    return True


def where_no_councils_are(user: Any, _named: Named) -> bool:
    """What all councils of an installation share is changed by whoever runs it, and by no one council."""
    return sees_everything(user) or not has_councils()


def visible(label: str, argument: str = "pk") -> Scope:
    """Only the records of a model that `visible_to` gives."""

    def is_visible(user: Any, named: Named) -> bool:
        if argument not in named:
            return True
        try:
            return apps.get_model(label).objects.visible_to(user).filter(pk=named[argument]).exists()
        except (ValueError, OverflowError):
            return False

    return is_visible


def own_upload(label: str, *arguments: str) -> Scope:
    """What somebody sent; where there are no councils, what anybody did."""

    def sent_it(user: Any, named: Named) -> bool:
        wanted = {named[argument] for argument in arguments if argument in named}
        if not wanted or where_no_councils_are(user, named):
            return True
        return apps.get_model(label).objects.filter(pk__in=wanted, uploaded_by_user=user).count() == len(wanted)

    return sent_it


def own_page(user: Any, named: Named) -> bool:
    """Pages that somebody may look at in the admin: those of the own council's site."""
    wanted = {named[argument] for argument in PAGE_ARGUMENTS if argument in named}
    return page_permission_policy.explorable_instances(user).filter(pk__in=wanted).count() == len(wanted)


def own_site(user: Any, named: Named) -> bool:
    """The site of somebody's own council; where there are no councils, every site."""
    if "pk" not in named or where_no_councils_are(user, named):
        return True
    return apps.get_model("accounts.Council").objects.filter(pk=user.council_id, site=named["pk"]).exists()


def no_councils_site(user: Any, named: Named) -> bool:
    """A site goes only after the council whose it is."""
    return (
        where_no_councils_are(user, named)
        and not apps.get_model("accounts.Council").objects.filter(site=named["pk"]).exists()
    )


def being_edited(user: Any, named: Named) -> bool:
    """What somebody has open, of the kinds that are not everybody's to see."""
    label = f"{named.get('app_label')}.{named.get('model_name')}"
    return label != "directory.asset" or visible(label, "object_id")(user, named)


def own_patch(user: Any, named: Named) -> bool:
    """A patch, drawn to share out an area: none of another council's teams or people look after it."""
    if "pk" not in named or sees_everything(user):
        return True
    patch = apps.get_model("assets_map.Area").objects.filter(pk=named["pk"], kind="patch")
    others = [
        apps.get_model(label).objects.exclude(council=user.council_id) for label in ("accounts.Team", "accounts.User")
    ]
    return patch.exists() and not any(one.filter(patches=named["pk"]).exists() for one in others)
