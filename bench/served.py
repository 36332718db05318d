"""The portal and the bare view in one process: `gunicorn served:application`, or called directly by pages.py."""

import django

django.setup()

import bare  # noqa: E402 - the applications must be loaded first
from django.conf import settings  # noqa: E402
from django.core.handlers.wsgi import WSGIHandler  # noqa: E402
from django.test import override_settings  # noqa: E402

from clu_portal.collector import spare_collector  # noqa: E402

settings.ROOT_URLCONF = "bare"
portal = WSGIHandler()
with override_settings(MIDDLEWARE=bare.MIDDLEWARE):
    startproject = WSGIHandler()
with override_settings(MIDDLEWARE=[]):
    nothing = WSGIHandler()
spare_collector()  # as clu_portal/wsgi.py does
OTHERS = {bare.PATH: startproject, bare.PATH_WITHOUT_MIDDLEWARE: nothing}


def application(environ, start_response):
    return OTHERS.get(environ["PATH_INFO"], portal)(environ, start_response)
