"""The five invented préfectures, who works there, what they print at the head of their documents.

The codes, the cities and the persons do not exist; the telephone numbers of the texts are among those set aside for
fiction. The committees of each are told in committees/demonstration/.
"""

from dataclasses import dataclass, field

from clu_portal.accounts.enums import RoleKind
from clu_portal.demonstration import layouts


@dataclass(frozen=True)
class Account:
    kind: str
    email: str
    name: str
    title: str
    civility: str = "madame"


@dataclass(frozen=True)
class Planned:
    """A préfecture to be loaded. `layout`: what its documents print (clu_portal/demonstration/layouts.py)."""

    slug: str
    name: str
    department_code: str
    city: str
    accounts: tuple[Account, ...]
    authority_line: str = ""
    authority_gender: str = "masculine"
    layout: dict = field(default_factory=dict)
    sites: tuple[str, ...] = ()
    services: tuple[tuple[str, str], ...] = ()  # name, acronym

    @property
    def referent(self) -> Account:
        return next(account for account in self.accounts if account.kind == RoleKind.REFERENT)


VALMARCHE = Planned(
    slug="valmarche",
    name="Préfecture de la Valmarche",
    department_code="9V",
    city="Clairbourg",
    authority_line="Préfète de la Valmarche",
    authority_gender="feminine",
    layout=layouts.VALMARCHE,
    sites=("Hôtel de préfecture, Clairbourg", "Sous-préfecture de Montaigu-le-Vieux"),
    services=(("Bureau de l'accueil et des titres", ""), ("Mission qualité", ""), ("Bureau des étrangers", "")),
    accounts=(
        Account(RoleKind.REFERENT, "referent@valmarche.example", "Solène Aubrac", "Référente qualité"),
        Account(RoleKind.SECRETARY_GENERAL, "sg@valmarche.example", "Mathilde Corvasier", "Secrétaire générale"),
        Account(
            RoleKind.AGENT,
            "agent@valmarche.example",
            "Ibrahim Lestrange",
            "Chef du bureau de l'accueil",
            civility="monsieur",
        ),
        Account(RoleKind.AUDITOR, "auditeur@valmarche.example", "Perrine Vautrelle", "Auditrice"),
        Account(
            RoleKind.NATIONAL_ADMIN,
            "national@portail.example",
            "Anselme Quintard",
            "Administrateur national",
            civility="monsieur",
        ),
    ),
)
OMBREUSE = Planned(
    slug="ombreuse",
    name="Préfecture de l'Ombreuse",
    department_code="9U",
    city="Châtelombre",
    layout=layouts.OMBREUSE,
    sites=("Préfecture, Châtelombre",),
    services=(("Mission performance", ""), ("Bureau du séjour", "")),
    accounts=(
        Account(RoleKind.REFERENT, "referente@ombreuse.example", "Maxence Ardoizel", "Référente qualité"),
        Account(
            RoleKind.SECRETARY_GENERAL,
            "sg@ombreuse.example",
            "Honoré Vauquelas",
            "Secrétaire général",
            civility="monsieur",
        ),
    ),
)
BRUYES = Planned(
    slug="hautes-bruyes",
    name="Préfecture des Hautes-Bruyes",
    department_code="9W",
    city="Montbruyes",
    layout=layouts.BRUYES,
    sites=("Préfecture, Montbruyes", "Sous-préfecture de Pontargues"),
    services=(
        ("Direction des territoires", "DT"),
        ("Direction des solidarités et de l'emploi", "DSE"),
        ("Secrétariat général commun départemental", "SGCD"),
    ),
    accounts=(
        Account(RoleKind.REFERENT, "qualite@bruyes.example", "Ombeline Castaréda", "Responsable qualité"),
        Account(
            RoleKind.SECRETARY_GENERAL,
            "sg@bruyes.example",
            "Côme Delestrange",
            "Secrétaire général",
            civility="monsieur",
        ),
    ),
)
FORTARGENT = Planned(
    slug="fortargent",
    name="Préfecture du Territoire de Fortargent",
    department_code="9X",
    city="Fortargent",
    authority_line="Préfet du Territoire de Fortargent",
    layout=layouts.FORTARGENT,
    sites=("Préfecture, Fortargent",),
    services=(("Secrétariat général", ""), ("Centre d'expertise et de ressources titres", "CERT")),
    accounts=(
        Account(RoleKind.REFERENT, "qualite@fortargent.example", "Elvire Valdahon", "Référente qualité"),
        Account(
            RoleKind.SECRETARY_GENERAL,
            "sg@fortargent.example",
            "Lazare Montrevel",
            "Sous-préfet, secrétaire général",
            civility="monsieur",
        ),
    ),
)
ESPARRE = Planned(
    slug="haute-esparre",
    name="Préfecture de la Haute-Esparre",
    department_code="9Y",
    city="Esparre-le-Lac",
    authority_line="Préfet de la Haute-Esparre",
    layout=layouts.ESPARRE,
    sites=("Cité administrative, Esparre-le-Lac", "Service de l'immigration, Esparre-le-Lac"),
    services=(("Direction des territoires", ""), ("Bureau de la communication", "")),
    accounts=(
        Account(RoleKind.REFERENT, "qualite@esparre.example", "Hermine Abondeau", "Référente qualité"),
        Account(RoleKind.SECRETARY_GENERAL, "sg@esparre.example", "Aliette Grandmaison", "Secrétaire générale"),
    ),
)
PREFECTURES = (VALMARCHE, OMBREUSE, BRUYES, FORTARGENT, ESPARRE)
