"""Who reads the journal: the référent and the secretary general theirs, the national administration its own."""

from clu_portal.accounts.enums import RoleKind
from clu_portal.accounts.models import User, require_role


def require_reader(user: User) -> None:
    require_role(user, RoleKind.REFERENT, RoleKind.SECRETARY_GENERAL, RoleKind.NATIONAL_ADMIN)
