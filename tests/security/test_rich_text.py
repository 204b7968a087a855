"""Words that staff format keep their formatting, and nothing that runs."""

import json

import pytest
from wagtail.admin.rich_text.converters.contentstate import ContentstateConverter
from wagtail.rich_text import expand_db_html

from website.blocks import RICH_TEXT

pytestmark = pytest.mark.django_db


def kept(text, entities=(), styles=(), kind="unstyled"):
    """What is shown of what a browser sent."""
    ranges = [{"offset": 0, "length": len(text), "key": number} for number in range(len(entities))]
    styled = [{"offset": 0, "length": len(text), "style": style} for style in styles]
    block = {"key": "a", "text": text, "type": kind, "depth": 0, "inlineStyleRanges": styled, "entityRanges": ranges}
    sent = {"blocks": [block], "entityMap": {str(number): one for number, one in enumerate(entities)}}
    return expand_db_html(ContentstateConverter(features=RICH_TEXT).to_database_format(json.dumps(sent)))


def link(**data):
    return {"type": "LINK", "mutability": "MUTABLE", "data": data}


def test_formatting_is_kept():
    assert "<b>lunch</b>" in kept("lunch", styles=["BOLD"])
    assert 'href="https://example.org/"' in kept("lunch", [link(url="https://example.org/")])


@pytest.mark.parametrize("words", ["<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "</p><iframe src=//x>"])
def test_markup_that_was_typed_is_shown_as_typed(words):
    shown = kept(words)
    assert "<script" not in shown
    assert "<img" not in shown
    assert "<iframe" not in shown
    assert "&lt;" in shown


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "JaVaScRiPt:alert(1)", "data:text/html,<b>", "vbscript:x", "java\tscript:x"]
)
def test_a_link_that_could_run_leads_nowhere(url):
    assert "script:" not in kept("lunch", [link(url=url)]).lower()
    assert "data:" not in kept("lunch", [link(url=url)]).lower()


@pytest.mark.parametrize("kind", ["IMAGE", "EMBED", "SCRIPT"])
def test_what_the_editor_does_not_offer_is_left_out(kind):
    shown = kept(" ", [{"type": kind, "mutability": "IMMUTABLE", "data": {"url": "https://example.org/x", "id": 1}}])
    assert "example.org" not in shown
    assert "<embed" not in shown


def test_styles_that_the_editor_does_not_offer_are_left_out():
    shown = kept("lunch", styles=["CODE", "onclick"], kind="code-block")
    assert "onclick" not in shown
    assert "<code" not in shown
