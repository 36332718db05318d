"""The arrêtés of composition."""

from django.core.exceptions import ValidationError

from clu_portal.accounts.enums import RoleKind
from clu_portal.accounts.models import require_role
from clu_portal.audit.acts import act
from clu_portal.files.models import StoredFile
from clu_portal.files.storage import store_upload
from committees.composition.acts.common import check_act_of, check_not_merged, clean_beside, refuse
from committees.composition.models import CompositionAct


@act("composition_act_saved")
def save_composition_act(*, composition_act: CompositionAct, upload=None, by) -> CompositionAct:
    """Save an arrêté, and the file given. Raises ValidationError: merged, foreign_act, amends_later, or the file's.

    Of a committee that merged, only the arrêté of the merger is still completed: it is often signed afterwards.
    """
    require_role(by, RoleKind.REFERENT)
    committee = composition_act.committee
    if composition_act.pk is None or composition_act.pk != committee.merged_by_id:
        check_not_merged(committee)
    former = composition_act.amends
    check_act_of(composition_act.committee, former, "amends")
    if former and former.effective_on > composition_act.effective_on:
        refuse("effective_on", "Un arrêté ne modifie pas un arrêté plus récent.", "amends_later")
    if upload is not None:
        composition_act.file = store_act_file(upload, by)
    clean_beside(composition_act, number_taken="number")
    composition_act.save()
    return composition_act


def store_act_file(upload, by) -> StoredFile:
    """Keep the file of an arrêté. Raises ValidationError, beside the file."""
    try:
        return store_upload(name=upload.name, content=upload.read(), by=by)
    except ValidationError as refusal:
        raise ValidationError({"upload": refusal}) from refusal
