"""The one way our forms are drawn: DSFR fields (templates/clu_dsfr/), through crispy or not."""

import uuid

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Hidden, Submit
from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from dsfr.forms import DsfrBaseForm, DsfrBoundField

FIELD_TEMPLATES = {
    "checkbox": "clu_dsfr/fields/checkbox.html",
    "radioselect": "clu_dsfr/fields/options.html",
    "checkboxselectmultiple": "clu_dsfr/fields/options.html",
    "file": "clu_dsfr/fields/file.html",
    "clearablefile": "clu_dsfr/fields/file.html",
    "multi": "clu_dsfr/fields/group.html",
}
GROUPS = {"select": "fr-select-group", "selectmultiple": "fr-select-group"}


# The button that saves, then shows the empty form again.
AGAIN = "again"


class PortalBoundField(DsfrBoundField):
    """A field with its label, hint and errors, tied together for assistive technologies."""

    @property
    def template_name(self):
        own = self.field.template_name or FIELD_TEMPLATES.get(self.widget_type)
        return own or ("clu_dsfr/fields/group.html" if self.use_fieldset else "clu_dsfr/fields/input.html")

    @property
    def group_class(self) -> str:
        return GROUPS.get(self.widget_type, "fr-input-group")

    @property
    def is_radio(self) -> bool:
        return self.widget_type == "radioselect"

    @property
    def focus_id(self) -> str:
        """The id of what takes the focus when the summary of errors leads here."""
        subwidgets = self.subwidgets if self.use_fieldset else []
        return (subwidgets[0].id_for_label if subwidgets else self.id_for_label) or self.auto_id


class PortalFormMixin:
    """What PortalForm and PortalModelForm share."""

    template_name = "clu_dsfr/form.html"
    bound_field_class = PortalBoundField
    submit_label = "Enregistrer"

    def __init__(self, *args, submit_label: str = "", cancel_address: str = "", again_label: str = "", **kwargs):
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            use_native_input(field)
            field.widget.attrs.pop("dsfr", None)  # a mark of django-dsfr's own templates, which is not HTML
        self.submit_label = submit_label or self.submit_label
        self.cancel_address = cancel_address
        self.again_label = again_label

    def get_context(self) -> dict:
        # Not the one of DsfrBaseForm, which warns at each form whatever the settings say.
        return forms.BaseForm.get_context(self)

    @property
    def helper(self) -> FormHelper:
        """How crispy draws the form: our pack, one button, the errors said by us and not by the browser's bubbles.

        The id is for pages that create: the same form sent twice is done once (clu_portal/audit/once.py).
        """
        helper = FormHelper()
        helper.attrs = {"novalidate": ""}
        helper.cancel_address = self.cancel_address
        helper.add_input(Hidden("operation_id", uuid.uuid4()))
        helper.add_input(Submit("", self.submit_label))
        if self.again_label:
            helper.add_input(Submit(AGAIN, self.again_label))
        return helper

    @property
    def errors_by_field(self) -> list[tuple[PortalBoundField, list[str]]]:
        return [(self[name], errors) for name, errors in self.errors.items() if name in self.fields]

    @property
    def error_count(self) -> int:
        return sum(len(errors) for errors in self.errors.values())


NATIVE_INPUTS = {
    forms.DateInput: (forms.DateInput, "date", "%Y-%m-%d"),
    forms.TimeInput: (forms.TimeInput, "time", "%H:%M"),
    forms.DateTimeInput: (forms.DateTimeInput, "datetime-local", "%Y-%m-%dT%H:%M"),
}

DJANGO_ROWS, ROWS = "10", 5


def use_native_input(field: forms.Field) -> None:
    """Make a date or a time the browser's own input, which a phone knows how to fill; a text area of a fair height."""
    if native := NATIVE_INPUTS.get(type(field.widget)):
        kind, input_type, written = native
        field.widget = kind(attrs=field.widget.attrs | {"type": input_type}, format=written)
    if field.widget.attrs.get("rows") == DJANGO_ROWS:
        field.widget.attrs["rows"] = ROWS


class PortalForm(PortalFormMixin, DsfrBaseForm):
    """A form in the portal's look. `submit_label`: the button; `cancel_address`: a link beside it.

    `again_label`: a second button, for several rows one after the other; the view reads `wants_another`.
    """


class PortalModelForm(PortalFormMixin, forms.ModelForm, DsfrBaseForm):
    """The same for a model; labels and help texts are on its fields."""


def attempt(form: forms.BaseForm, act, **arguments):
    """Run an act and return what it returns. Its refusal goes on the form, beside its field, and None is returned."""
    try:
        return act(**arguments)
    except ValidationError as refusal:
        by_field = refusal.message_dict if hasattr(refusal, "error_dict") else {None: refusal.messages}
        for name, texts in by_field.items():
            form.add_error(name if name in form.fields else None, texts)
    return None


def wants_another(request) -> bool:
    """Whether the second button was pressed: what is saved is followed by the same form, empty."""
    return AGAIN in request.POST


def refusal_of(check, *arguments) -> str:
    """Why an act would be refused now, for the page that asks before it; empty when it would not."""
    try:
        check(*arguments)
    except ValidationError as refusal:
        return " ".join(refusal.messages)
    return ""


def attempt_button(request, act, done: str = "", **arguments):
    """The same for a button, which has no form: a message says that it is done, or why it is refused."""
    try:
        result = act(by=request.user, **arguments)
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
        return None
    if done:
        messages.success(request, done)
    return result
