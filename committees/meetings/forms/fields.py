from collections.abc import Collection

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Fieldset, Layout
from django import forms
from django.db.models import Model, QuerySet

from clu_portal.tenancy import TenantChoiceField, current_prefecture_id


class TenantMultipleChoiceField(forms.ModelMultipleChoiceField):
    """Several rows of the préfecture, ticked; read when the form is made and not when its class is."""

    widget = forms.CheckboxSelectMultiple
    default_error_messages = {
        "invalid_choice": "Sélectionnez un choix valide. Ce choix ne fait pas partie de ceux disponibles.",
        "invalid_pk_value": "Sélectionnez un choix valide. Ce choix ne fait pas partie de ceux disponibles.",
    }

    def __init__(self, model: type[Model], **kwargs):
        super().__init__(QuerySet(model).none(), **kwargs)
        self.model = model

    def __deepcopy__(self, memo):
        field = super().__deepcopy__(memo)
        if current_prefecture_id() is not None:
            field.queryset = self.model._default_manager.all()
        return field


def choice_of(model: type[Model], label: str, **kwargs) -> TenantChoiceField:
    """One row of the préfecture, or none."""
    return TenantChoiceField(QuerySet(model), label=label, required=False, **kwargs)


class Folded(Fieldset):
    """Fields seldom needed, folded away until one of them says something or is refused. All of them are posted."""

    template = "%s/layout/folded.html"

    def render(self, form, context, **options):
        self.is_open = any(form[name].value() or name in form.errors for name in self.fields)
        return super().render(form, context, **options)


def in_groups(helper: FormHelper, groups: list[tuple[str, list[str]]], folded: Collection[str] = ()) -> FormHelper:
    """Draw the fields of a long form in named groups; `folded`: the legends of those seldom needed."""
    helper.layout = Layout(*((Folded if legend in folded else Fieldset)(legend, *names) for legend, names in groups))
    return helper
