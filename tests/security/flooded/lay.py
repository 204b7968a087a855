"""What the site holds before anybody comes."""

from tests.factories.referrals import make_referable_asset

SLUG = "riverside-lunch-club"


def main():
    make_referable_asset(name="Riverside Lunch Club", slug=SLUG, self_referral=True)
