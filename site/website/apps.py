from django.apps import AppConfig


class WebsiteConfig(AppConfig):
    name = "website"
    verbose_name = "Website"

    def ready(self) -> None:
        """Read the look again when what it is made of changes; write no inline script in the admin."""
        from django.db.models.signals import post_delete, post_save
        from wagtail.models import Page, Site
        from wagtail.signals import page_published, page_unpublished, post_page_move

        from website.admin_inputs import write_no_inline_script
        from website.context import forget_looks
        from website.models.look import LookSettings

        write_no_inline_script()
        for model in (LookSettings, Site):
            post_save.connect(forget_looks, sender=model, dispatch_uid=f"look-saved-{model.__name__}")
            post_delete.connect(forget_looks, sender=model, dispatch_uid=f"look-deleted-{model.__name__}")
        for signal in (page_published, page_unpublished, post_page_move):
            signal.connect(forget_looks, dispatch_uid="look-menu")
        post_delete.connect(forget_looks, sender=Page, dispatch_uid="look-page-deleted")
