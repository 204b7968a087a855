"""The Wagtail admin in a real browser, under a policy that allows nothing inline."""

import re

import pytest

from accounts.models import User
from tests.journeys.conftest import ROOT

pytestmark = pytest.mark.journey
# What the rich text editor writes, whose words stand in admin.css.
FORGIVEN = "vendor"
WATCH = """document.addEventListener('securitypolicyviolation', (event) => console.log(
  'REFUSED ' + [event.effectiveDirective, event.blockedURI, event.sourceFile].join(' ')))"""
