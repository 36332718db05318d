from django.db.models import TextChoices


class RoleKind(TextChoices):
    REFERENT = "referent", "référent qualité"
    SECRETARY_GENERAL = "secretary_general", "secrétaire générale ou général"
    AGENT = "agent", "agent, correspondant qualité"
    MEMBER = "member", "membre du comité"
    AUDITOR = "auditor", "auditeur"
    NATIONAL_ADMIN = "national_admin", "administrateur national"


# Who may be invited: by a référent in its préfecture, by the national administration among its own.
INVITED_BY_REFERENT = (RoleKind.REFERENT, RoleKind.SECRETARY_GENERAL, RoleKind.AGENT, RoleKind.AUDITOR)
INVITED_BY_NATIONAL_ADMIN = (RoleKind.NATIONAL_ADMIN,)

# Accounts that need a second factor (checklist A03): all but the members of committees.
SECOND_FACTOR_ROLES = frozenset(RoleKind) - {RoleKind.MEMBER}
# What is one, in allauth's words; recovery codes only replace it.
SECOND_FACTORS = ("totp", "webauthn")


class TokenPurpose(TextChoices):
    MEMBER_SIGN_IN = "member_sign_in", "connexion d'un membre"
    MEMBER_CODE = "member_code", "code de connexion d'un membre"
    INVITATION = "invitation", "invitation"
