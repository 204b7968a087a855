"""What administrators keep about referrals, in the admin's menu."""

from wagtail.snippets.models import register_snippet

from referrals.referring.wordings_admin import ConsentWordingViewSet

register_snippet(ConsentWordingViewSet)
