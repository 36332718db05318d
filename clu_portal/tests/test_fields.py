"""FuzzyDateField on a real table, QuantityField through expressions; both checks beside the classes they mirror."""

import json
from datetime import date
from decimal import Decimal

import pytest
from django import forms
from django.core import serializers
from django.core.exceptions import FieldError, ValidationError
from django.db import DataError, IntegrityError, connection, models, transaction
from django.db.models import F, Value
from django.utils import timezone

from clu_portal.action_plan.models import Action
from clu_portal.fields import FuzzyDateField, FuzzyDateFormField, QuantityField, QuantityFormField
from clu_portal.lib.fuzzy_date import FuzzyDate, parse_fuzzy_date
from clu_portal.lib.quantity import Quantity, parse_quantity
from clu_portal.lib.value_checks import fuzzy_date_condition, quantity_condition
from clu_portal.organisations.models import Prefecture

DATES = ["15/01/2023", "avant mars 2023", "dès 2024", "automne 2018", "après la labellisation", "dès que possible"]
QUANTITIES = ["– de 2 %", "entre 97 % et 100 %", "3,4/5", "-2,5 points", "1 234,5 €", "satisfaisant", "0"]


class ActionDueForm(forms.ModelForm):
    class Meta:
        model = Action
        fields = ["title", "due"]


def make_action(due: FuzzyDate | None) -> Action:
    return Action.objects.create(title="Refaire l'affichage", due=due)


def holds(condition: str, stored: object) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {condition} FROM (SELECT %s::jsonb AS v) AS row", [json.dumps(stored)])
        return cursor.fetchone()[0]


@pytest.mark.parametrize("text", DATES)
def test_fuzzy_date_field_stores_and_reads_back(prefecture, text):
    due = parse_fuzzy_date(text)
    assert Action.objects.get(pk=make_action(due).pk).due == due


def test_fuzzy_date_field_none_is_sql_null_and_not_a_date(prefecture):
    action = make_action(None)
    assert Action.objects.get(due__isnull=True) == action
    assert Action.objects.get(pk=action.pk).due is None


def test_fuzzy_date_field_update_and_bulk_update(prefecture):
    actions = [make_action(None), make_action(FuzzyDate.year(2020))]
    Action.objects.filter(pk=actions[0].pk).update(due=FuzzyDate.year(2021))
    actions[1].due = None
    Action.objects.bulk_update([actions[1]], ["due"])
    assert list(Action.objects.order_by("pk").values_list("due", flat=True)) == [FuzzyDate.year(2021), None]


def test_fuzzy_date_field_lookups_compare_real_dates(prefecture):
    texts = ["31/12/2022", "15/01/2023", "janvier 2023", "après la labellisation"]
    actions = {text: make_action(parse_fuzzy_date(text)) for text in texts}
    make_action(None)
    before_february = Action.objects.filter(due__end__lt=date(2023, 2, 1)).order_by("due__end")
    assert [action.due.text for action in before_february] == ["31/12/2022", "15/01/2023", "janvier 2023"]
    assert Action.objects.get(due__precision="event") == actions["après la labellisation"]
    assert Action.objects.get(due=parse_fuzzy_date("janvier 2023")) == actions["janvier 2023"]
    assert Action.objects.filter(due__end__isnull=True).count() == 2
    ends = Action.objects.filter(due__precision="day").order_by("pk").values_list(F("due__end"), flat=True)
    assert list(ends) == [date(2022, 12, 31), date(2023, 1, 15)]


def test_fuzzy_date_field_unknown_part_is_no_lookup(prefecture):
    with pytest.raises(FieldError):
        Action.objects.filter(due__fin="2023-01-01").count()


@pytest.mark.parametrize("value", ["janvier 2023", {"text": "x"}, date(2023, 1, 1), 0, ""])
def test_fuzzy_date_field_stores_nothing_but_its_value(value):
    with pytest.raises(TypeError, match="FuzzyDate"):
        FuzzyDateField().get_prep_value(value)


def test_fuzzy_date_field_survives_a_dump(prefecture):
    action = make_action(parse_fuzzy_date("T1 2020"))
    [restored] = serializers.deserialize("json", serializers.serialize("json", [action]))
    assert restored.object.due == action.due


