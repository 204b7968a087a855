"""The directory in the admin's menu."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, ObjectList, Panel
from wagtail.admin.ui.tables import UpdatedAtColumn
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from accounts.visible import VisibleViewSet
from directory import panels
from directory.forms import ProviderMemberForm
from directory.models import Asset, Category, Provider, ProviderMember, TermTime, Venue


class AssetViewSet(VisibleViewSet):
    model = Asset
    icon = "list-ul"
    menu_label = _("Listings")
    list_display = ["name", "get_kind_display", "get_taking_new_display", "provider", UpdatedAtColumn()]
    list_filter = ["kind", "live", "taking_new", "door", "categories"]
    search_fields = ["name", "summary", "reference"]
    ordering = ["name"]
    list_per_page = 50
    copy_view_enabled = False
    edit_handler: Panel = panels.ASSET_EDITOR


class ProviderViewSet(VisibleViewSet):
    model = Provider
    icon = "group"
    menu_label = _("Providers")
    list_display = ["name", "people", "since", "phone"]
    search_fields = ["name", "about"]
    list_per_page = 50
    edit_handler: Panel = panels.PROVIDER_EDITOR


class ProviderMemberViewSet(VisibleViewSet):
    model = ProviderMember
    icon = "user"
    menu_label = _("Provider members")
    list_display = ["user", "provider"]
    list_per_page = 50
    copy_view_enabled = False
    edit_handler: Panel = ObjectList([FieldPanel("user"), FieldPanel("provider")], base_form_class=ProviderMemberForm)


class VenueViewSet(VisibleViewSet):
    model = Venue
    icon = "site"
    menu_label = _("Venues")
    list_display = ["name", "town", "postcode", "hidden"]
    list_filter = ["town", "hidden"]
    search_fields = ["name", "address", "town", "postcode"]
    list_per_page = 50
    edit_handler: Panel = panels.VENUE_EDITOR


class CategoryViewSet(SnippetViewSet):
    model = Category
    icon = "tag"
    menu_label = _("Categories")
    list_display = ["name", "parent", "position"]
    list_filter = ["parent"]
    search_fields = ["name"]
    list_per_page = 100
    edit_handler: Panel = panels.CATEGORY_EDITOR


class TermTimeViewSet(SnippetViewSet):
    model = TermTime
    icon = "calendar-alt"
    menu_label = _("School terms")
    list_display = ["name", "starts_on", "ends_on"]


class DirectoryGroup(SnippetViewSetGroup):
    items = (AssetViewSet, ProviderViewSet, ProviderMemberViewSet, VenueViewSet, CategoryViewSet, TermTimeViewSet)
    menu_label = _("Directory")
    menu_icon = "list-ul"
    menu_order = 150


register_snippet(DirectoryGroup)
