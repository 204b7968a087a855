"""Every door of the site."""

from django.urls import include, path
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls
from wagtail.utils.urlpatterns import decorate_urlpatterns

from website.uploads import as_files, picture

handler400 = "config.refusals.bad_request"
urlpatterns = [
    path("admin/", include("accounts.admin_urls")),
    path("admin/", include(wagtailadmin_urls)),
    path("sign-in/", include("accounts.urls")),
    path("documents/", include(decorate_urlpatterns(wagtaildocs_urls.urlpatterns, as_files))),
    path("health/", include("config.health.urls")),
    path("", include("search.urls")),
    path("", include("directory.urls")),
    path("", include("referrals.urls")),
    path("", include("assets_map.urls")),
    path("", include("website.urls")),
    # Pictures alone, such as a council's logo: documents go through Wagtail's own door above.
    path("media/images/<path:path>", as_files(picture)),
    path("", include(wagtail_urls)),
]
