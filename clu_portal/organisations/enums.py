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


class PageMark(TextChoices):
    """What is printed at the foot of each page; the values are those of templates/pdf/base.html."""

    NONE = "", "aucun"
    FRACTION = "fraction", "1/4, 2/4…"
    CONTINUES = "continues", ".../... sauf sur la dernière page"
    PAGE_OF = "page-of", "Page 1 sur 4"


class TitleForm(TextChoices):
    """How the title is printed; the values are those of templates/pdf/head/."""

    BOLD = "bold", "en gras, une ou deux lignes"
    TABLE = "table", "en grand, dans un tableau d'en-tête avec la date et le suivi"
    CAPITALS = "capitals", "en capitales, sans gras"
    OBJECT = "object", "la ligne d'objet seule"


class HeadOrder(TextChoices):
    """In which order the head is read; organisations/layout_rules.py says it block by block."""

    LETTER = "letter", "en-tête, suivi, lieu et date, références, titre"
    TITLE_FIRST = "title_first", "titre, lieu et date, en-tête, suivi, références"
    DATE_FIRST = "date_first", "en-tête, lieu et date, service, références, suivi, titre"


class Brand(TextChoices):
    NONE = "none", "aucun"
    NEUTRAL = "neutral", "bloc neutre"
    STATE = "state", "bloc-marque de l'État, avec la Marianne (préfectures et services de l'État seulement)"


class AuthorityPlace(TextChoices):
    ABOVE = "above", "au-dessus de l'en-tête"
    UNDER = "under", "sous l'en-tête"
    NONE = "none", "non imprimée"
