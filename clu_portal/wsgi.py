import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "clu_portal.settings")

application = get_wsgi_application()

from clu_portal.collector import spare_collector  # noqa: E402 - the applications must be loaded first
from clu_portal.startup import check_startup  # noqa: E402

check_startup()
spare_collector()
