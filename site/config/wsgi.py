"""What gunicorn serves."""

import gc
import os
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "site"), str(ROOT)]
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.production")

from django.core.wsgi import get_wsgi_application  # noqa: E402

application = get_wsgi_application()

# What is there by now stays as long as the process: looking through it for what can be thrown away takes a tenth of a
# second, in the midst of somebody's answer.
gc.collect()
gc.freeze()
