from django.apps import AppConfig


class ReferralsConfig(AppConfig):
    name = "referrals"
    verbose_name = "Referrals"

    def ready(self) -> None:
        from directory.signals import listings_given
        from referrals.signposting import when_listings_are_given

        listings_given.connect(when_listings_are_given, dispatch_uid="referrals.signposts")
