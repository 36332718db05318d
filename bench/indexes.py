"""The plans of the list pages with 100 préfectures of 300 meetings: each begins with the préfecture's own index.

    bin/launcher/start.sh servers .venv/bin/python bench/indexes.py

Makes its own database and drops it. Prints each plan; exits 1 when one reads a whole table of more than a row per
préfecture (a table of one page is rightly read whole).
"""

import re
import sys
from datetime import date, timedelta

from scratch import scratch_database

PREFECTURES, MEETINGS = 100, 300
WHOLE = re.compile(r"Seq Scan on (\w+)")


def load():
    """Fill every préfecture alike; return the last one and one of its référents."""
    from clu_portal.accounts.enums import RoleKind
    from clu_portal.organisations.models import Prefecture
    from clu_portal.tenancy import scope
    from clu_portal.tests.factories import user_with_role

    for number in range(PREFECTURES):
        prefecture = Prefecture.objects.create(slug=f"p-{number}", name=f"Préfecture {number}")
        with scope(prefecture.pk, prefecture):
            fill()
            user = user_with_role(RoleKind.REFERENT, user__email=f"referent{number}@valmarche.example")
    return prefecture, user


def fill() -> None:
    from clu_portal.action_plan.models import Action
    from committees.meetings.models import AgendaItem, Attendance, Meeting
    from committees.minutes.models import Minutes, Section
    from committees.tests.factories import CommitteeFactory

    committee, first = CommitteeFactory(), date(2000, 1, 3)
    days = (first + timedelta(days=30 * number) for number in range(MEETINGS))
    meetings = Meeting.objects.bulk_create(Meeting(committee=committee, held_on=day, state="held") for day in days)
    AgendaItem.objects.bulk_create(AgendaItem(meeting=meeting, title="Accueil") for meeting in meetings)
    Attendance.objects.bulk_create(Attendance(meeting=meeting, printed_line="Mme A") for meeting in meetings)
    minutes = Minutes.objects.bulk_create(Minutes(meeting=meeting, title_lines="Compte-rendu") for meeting in meetings)
    Section.objects.bulk_create(Section(uuid=one.uuid, minutes=one, content={}) for one in minutes)
    Action.objects.bulk_create(Action(title=f"Action {number}") for number in range(MEETINGS))


def queries(user) -> dict:
    """The querysets of the lists and of the parts of one meeting, as the views build them."""
    from clu_portal.action_plan.models import Action
    from committees.meetings.models import AgendaItem, Attendance, Meeting
    from committees.minutes.models import Minutes, Section

    meeting = Meeting.objects.latest_first()[MEETINGS // 2]
    minutes = Minutes.objects.get(meeting=meeting)
    latest = Meeting.objects.visible_to(user).latest_first().select_related("committee")
    written = Minutes.objects.visible_to(user).select_related("meeting__committee")
    return {
        "réunions, première page": latest[:26],
        "réunions, page suivante": latest.after(meeting.cursor)[:26],
        "réunions en attente (accueil)": latest.filter(state__in=["prepared", "convened"]).order_by("held_on", "pk")[
            :10
        ],
        "comptes-rendus, première page": written.order_by("-pk")[:26],
        "comptes-rendus en attente (accueil)": written.exclude(state="replaced")[:10],
        "comptes-rendus d'une réunion": Minutes.objects.filter(meeting=meeting),
        "ordre du jour": AgendaItem.objects.filter(meeting=meeting),
        "présences": Attendance.objects.filter(meeting=meeting),
        "sections": Section.objects.filter(minutes=minutes).exclude(content=None).order_by("pk"),
        "actions": Action.objects.visible_to(user).order_by("pk")[:26],
    }


def main() -> int:
    from clu_portal.tenancy import scope

    prefecture, user = load()
    analyse()
    whole = []
    with scope(prefecture.pk, prefecture):
        for name, queryset in queries(user).items():
            plan = queryset.explain(analyze=True, costs=False, timing=False, buffers=True)
            print(f"--- {name}\n{plan}\n")
            whole += [f"{name} ({table})" for table in WHOLE.findall(plan) if rows_of(table) > PREFECTURES]
    print("Tables lues en entier : " + (", ".join(whole) or "aucune"))
    return 1 if whole else 0


def rows_of(table: str) -> int:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT reltuples FROM pg_class WHERE oid = %s::regclass", [table])
        return cursor.fetchone()[0]


def analyse() -> None:
    """Let PostgreSQL count the rows, as autovacuum does within a minute: the owner may."""
    import os
    from contextlib import closing

    import psycopg2

    with closing(psycopg2.connect(os.environ["DATABASE_OWNER_URL"])) as connection:
        connection.autocommit = True
        connection.cursor().execute("ANALYZE")


if __name__ == "__main__":
    with scratch_database(CLU_DEMO="1"):
        status = main()
    sys.exit(status)
