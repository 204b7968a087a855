"""Screens of the admin that list what `visible_to` gives, and nothing else."""

from django.db.models import QuerySet
from django.http import HttpRequest
from wagtail.snippets.views import chooser
from wagtail.snippets.views.snippets import SnippetViewSet


class OnlyVisible:
    def get_object_list(self) -> QuerySet:
        return self.model_class.objects.visible_to(self.request.user)  # type: ignore[attr-defined]  # of the view


class ChooseVisible(OnlyVisible, chooser.ChooseView):
    pass


class ChooseVisibleResults(OnlyVisible, chooser.ChooseResultsView):
    pass


class VisibleChooserViewSet(chooser.SnippetChooserViewSet):
    choose_view_class = ChooseVisible
    choose_results_view_class = ChooseVisibleResults


class VisibleViewSet(SnippetViewSet):
    """Addresses of single records are kept by `accounts.admin_doors`."""

    chooser_viewset_class = VisibleChooserViewSet

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return self.model.objects.visible_to(request.user)
