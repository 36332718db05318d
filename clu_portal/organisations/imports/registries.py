"""The sheets of organisations and persons."""

from collections import defaultdict

from clu_portal.lib.sheets import SheetLine
from clu_portal.organisations.enums import Civility, Family
from clu_portal.organisations.imports.cells import Cells
from clu_portal.organisations.imports.folding import folded
from clu_portal.organisations.imports.sheets import Column, Planned, Sheet
from clu_portal.organisations.models import Organisation, Person

ORGANISATION_FIELDS = {"name": "Nom", "acronym": "Sigle", "family": "Famille"}
PERSON_FIELDS = {"given_name": "Prénom", "surname": "Nom", "email": "Courriel", "phone": "Téléphone"}


def plan_organisations(sheet: Sheet, lines: list[SheetLine]) -> list[Planned]:
    known = {folded(row.name): row for row in Organisation.objects.all()}
    seen: dict[str, int] = {}
    return [plan_organisation(Cells(sheet, line), known, seen) for line in lines]


def plan_organisation(cells: Cells, known: dict[str, Organisation], seen: dict[str, int]) -> Planned:
    row = Organisation(
        name=cells.text("Nom"),
        acronym=cells.text("Sigle"),
        family=cells.choice("Famille", Family, Family.OTHER),
    )
    planned, key = cells.planned, folded(row.name)
    planned.label = row.name
    cells.check(row, ORGANISATION_FIELDS)
    if key in known:
        planned.is_known = True
        planned.notes += differences(row, known[key], ORGANISATION_FIELDS)
    elif key in seen:
        cells.wrong("Nom", f"Le même organisme est déjà à la ligne {seen[key]}.")
    else:
        seen[key] = planned.number
        planned.rows = [row]
    return planned


def plan_persons(sheet: Sheet, lines: list[SheetLine]) -> list[Planned]:
    organisations = {folded(row.name): row for row in Organisation.objects.all()}
    known: dict[tuple, list[Person]] = defaultdict(list)
    for person in Person.objects.select_related("organisation"):
        known[person_key(person)].append(person)
    names, seen = {key[:2] for key in known}, {}
    return [plan_person(Cells(sheet, line), organisations, known, names, seen) for line in lines]


def person_key(person: Person) -> tuple[str, str, str]:
    """Two persons of one name are one in the same organisation, two in different ones."""
    return folded(person.given_name), folded(person.surname), folded(str(person.organisation or ""))


def plan_person(
    cells: Cells,
    organisations: dict[str, Organisation],
    known: dict[tuple, list[Person]],
    names: set[tuple],
    seen: dict[tuple, int],
) -> Planned:
    row = Person(
        civility=civility_of(cells),
        given_name=cells.text("Prénom"),
        surname=cells.text("Nom"),
        email=cells.text("Courriel"),
        phone=cells.text("Téléphone"),
        organisation=organisation_of(cells, organisations),
    )
    planned, key = cells.planned, person_key(row)
    planned.label = str(row)
    cells.check(row, PERSON_FIELDS)
    if key in known:
        planned.is_known = True
        planned.notes += min((differences(row, person, PERSON_FIELDS) for person in known[key]), key=len)
    elif key in seen:
        cells.wrong("Nom", f"La même personne est déjà à la ligne {seen[key]}.")
    else:
        planned.rows = [row]
        seen[key] = planned.number
        if key[:2] in names:
            planned.notes.append("Une personne du même nom est connue dans un autre organisme.")
    return planned


def civility_of(cells: Cells) -> str:
    return cells.choice("Civilité", Civility, Civility.NONE)


def organisation_of(cells: Cells, known: dict[str, Organisation]) -> Organisation | None:
    text = cells.text("Organisme")
    if text and folded(text) not in known:
        cells.wrong("Organisme", f"« {text} » n'est pas au répertoire : importez d'abord les organismes.")
    return known.get(folded(text)) if text else None


def differences(row, known, fields: dict[str, str]) -> list[str]:
    """What the file says otherwise of a row already known: said, and left as it is."""
    return [
        f"{heading} reste {f'« {getattr(known, name)} »' if getattr(known, name) else 'vide'}."
        for name, heading in fields.items()
        if name != "family" and getattr(row, name) and folded(getattr(row, name)) != folded(getattr(known, name))
    ]


ORGANISATION_SHEET = Sheet(
    kind="organismes",
    title="Organismes",
    purpose="Une ligne par organisme. Un organisme du même nom est « déjà connu » : il ne change pas.",
    columns=(
        Column("Nom", lambda row: row.name, "Association des usagers du rail", is_required=True),
        Column("Sigle", lambda row: row.acronym, "AUR"),
        Column("Famille", lambda row: row.get_family_display(), Family.USERS.label, "Vide : autre."),
    ),
    rows=lambda: Organisation.objects.in_list_order(),
    plan=plan_organisations,
    list_page="organisations:organisation_list",
    pages="organisations:organisation",
    made=(Organisation,),
)
PERSON_SHEET = Sheet(
    kind="personnes",
    title="Personnes",
    purpose=(
        "Une ligne par personne. Une personne du même nom dans le même organisme est « déjà connue » : "
        "elle ne change pas. Les organismes s'importent avant."
    ),
    columns=(
        Column("Civilité", lambda row: row.get_civility_display(), Civility.MADAME.label, "Mme, M. ou vide."),
        Column("Prénom", lambda row: row.given_name, "Odile"),
        Column("Nom", lambda row: row.surname, "Ferrandier", is_required=True),
        Column("Organisme", lambda row: str(row.organisation or ""), "Association des usagers du rail"),
        Column("Courriel", lambda row: row.email, "odile.ferrandier@association.example"),
        Column("Téléphone", lambda row: row.phone, "01 00 00 00 00"),
    ),
    rows=lambda: Person.objects.in_list_order().select_related("organisation"),
    plan=plan_persons,
    list_page="organisations:person_list",
    pages="organisations:person",
    made=(Person,),
)