@pytest.mark.parametrize(
    "stored",
    [
        "null",
        "[]",
        '"15/01/2023"',
        "{}",
        '{"text": "x", "start": null, "end": null, "precision": "day", "condition": ""}',
        '{"text": "31/02", "start": "2023-02-31", "end": "2023-02-31", "precision": "day", "condition": ""}',
    ],
)
def test_D07_direct_sql_that_breaks_a_fuzzy_date_fails(prefecture, stored):
    action = make_action(FuzzyDate.year(2023))
    with (
        pytest.raises((IntegrityError, DataError)),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute("UPDATE action_plan_action SET due = %s::jsonb WHERE id = %s", [stored, action.pk])
    assert Action.objects.get().due == FuzzyDate.year(2023)


@pytest.mark.django_db
@pytest.mark.parametrize("text", [*DATES, "1er semestre 2020", "2023 si possible"])
def test_D07_fuzzy_date_condition_accepts_what_the_class_writes(text):
    assert holds(fuzzy_date_condition("v"), parse_fuzzy_date(text).to_json())


@pytest.mark.django_db
@pytest.mark.parametrize(
    "change",
    [
        {"text": ""},
        {"text": " \t"},
        {"text": None},
        {"text": 3},
        {"condition": None},
        {"precision": "siècle"},
        {"precision": None},
        {"precision": "unspecified"},
        {"precision": "day"},
        {"start": None, "end": None},
        {"start": "2023-02-02"},
        {"start": 20230101},
        {"end": "infinity"},
        {"end": "today"},
        {"end": "2023-1-31"},
        {"autre": "x"},
    ],
    ids=str,
)
def test_D07_fuzzy_date_condition_refuses_what_the_class_refuses(change):
    stored = {**FuzzyDate.month(2023, 1).to_json(), **change}
    assert not holds(fuzzy_date_condition("v"), stored)
    with pytest.raises((ValueError, TypeError)):
        FuzzyDate.from_json(stored)


@pytest.mark.django_db
@pytest.mark.parametrize("text", [*QUANTITIES, "9" * 15 + "," + "9" * 15])
def test_quantity_field_stores_and_reads_back(text):
    Prefecture.objects.create(slug="valmarche", name="Préfecture", department_code="9V", city="Clairbourg")
    quantity = parse_quantity(text)
    row = Prefecture.objects.annotate(quantity=Value(quantity, output_field=QuantityField())).get()
    assert row.quantity == quantity
    assert holds(quantity_condition("v"), quantity.to_json())


@pytest.mark.django_db
def test_quantity_field_lookups_compare_real_numbers():
    Prefecture.objects.create(slug="valmarche", name="Préfecture", department_code="9V", city="Clairbourg")
    rows = Prefecture.objects.annotate(quantity=Value(parse_quantity("environ 10,5 %"), output_field=QuantityField()))
    assert rows.filter(quantity__value__gt=Decimal("9.75"), quantity__comparator="~", quantity__unit="%").exists()
    assert not rows.filter(quantity__value__gt=Decimal("10.5")).exists()
    assert rows.filter(quantity__value_max__isnull=True).exists()


@pytest.mark.django_db
@pytest.mark.parametrize(
    "change",
    [
        {"text": None, "value": None, "value_max": None, "comparator": "="},
        {"unit": None},
        {"comparator": "!="},
        {"comparator": None},
        {"comparator": "="},
        {"value": None},
        {"value": 97},
        {"value": "NaN"},
        {"value": "Infinity"},
        {"value": "1e999999"},
        {"value": "101"},
        {"value": "1" * 16, "value_max": "1" * 16},
        {"value": "-1", "scale_max": "100"},
        {"value_max": None},
        {"scale_max": "99"},
        {"value": "0", "value_max": "0", "scale_max": "0"},
        {"autre": "x"},
    ],
    ids=str,
)
def test_D07_quantity_condition_refuses_what_the_class_refuses(change):
    stored = {**parse_quantity("entre 97 % et 100 %").to_json(), **change}
    assert not holds(quantity_condition("v"), stored)
    with pytest.raises((ValueError, TypeError)):
        Quantity.from_json(stored)


@pytest.mark.django_db
def test_D07_quantity_condition_refuses_a_value_without_its_text():
    assert not holds(quantity_condition("v"), {**parse_quantity("3").to_json(), "text": ""})


@pytest.mark.django_db
@pytest.mark.parametrize("stored", [None, [], "x", 3, {}])
@pytest.mark.parametrize("condition", [fuzzy_date_condition, quantity_condition])
def test_D07_conditions_answer_false_and_never_null(condition, stored):
    assert holds(condition("v"), stored) is False


@pytest.mark.parametrize("field_class", [FuzzyDateField, QuantityField])
@pytest.mark.parametrize("arguments", [{}, {"null": False, "blank": False}, {"null": True, "blank": False}])
def test_value_field_is_deconstructed_as_it_was_made(field_class, arguments):
    made = field_class("échéance", **arguments)
    _, path, args, kwargs = made.deconstruct()
    again = field_class(*args, **kwargs)
    assert path == f"clu_portal.fields.{field_class.__name__}"
    assert (again.null, again.blank, again.verbose_name) == (made.null, made.blank, "échéance")


def test_value_field_has_a_check_in_its_table():
    [due] = [field for field in Action._meta.fields if field.name == "due"]
    check = due.db_parameters(connection)["check"]
    assert check.startswith('"due" IS NULL OR')
    assert "%" not in check


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        (None, None),
        ("", None),
        ("T1 2020", parse_fuzzy_date("T1 2020")),
        (FuzzyDate.year(2020), FuzzyDate.year(2020)),
        (FuzzyDate.year(2020).to_json(), FuzzyDate.year(2020)),
    ],
)
def test_fuzzy_date_field_clean(given, expected):
    assert FuzzyDateField().clean(given, None) == expected


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ("31/02/2026", "La date « 31/02/2026 » n'existe pas."),
        ({"texte": "x"}, "Cette valeur est illisible."),
        (12, "Cette valeur est illisible."),
    ],
)
def test_fuzzy_date_field_clean_refuses_in_french(given, message):
    with pytest.raises(ValidationError) as refusal:
        FuzzyDateField().clean(given, None)
    assert (refusal.value.messages, refusal.value.code) == ([message], "invalid")


