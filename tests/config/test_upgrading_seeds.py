"""A new version brings its own words and help to where an earlier version's were laid."""

import pytest

from config.upgrading import lay_new_seeds
from search.laying_help import lay_help
from search.models import HelpLine, LaidHelp

pytestmark = pytest.mark.django_db


def test_nothing_is_laid_where_nothing_was():
    said = []
    lay_new_seeds(said.append)
    assert said == []
    assert not HelpLine.objects.exists()


def test_what_is_new_is_laid_and_what_staff_took_out_stays_out():
    lay_help(demo=False)
    HelpLine.objects.filter(key__in=["samaritans", "childline"]).delete()
    LaidHelp.objects.filter(key="line:childline").delete()
    said = []
    lay_new_seeds(said.append)
    assert said == ["Laid the new help lines, danger rules and links."]
    assert HelpLine.objects.filter(key="childline").exists()
    assert not HelpLine.objects.filter(key="samaritans").exists()
