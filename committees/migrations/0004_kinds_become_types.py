"""Each préfecture gets its types of committee, each committee its type; no two mandates overlap any more."""

from itertools import groupby

from django.db import migrations

TYPES = [
    ("clu", "Comité local des usagers", "CLU"),
    ("clac", "Comité local d'amélioration continue", "CLAC"),
    ("cluac", "Comité local des usagers et d'amélioration continue", "CLUAC"),
    ("other", "Autre comité", ""),
]
NATIONAL_SLUG = "administration-nationale"


def forward(apps, schema_editor):
    for_each_prefecture(apps, schema_editor, give_types, part_overlapping_mandates)


def backward(apps, schema_editor):
    for_each_prefecture(apps, schema_editor, give_kinds)


def for_each_prefecture(apps, schema_editor, *steps):
    """The owner too is held by row security: each préfecture is named in turn."""
    for prefecture in apps.get_model("organisations", "Prefecture").objects.exclude(slug=NATIONAL_SLUG):
        with schema_editor.connection.cursor() as cursor:
            cursor.execute("SELECT set_config('app.prefecture', %s, true)", [str(prefecture.pk)])
        for step in steps:
            step(apps, prefecture)


def give_types(apps, prefecture):
    committees = apps.get_model("committees", "Committee").objects.filter(prefecture=prefecture)
    for position, (kind, name, acronym) in enumerate(TYPES, start=1):
        row, _ = apps.get_model("committees", "CommitteeType").objects.get_or_create(
            prefecture=prefecture, name=name, defaults={"acronym": acronym, "position": position}
        )
        committees.filter(kind=kind).update(type=row)


def give_kinds(apps, prefecture):
    committees = apps.get_model("committees", "Committee").objects.filter(prefecture=prefecture)
    committees.update(kind="other")
    for kind, name, _ in TYPES:
        committees.filter(type__name=name).update(kind=kind)
    committees.filter(type=None).update(kind="clu")


def part_overlapping_mandates(apps, prefecture):
    mandates = apps.get_model("committees", "Mandate").objects.filter(prefecture=prefecture)
    join_mandates_of_one_person(mandates)
    move_second_full_members(apps.get_model("committees", "Seat"), mandates)


def join_mandates_of_one_person(mandates):
    """One person twice on one seat on the same days: one mandate from the first day to the last."""
    rows = mandates.order_by("seat_id", "person_id", "starts_on", "pk")
    for _, group in groupby(rows, key=lambda row: (row.seat_id, row.person_id)):
        kept = None
        for row in group:
            if kept and overlaps(kept, row):
                kept.ends_on = None if None in (kept.ends_on, row.ends_on) else max(kept.ends_on, row.ends_on)
                if row.kind == "full_member":
                    kept.kind = row.kind
                row.delete()
                kept.save(update_fields=["ends_on", "kind"])
            else:
                kept = row


def move_second_full_members(seats, mandates):
    """Two full members of one seat on the same days: the second one takes a seat of their own, right after."""
    rows = mandates.filter(kind="full_member").order_by("seat_id", "starts_on", "pk")
    for seat_id, group in groupby(rows, key=lambda row: row.seat_id):
        lines = [(seat_id, [])]
        for row in group:
            place = next((line for line in lines if not any(overlaps(held, row) for held in line[1])), None)
            if place is None:
                place = (copy_of(seats, seat_id), [])
                lines.append(place)
            place[1].append(row)
            if row.seat_id != place[0]:
                mandates.filter(pk=row.pk).update(seat_id=place[0])


def copy_of(seats, seat_id):
    seat = seats.objects.get(pk=seat_id)
    fields = ("prefecture_id", "committee_id", "organisation_id", "wording", "position")
    return seats.objects.create(**{name: getattr(seat, name) for name in fields}).pk


def overlaps(first, second):
    """Whether two mandates share a day; the second one does not start before the first."""
    return first.ends_on is None or second.starts_on <= first.ends_on


class Migration(migrations.Migration):
    dependencies = [("committees", "0003_composition_over_time")]
    operations = [migrations.RunPython(forward, backward)]
