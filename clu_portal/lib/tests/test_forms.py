import datetime
import re
import uuid

from crispy_forms.layout import Fieldset, Layout
from django import forms
from django.template import Context, Template
from django.test import RequestFactory

from clu_portal.lib.forms import PortalForm, PortalModelForm
from clu_portal.organisations.models import Organisation


class SampleForm(PortalForm):
    name = forms.CharField(label="Nom", help_text="Tel qu'imprimé.", max_length=10)
    day = forms.DateField(label="Jour", required=False)
    hour = forms.TimeField(label="Heure", required=False)
    text = forms.CharField(label="Texte", widget=forms.Textarea, required=False)
    place = forms.ChoiceField(label="Lieu", choices=[("a", "Salle A"), ("b", "Salle B")])
    mood = forms.ChoiceField(label="Avis", choices=[("y", "Oui"), ("n", "Non")], widget=forms.RadioSelect)
    days = forms.MultipleChoiceField(
        label="Jours", choices=[("1", "Lundi"), ("2", "Mardi")], widget=forms.CheckboxSelectMultiple
    )
    sure = forms.BooleanField(label="Je confirme")
    file = forms.FileField(label="Pièce", required=False)


def drawn(form) -> str:
    """The form as HTML; blanks at the end of an element say nothing."""
    request = RequestFactory().get("/")
    context = Context({"form": form, "request": request, "csrf_token": "jeton"})
    html = Template("{% load crispy_forms_tags %}{% crispy form %}").render(context)
    return re.sub(r"\s+</", "</", html)


def assert_has(html: str, *parts: str) -> None:
    assert [part for part in parts if part not in html] == []


def test_form_draws_each_kind_of_field_in_dsfr_markup():
    html = drawn(SampleForm())
    assert_has(
        html,
        '<form novalidate="" method="post" enctype="multipart/form-data">',
        'name="csrfmiddlewaretoken"',
        '<label class="fr-label" for="id_name">Nom</label>',
        '<input type="date" name="day" class="fr-input" id="id_day">',
        '<input type="time" name="hour" class="fr-input" id="id_hour">',
        'class="fr-select"',
        'class="fr-select-group"',
        '<input type="radio" name="mood" value="y" id="id_mood_0" required',
        '<label class="fr-label" for="id_days_1">Mardi</label>',
        'class="fr-upload"',
        '<button class="fr-btn" type="submit">Enregistrer</button>',
    )


def test_form_marks_what_is_optional_and_nothing_else():
    html = drawn(SampleForm())
    assert html.count("(facultatif)") == 4
    assert 'for="id_day">Jour <span class="portal-optional">(facultatif)</span>' in html


def test_form_ties_hint_and_error_to_the_field():
    html = drawn(SampleForm({"name": "beaucoup trop long"}))
    assert_has(
        html,
        'aria-invalid="true" aria-describedby="id_name_helptext id_name_error"',
        '<span class="fr-hint-text" id="id_name_helptext">Tel qu&#x27;imprimé.</span>',
        '<div class="fr-messages-group" id="id_name_error"><p class="fr-error-text">',
        'aria-labelledby="id_mood_legend id_mood_error"',
    )


def test_form_keeps_what_was_typed_when_refused():
    html = drawn(SampleForm({"name": "beaucoup trop long", "day": "2026-02-30", "text": "<b>", "place": "b"}))
    assert_has(html, 'value="beaucoup trop long"', 'value="2026-02-30"', "&lt;b&gt;</textarea>", '"b" selected')


def test_form_sums_its_errors_up_with_a_link_to_each_field():
    form = SampleForm({"name": "x", "place": "a", "days": ["1"], "sure": "on"})
    form.add_error(None, "La réunion est déjà convoquée.")
    html = drawn(form)
    assert_has(
        html,
        "2 points à corriger",
        "<li>La réunion est déjà convoquée.</li>",
        '<a href="#id_mood_0">Avis</a> : Ce champ est obligatoire.',
    )


def test_form_without_error_has_no_summary():
    assert "data-error-summary" not in drawn(SampleForm())


def test_form_with_a_layout_keeps_its_fieldsets():
    form = SampleForm()
    helper = form.helper
    helper.layout = Layout(Fieldset("Quand ?", "day", "hour"))
    context = Context({"form": form, "helper": helper, "csrf_token": "jeton"})
    html = Template("{% load crispy_forms_tags %}{% crispy form helper %}").render(context)
    assert_has(html, '<legend class="portal-fieldset__legend">Quand ?</legend>', 'id="id_day"')
    assert 'id="id_name"' not in html


def test_form_plain_and_filter_draw_the_same_fields():
    by_filter = Template("{% load crispy_forms_tags %}{{ form|crispy }}").render(Context({"form": SampleForm()}))
    assert by_filter.split() == str(SampleForm()).split()


def test_form_shows_a_stored_day_as_the_browser_wants_it():
    assert 'value="2026-03-20"' in drawn(SampleForm(initial={"day": datetime.date(2026, 3, 20)}))


def test_model_form_takes_labels_of_the_model():
    class OrganisationForm(PortalModelForm):
        class Meta:
            model = Organisation
            fields = ["name", "acronym", "family"]

    html = drawn(OrganisationForm(submit_label="Ajouter", cancel_address="/organismes/"))
    assert_has(html, ">Nom</label>", ">Ajouter</button>", '<a class="fr-btn fr-btn--secondary" href="/organismes/">')


def test_operation_id_is_new_each_time_the_form_is_drawn():
    first, second = (re.search(r'name="operation_id" value="(.+?)"', drawn(SampleForm()))[1] for _ in "12")
    assert uuid.UUID(first).version == uuid.UUID(second).version == 4
    assert first != second
