"""Who works for the préfecture, and sees what members of a committee do not."""

from clu_portal.accounts.enums import RoleKind


def is_staff(user) -> bool:
    return user.has_role(RoleKind.REFERENT, RoleKind.SECRETARY_GENERAL, RoleKind.AGENT)
