"""What the web server loads."""

import os
from threading import Thread

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "accompagnement.settings")

application = get_wsgi_application()

from accompagnement.checks import stop_if_unsafe  # noqa: E402 (needs the settings)

stop_if_unsafe()

# Here, not in a thread: two requests that import the charts' library at once meet it half made.
import altair  # noqa: E402, F401

from reports.drawings.sizes import warm_up  # noqa: E402 (needs the application)

Thread(target=warm_up, daemon=True).start()
