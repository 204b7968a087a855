"""The places that staff keep in the admin."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel, ObjectList
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from assets_map.forms import AreaForm, BarrierForm, NamedPlaceForm
from assets_map.models import Area, Barrier, NamedPlace


class AreaViewSet(SnippetViewSet):
    model = Area
    icon = "site"
    menu_label = _("Areas")
    list_display = ["name", "kind", "code", "parent_code", "changed_at"]
    list_filter = ["kind"]
    search_fields = ["name", "code"]
    search_backend_name = None
    ordering = ["kind", "name"]
    edit_handler = ObjectList(
        [
            FieldPanel("name"),
            FieldPanel("kind"),
            FieldPanel("shape"),
            MultiFieldPanel(
                [FieldPanel("code"), FieldPanel("parent_code"), FieldPanel("slug")], heading=_("Codes and address")
            ),
        ],
        base_form_class=AreaForm,
    )


class BarrierViewSet(SnippetViewSet):
    model = Barrier
    icon = "cross"
    menu_label = _("Barriers")
    list_display = ["name", "crossing_note", "active", "changed_at"]
    list_filter = ["active"]
    search_fields = ["name", "crossing_note"]
    search_backend_name = None
    edit_handler = ObjectList(
        [FieldPanel("name"), FieldPanel("shape"), FieldPanel("crossing_note"), FieldPanel("active")],
        base_form_class=BarrierForm,
    )


class NamedPlaceViewSet(SnippetViewSet):
    model = NamedPlace
    icon = "tag"
    menu_label = _("Place names")
    list_display = ["name", "kind", "council_name"]
    list_filter = ["kind", "council_name"]
    search_fields = ["name", "council_name"]
    search_backend_name = None
    edit_handler = ObjectList(
        [
            FieldPanel("name"),
            FieldPanel("kind"),
            MultiFieldPanel([FieldPanel("latitude"), FieldPanel("longitude")], heading=_("Where it is, in degrees")),
            MultiFieldPanel([FieldPanel("council_name"), FieldPanel("council_code")], heading=_("Council")),
        ],
        base_form_class=NamedPlaceForm,
    )


class PlacesGroup(SnippetViewSetGroup):
    menu_label = _("Places")
    menu_icon = "site"
    menu_order = 300
    items = (AreaViewSet, BarrierViewSet, NamedPlaceViewSet)


register_snippet(PlacesGroup)
