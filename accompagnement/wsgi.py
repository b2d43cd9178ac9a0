"""What the web server loads."""

import os
from threading import Thread

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "accompagnement.settings")

application = get_wsgi_application()

from reports.charts import warm_up  # noqa: E402 (needs the application)

Thread(target=warm_up, daemon=True).start()
