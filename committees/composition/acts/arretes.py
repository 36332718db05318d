"""The arrêtés of composition."""

from django.core.exceptions import ValidationError

from clu_portal.accounts.enums import RoleKind
from clu_portal.accounts.models import require_role
from clu_portal.audit.acts import act
from clu_portal.files.models import StoredFile
from clu_portal.files.storage import store_upload
from committees.composition.acts.common import check_act_of, check_not_merged, clean_beside, refuse
from committees.composition.models import Committee, CommitteeFormerName, CompositionAct


@act("composition_act_saved")
def save_composition_act(*, composition_act: CompositionAct, upload=None, by) -> CompositionAct:
    """Save an arrêté, and the file given.

    Raises ValidationError: merged, foreign_act, amends_later, serves_signed, or the file's.

    Of a committee that merged, only the arrêté of the merger is still completed: its file often comes afterwards.
    """
    require_role(by, RoleKind.REFERENT)
    committee = composition_act.committee
    if composition_act.pk is None or composition_act.pk != committee.merged_by_id:
        check_not_merged(committee)
    former = composition_act.amends
    check_act_of(composition_act.committee, former, "amends")
    if former and former.effective_on > composition_act.effective_on:
        refuse("effective_on", "Un arrêté ne modifie pas un arrêté plus récent.", "amends_later")
    if composition_act.is_draft and serves_signed(composition_act):
        refuse("signed_on", "Un comité a été renommé ou fusionné par cet arrêté : il reste signé.", "serves_signed")
    if upload is not None:
        composition_act.file = store_act_file(upload, by)
    clean_beside(composition_act, number_taken="number")
    composition_act.save()
    return composition_act


def serves_signed(composition_act: CompositionAct) -> bool:
    """Whether a committee was renamed or merged by an arrêté that is signed."""
    if not CompositionAct.objects.signed().filter(pk=composition_act.pk).exists():
        return False
    renamed = CommitteeFormerName.objects.filter(act=composition_act)
    return renamed.exists() or Committee.objects.filter(merged_by=composition_act).exists()


def store_act_file(upload, by) -> StoredFile:
    """Keep the file of an arrêté. Raises ValidationError, beside the file."""
    try:
        return store_upload(name=upload.name, content=upload.read(), by=by)
    except ValidationError as refusal:
        raise ValidationError({"upload": refusal}) from refusal