def test_value_field_required_refuses_none():
    with pytest.raises(ValidationError) as refusal:
        FuzzyDateField(null=False, blank=False).clean(None, None)
    assert refusal.value.code == "null"


def test_fuzzy_date_form_shows_the_text_and_reads_what_was_typed(prefecture):
    action = make_action(parse_fuzzy_date("premier trimestre 2020"))
    assert 'type="text" name="due" value="premier trimestre 2020"' in str(ActionDueForm(instance=action)["due"])
    form = ActionDueForm({"title": "Refaire", "due": " à l'automne 2018 "}, instance=action)
    assert form.is_valid()
    assert form.save().due == parse_fuzzy_date("à l'automne 2018")


def test_fuzzy_date_form_left_blank_is_none(prefecture):
    form = ActionDueForm({"title": "Refaire", "due": "  "}, instance=make_action(FuzzyDate.year(2020)))
    assert form.is_valid()
    assert form.save().due is None


def test_fuzzy_date_form_impossible_date_is_refused_beside_its_field(prefecture):
    form = ActionDueForm({"title": "Refaire", "due": "31/02/2026"})
    assert not form.is_valid()
    assert form.errors["due"] == ["La date « 31/02/2026 » n'existe pas."]
    assert 'value="31/02/2026"' in str(form["due"])


@pytest.mark.parametrize(
    ("field", "typed", "code"),
    [
        (FuzzyDateFormField(), "", "required"),
        (FuzzyDateFormField(), "31/02/2026", "invalid"),
        (FuzzyDateFormField(), "x" * 201, "max_length"),
        (QuantityFormField(), " ", "required"),
        (QuantityFormField(), "3" * 201, "max_length"),
    ],
)
def test_form_fields_refuse_by_code(field, typed, code):
    with pytest.raises(ValidationError) as refusal:
        field.clean(typed)
    assert refusal.value.error_list[0].code == code


@pytest.mark.parametrize(
    ("initial", "typed", "changed"),
    [
        (None, "", False),
        (None, None, False),
        (None, "2023", True),
        (FuzzyDate.year(2023), "2023", False),
        (FuzzyDate.year(2023), " 2023\n", False),
        (FuzzyDate.year(2023), "", True),
        ("2023", "2024", True),
    ],
)
def test_form_field_has_changed_compares_the_wording(initial, typed, changed):
    assert FuzzyDateFormField().has_changed(initial, typed) is changed


def test_fuzzy_date_form_field_guesses_a_year_only_when_given_today():
    assert FuzzyDateFormField().clean("mars").end is None
    today = timezone.localdate()
    found = FuzzyDateFormField(today=timezone.localdate).clean("mars")
    assert today <= found.end < date(today.year + 2, 1, 1)


def test_quantity_form_field_keeps_the_wording_and_never_makes_zero_of_nothing():
    field = QuantityField().formfield()
    assert isinstance(field, QuantityFormField)
    assert field.clean("– de 2 %") == parse_quantity("– de 2 %")
    assert field.clean("") is None


def test_value_fields_may_be_copied_by_a_model():
    assert isinstance(models.Field.clone(QuantityField("valeur")), QuantityField)
