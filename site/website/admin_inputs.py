"""The admin's choosers, written without the inline script that Wagtail 7.4 puts behind each."""

import json
from typing import Any

from django.utils.html import format_html
from django.utils.safestring import SafeString
from wagtail.admin.widgets import BaseChooser
from wagtail.admin.widgets.workflows import AdminTaskChooser


def render(chooser: BaseChooser, name: str, value: Any, attrs: dict[str, Any], renderer: Any = None) -> SafeString:
    """Its markup, and as data what `admin.js` starts it with."""
    shown = chooser.get_value_data(value)
    start = "createTaskChooser" if isinstance(chooser, AdminTaskChooser) else chooser.js_constructor
    return format_html(
        '{}<template data-start="{}" data-for="{}" data-options="{}"></template>',
        chooser.render_html(name, shown, attrs),
        start,
        attrs["id"],
        json.dumps(chooser.get_js_init_options(attrs["id"], name, shown)),
    )


def write_no_inline_script() -> None:
    BaseChooser.render = render
