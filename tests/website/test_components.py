"""Each component, held against the examples that govuk-frontend ships with it."""

import json
from html.parser import HTMLParser
from pathlib import Path

import pytest
from django.template import engines
from django.utils.safestring import mark_safe

FIXTURES = Path(__file__).parent / "fixtures"
VOID = {"input", "hr", "br", "img", "path"}

# Options that the templates leave out, and why.
NOT_OURS = {}


class Shape(HTMLParser):
    """A page as a list of tags, attributes in any order, and words with their spaces made one."""

    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.found = []

    def handle_starttag(self, tag, attrs):
        tidy = {name: " ".join(value.split()) if name == "class" and value else value or "" for name, value in attrs}
        self.found.append((tag, tuple(sorted(tidy.items()))))

    def handle_startendtag(self, tag, attrs):
        self.handle_starttag(tag, attrs)
        self.handle_endtag(tag)

    def handle_endtag(self, tag):
        if tag not in VOID:
            self.found.append(("/" + tag,))

    def handle_data(self, data):
        self.found.append(data)


def shape(html):
    parser = Shape()
    parser.feed(html)
    parser.close()
    words, found = "", []
    for one in parser.found:
        if isinstance(one, str):
            words += one
            continue
        found += [" ".join(words.split())] if words.strip() else []
        found.append(one)
        words = ""
    return found + ([" ".join(words.split())] if words.strip() else [])


def trusted(value, key=""):
    """The options with their HTML marked safe, as a template or format_html would have it."""
    if isinstance(value, dict):
        return {name: trusted(one, "html" if key == "slots" else name) for name, one in value.items()}
    if isinstance(value, list):
        return [trusted(one) for one in value]
    if isinstance(value, str) and (key.lower().endswith("html") or key == "attributes"):
        return mark_safe(value)
    return value


def examples():
    for path in sorted(FIXTURES.glob("*.json")):
        for example in json.loads(path.read_text())["fixtures"]:
            yield pytest.param(path.stem, example, id=f"{path.stem}: {example['name']}")


def render(name, options):
    source = "{% load govuk %}{% component name options %}"
    return engines["django"].from_string(source).render({"name": name, "options": options})


@pytest.mark.parametrize(("name", "example"), list(examples()))
def test_a_component_is_what_the_design_system_draws(name, example):
    assert shape(render(name, trusted(example["options"]))) == shape(example["html"])
