"""What changes the layout of the documents of a préfecture."""

from django.conf import settings
from django.core.exceptions import ValidationError

from clu_portal.accounts.enums import RoleKind
from clu_portal.accounts.models import require_role
from clu_portal.audit.acts import act
from clu_portal.files.models import Rendering
from clu_portal.files.rendering import request_rendering
from clu_portal.organisations.enums import Brand
from clu_portal.organisations.models import DocumentLayout, Prefecture
from clu_portal.tenancy import required_prefecture_id
from committees.layout.sample import LAYOUT_PDF, hash_of, sample_html


@act("layout_saved")
def save_layout(*, layout: DocumentLayout, by, **authority: str) -> DocumentLayout:
    """Save the layout, and the authority line with its gender. Raises ValidationError: state_identity, and clean's.

    What is frozen stays as it was: only what is drafted, or begun later, is printed so.
    """
    require_role(by, RoleKind.REFERENT)
    if layout.brand == Brand.STATE and not settings.STATE_IDENTITY_ALLOWED:
        message = "L'identité de l'État n'est pas ouverte sur cette installation."
        raise ValidationError({"brand": ValidationError(message, code="state_identity")})
    prefecture = Prefecture.objects.select_for_update().get(pk=required_prefecture_id())
    for name, value in authority.items():
        setattr(prefecture, name, value)
    prefecture.full_clean()
    prefecture.save(update_fields=authority)
    layout.full_clean()
    layout.save()
    return layout


def request_sample(*, layout: DocumentLayout, prefecture: Prefecture, by) -> Rendering:
    """Ask for the sample as a PDF, by the real renderer."""
    input_hash = hash_of(sample_html(layout, prefecture))
    return request_rendering(kind=LAYOUT_PDF, subject=layout, input_hash=input_hash, by=by)
