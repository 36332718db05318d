from clu_portal.action_plan.models import Action
from clu_portal.lib.forms import PortalModelForm


class ActionForm(PortalModelForm):
    class Meta:
        model = Action
        fields = ["title", "owner", "owner_service", "owner_wording", "due", "state"]
        help_texts = {"due": "Comme donnée : « 15/03/2027 », « 2e trimestre 2027 », « après la labellisation »."}


class ReportForm(PortalModelForm):
    """What the owner of an action may write."""

    class Meta:
        model = Action
        fields = ["due", "state"]
        help_texts = ActionForm.Meta.help_texts
