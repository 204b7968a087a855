"""Staff edit the help strip, the rules and council business under Finding."""

import pytest
from django.urls import reverse
from wagtail.test.utils.form_data import inline_formset, nested_form_data

from search import danger
from search.models import DangerRule, HelpLine
from tests.factories.directory import make_asset

pytestmark = pytest.mark.django_db


def post(admin_client, model, *, help_lines=(), **fields):
    posted = {**nested_form_data(fields), "help_lines": list(help_lines)}
    return admin_client.post(reverse(f"wagtailsnippets_search_{model}:add"), posted)


LINE = {"name": "Our own line", "for_words": "You are stuck", "phone": "01632 960130", "text_number": "", "website": "",
        "sentence": "", "position": "1", "active": "on"}  # fmt: skip


def test_a_line_a_rule_with_a_pin_and_a_link_are_saved_and_hold(admin_client):
    assert post(admin_client, "helpline", **LINE).status_code == 302
    asset = make_asset()
    rule = {"name": "Stuck", "phrases": "stuck in the lift", "unless": "", "position": "1", "active": "on"}
    pins = inline_formset([{"asset": asset.pk, "ORDER": "1"}])
    line = HelpLine.objects.get()
    answer = post(admin_client, "dangerrule", **rule, help_lines=[line.pk], pins=pins)
    assert answer.status_code == 302, answer.context["form"].errors
    link = {"label": "Lifts", "website": "https://example.org", "note": "", "phrases": "lift", "position": "1"}
    assert post(admin_client, "councilbusiness", **link, active="on").status_code == 302
    danger.forget()
    [matched] = danger.in_danger("I am stuck in the lift")
    assert [one.name for one in matched.lines] == ["Our own line"]
    assert matched.pins == (asset.pk,)
    assert [one.label for one in danger.business("the lift")] == ["Lifts"]
    page = admin_client.get(reverse("wagtailsnippets_search_dangerrule:list")).content.decode()
    assert "Matches this month" in page


@pytest.mark.parametrize(
    ("model", "fields", "words"),
    [
        ("helpline", {**LINE, "phone": "ring us"}, "not a number that somebody can ring"),
        ("dangerrule", {"name": "All", "phrases": "i", "unless": "", "position": "1"}, "nearly everything"),
    ],
)
def test_what_cannot_be_right_is_refused_in_words(admin_client, model, fields, words):
    extra = {"pins": inline_formset([])} if model == "dangerrule" else {}
    answer = post(admin_client, model, **fields, **extra)
    assert answer.status_code == 200
    assert words in answer.content.decode()
    assert not DangerRule.objects.exists()
