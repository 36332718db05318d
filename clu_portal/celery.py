"""Celery carries hints (« there may be work »); PostgreSQL holds what is to be done (docs/decisions/0004)."""

import os

from celery import Celery
from celery.signals import worker_init

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "clu_portal.settings")

app = Celery("clu_portal")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()


@worker_init.connect
def prepare_worker(**kwargs) -> None:
    """Check the start as the web does, and import the renderer once before the children are forked.

    Celery only logs what a signal's receiver raises, except SystemExit.
    """
    from django.core.exceptions import ImproperlyConfigured

    from clu_portal.lib import pdf
    from clu_portal.startup import check_startup

    try:
        check_startup()
    except ImproperlyConfigured as error:
        raise SystemExit(str(error)) from error
    pdf.warm_up()
