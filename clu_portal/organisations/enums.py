from django.db.models import TextChoices


class Theme(TextChoices):
    NEUTRAL = "neutral", "neutre"
    STATE = "state", "État (préfectures et services de l'État seulement)"


class Gender(TextChoices):
    MASCULINE = "masculine", "préfet"
    FEMININE = "feminine", "préfète"


class Civility(TextChoices):
    MADAME = "madame", "Mme"
    MONSIEUR = "monsieur", "M."
    NONE = "", "sans"

    @property
    def greeting(self) -> str:
        """« Madame, »: how a letter or a mail begins; neutral when the civility is not known."""
        return {Civility.MADAME: "Madame,", Civility.MONSIEUR: "Monsieur,"}.get(self, "Madame, Monsieur,")


class Family(TextChoices):
    """The families of organisations met in compte-rendus (documents.md §3.a)."""

    USERS = "users", "association d'usagers"
    CONSUMERS = "consumers", "consommateurs"
    FAMILIES = "families", "familles"
    DISABILITY = "disability", "handicap"
    SOLIDARITY = "solidarity", "solidarité"
    FOREIGNERS = "foreigners", "étrangers"
    LOCAL_AUTHORITY = "local_authority", "collectivité"
    CHAMBER = "chamber", "chambre consulaire"
    PROFESSIONALS = "professionals", "professionnels"
    RIGHTS_DEFENDER = "rights_defender", "Défenseur des droits"
    OPERATOR = "operator", "opérateur"
    STATE = "state", "État"
    OTHER = "other", "autre"
