"""The admin's edit screens: a listing's questions in the order in which its page answers them."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel, ObjectList

from directory.forms import AssetForm, VenueForm
from directory.widgets import AreaByName, DatesInWords, ListInWords

SESSION_PANELS = [
    FieldRowPanel([FieldPanel("weekday"), FieldPanel("starts_at"), FieldPanel("ends_at")]),
    FieldRowPanel([FieldPanel("repeats"), FieldPanel("nth"), FieldPanel("first_on"), FieldPanel("last_on")]),
    FieldPanel("venue", help_text=_("Only when it is not at the usual venue.")),
    FieldRowPanel([FieldPanel("open_on_bank_holidays"), FieldPanel("term_time_only")]),
    FieldPanel("dates_out", widget=DatesInWords, help_text=_("With commas between them, like 25/12/2026, 1/1/2027.")),
    FieldPanel("note"),
]
COST_PANELS = [
    FieldRowPanel([FieldPanel("amount"), FieldPanel("per")]),
    FieldPanel("note", help_text=_("For example: with tea. Leave the pounds empty for a donation; 0 is free.")),
]

ASSET_PANELS = [
    MultiFieldPanel(
        [
            FieldPanel("name"),
            FieldPanel("kind"),
            FieldPanel("summary", help_text=_("What it is, in plain words: “A hot meal and company every Tuesday.”")),
            FieldPanel("description", help_text=_("As you would tell a neighbour. A few sentences are enough.")),
        ],
        heading=_("What is it?"),
    ),
    MultiFieldPanel(
        [
            FieldRowPanel([FieldPanel("phone"), FieldPanel("best_time_to_ring")]),
            FieldPanel("text_number"),
            FieldPanel("email"),
            FieldPanel("website"),
        ],
        heading=_("How to get in touch"),
    ),
    MultiFieldPanel(
        [
            InlinePanel("sessions", panels=SESSION_PANELS, heading=_("Times"), label=_("time")),
            FieldPanel("times_note", help_text=_("Only when the rows above cannot say it: “Whenever suits you.”")),
        ],
        heading=_("When is it?"),
    ),
    MultiFieldPanel(
        [
            FieldPanel("reach"),
            FieldPanel("venue"),
            FieldPanel("access", help_text=_("Only what the venue itself does not say already.")),
        ],
        heading=_("Where is it?"),
    ),
    MultiFieldPanel(
        [
            InlinePanel("costs", panels=COST_PANELS, heading=_("Prices"), label=_("price")),
            FieldPanel("cost_note"),
            FieldPanel("takes_direct_payments"),
        ],
        heading=_("What does it cost?"),
    ),
    MultiFieldPanel(
        [
            FieldPanel("who_for"),
            FieldRowPanel([FieldPanel("age_from"), FieldPanel("age_to")]),
            FieldPanel("languages", widget=ListInWords, help_text=_("With commas between them: Polish, Bengali.")),
            FieldPanel("criteria", help_text=_("Who can use it, if not everybody.")),
        ],
        heading=_("Who is it for?"),
    ),
    MultiFieldPanel(
        [
            FieldPanel("covers"),
            FieldPanel(
                "does_not_cover", help_text=_("Say it plainly, so that nobody is let down: “No personal care.”")
            ),
            FieldPanel("respite_types"),
        ],
        heading=_("What does it cover, and what not?"),
    ),
    MultiFieldPanel(
        [
            FieldPanel("door"),
            FieldPanel("how_to_be_referred"),
            FieldPanel("referral_from", help_text=_("For example: Anyone; GP; Yourself.")),
            FieldPanel(
                "self_referral",
                help_text=_("Residents then find a button on this page, for themselves or somebody they care for."),
            ),
            FieldPanel("asks_for"),
            FieldRowPanel([FieldPanel("taking_new"), FieldPanel("waiting_note")]),
        ],
        heading=_("How do I get in?"),
    ),
    MultiFieldPanel(
        [
            FieldPanel("who_meets_you", help_text=_("“Maureen, in a yellow cardigan, is by the door from 11.”")),
            FieldPanel("first_visit"),
            FieldPanel("bring_someone"),
        ],
        heading=_("What happens when I walk in?"),
    ),
    MultiFieldPanel([FieldPanel("provider", permission="directory.publish_asset")], heading=_("Who runs it?")),
    MultiFieldPanel([FieldPanel("categories")], heading=_("What is it about?")),
    MultiFieldPanel(
        [
            InlinePanel(
                "coverage",
                panels=[FieldPanel("area_code", widget=AreaByName, heading=_("Area"))],
                heading=_("Whose residents is it for?"),
                label=_("area"),
                help_text=_("None means anyone. People who live elsewhere do not see it in their results."),
            ),
            FieldPanel("serves_note"),
        ],
        heading=_("Who may come, by where they live"),
    ),
    MultiFieldPanel(
        [
            FieldPanel(
                "slug", help_text=_("Made from the name when you leave it empty."), permission="directory.publish_asset"
            )
        ],
        heading=_("Address on this site"),
        classname="collapsed",
    ),
]
PROVIDER_PANELS = [
    MultiFieldPanel(
        [FieldPanel("name"), FieldPanel("about"), FieldRowPanel([FieldPanel("people"), FieldPanel("since")])],
        heading=_("Who they are"),
    ),
    MultiFieldPanel(
        [
            FieldRowPanel([FieldPanel("says_insured"), FieldPanel("insurance_seen_on")]),
            FieldRowPanel([FieldPanel("says_dbs"), FieldPanel("dbs_seen_on")]),
            FieldRowPanel([FieldPanel("charity_number"), FieldPanel("company_number")]),
        ],
        heading=_("Safe and sure"),
    ),
    MultiFieldPanel(
        [FieldPanel("phone"), FieldPanel("email"), FieldPanel("website"), FieldPanel("address")],
        heading=_("How to get in touch"),
    ),
]
VENUE_PANELS = [
    MultiFieldPanel(
        [FieldPanel("name"), FieldPanel("address"), FieldPanel("town"), FieldPanel("postcode"), FieldPanel("hidden")],
        heading=_("Where it is"),
    ),
    MultiFieldPanel([FieldPanel("access"), FieldPanel("bus"), FieldPanel("notes")], heading=_("Getting there and in")),
    MultiFieldPanel(
        [FieldRowPanel([FieldPanel("latitude"), FieldPanel("longitude")]), FieldPanel("uprn")],
        heading=_("On the map"),
        help_text=_("Found from the postcode when you leave it empty."),
        classname="collapsed",
    ),
]
CATEGORY_PANELS = [
    FieldPanel("name"),
    FieldPanel("slug"),
    FieldPanel("parent"),
    FieldPanel("position"),
    InlinePanel(
        "codes",
        panels=[FieldRowPanel([FieldPanel("scheme"), FieldPanel("code")])],
        heading=_("The same in other lists"),
        label=_("code"),
    ),
]

ASSET_EDITOR = ObjectList(ASSET_PANELS, base_form_class=AssetForm)
PROVIDER_EDITOR = ObjectList(PROVIDER_PANELS)
VENUE_EDITOR = ObjectList(VENUE_PANELS, base_form_class=VenueForm)
CATEGORY_EDITOR = ObjectList(CATEGORY_PANELS)
