"""Pages that are not written in Wagtail, and the one answer that pages ask for."""

from django.urls import URLPattern, path
from django.views.generic import TemplateView

from website import views
from website.style_sheet import look_css

app_name = "website"
urlpatterns: list[URLPattern] = [
    path("look.css", look_css, name="look_css"),
    path("accessibility/", TemplateView.as_view(template_name="website/accessibility.html"), name="accessibility"),
    path("privacy/", views.privacy, name="privacy"),
    path("credits/", TemplateView.as_view(template_name="website/credits.html"), name="credits"),
    path("useful/<int:page_id>/", views.useful, name="useful"),
]
