"""House rule, held by every test that asks for a page: what a page writes in the registries, the composition and the
meetings, it writes in an act. What is kept between two lines of the journal leans on it (clu_portal/audit/kept.py).

Tests and factories write as they like; a request may not.
"""

import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache

import pytest
from django.apps import apps
from django.db import connection
from django.test.client import ClientHandler

from clu_portal.audit.acts import act

WRITTEN = re.compile(r'^\s*(?:INSERT INTO|UPDATE|DELETE FROM) "(\w+)"')
RUN_OF_AN_ACT = act("probe")(lambda *, by: None).__code__
KERNEL = ("organisation", "person", "service", "site", "prefecturesettings")
HELD = ("committees.composition.models", "committees.meetings.models")


class WrittenOutsideAnAct(AssertionError):
    pass


@cache
def held_tables() -> frozenset[str]:
    kernel = {apps.get_model("organisations", name)._meta.db_table for name in KERNEL}
    ours = apps.get_app_config("committees").get_models()
    return frozenset(kernel | {model._meta.db_table for model in ours if model.__module__.startswith(HELD)})


def is_in_an_act() -> bool:
    frame = sys._getframe()
    while frame is not None and frame.f_code is not RUN_OF_AN_ACT:
        frame = frame.f_back
    return frame is not None


def refuse_outside_acts(execute, sql, params, many, context):
    written = WRITTEN.match(sql)
    if written and written[1] in held_tables() and not is_in_an_act():
        raise WrittenOutsideAnAct(sql)
    return execute(sql, params, many, context)


@contextmanager
def acts_only() -> Iterator[None]:
    with connection.execute_wrapper(refuse_outside_acts):
        yield


@pytest.fixture(scope="session", autouse=True)
def pages_write_in_acts_only():
    answer = ClientHandler.__call__

    def answer_in_acts(self, environ):
        with acts_only():
            return answer(self, environ)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(ClientHandler, "__call__", answer_in_acts)
        yield
