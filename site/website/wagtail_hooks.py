"""What every page of the admin brings along."""

from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString
from wagtail import hooks


@hooks.register("insert_global_admin_js")
def admin_js() -> SafeString:
    return format_html('<script src="{}"></script>', static("website/admin.js"))


@hooks.register("insert_global_admin_css")
def admin_css() -> SafeString:
    return format_html('<link rel="stylesheet" href="{}">', static("website/admin.css"))
