"""Registries imported and exported: the report, what is written, what is undone, and the pages."""

import re
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from clu_portal import offers
from clu_portal.accounts.enums import RoleKind
from clu_portal.audit.models import AuditEntry
from clu_portal.lib.sheets import MAX_LINES, read_sheet, write_csv
from clu_portal.links.models import Link, Relation
from clu_portal.organisations.acts import save_row
from clu_portal.organisations.imports import acts, views
from clu_portal.organisations.imports.models import ImportRun
from clu_portal.organisations.imports.registries import ORGANISATION_SHEET, PERSON_SHEET
from clu_portal.organisations.imports.sheets import Outcome
from clu_portal.organisations.models import Organisation, Person
from clu_portal.tests.factories import OrganisationFactory, PersonFactory, UserFactory, user_with_role

ORGANISATIONS = "Nom;Sigle;Famille\n"
PERSONS = "Civilité;Prénom;Nom;Organisme;Courriel;Téléphone\n"


def sheet_file(text: str, name: str = "liste.csv") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, text.encode())


def prepared(text: str, by, kind: str = "organismes") -> ImportRun:
    return acts.prepare_import(kind=kind, upload=sheet_file(text), by=by)


def report(run: ImportRun) -> list[tuple[int, str, dict]]:
    return [(line.number, line.outcome.value, line.errors) for line in acts.plan_of(run)]


def names() -> list[str]:
    return sorted(Organisation.objects.values_list("name", flat=True))


def refusal(act, **arguments) -> str:
    with pytest.raises(ValidationError) as refused:
        act(**arguments)
    error = refused.value
    return error.error_dict["upload"][0].code if hasattr(error, "error_dict") else error.code


def test_report_says_line_by_line_what_is_new_known_and_wrong(referent):
    OrganisationFactory(name="Union des élèves")
    run = prepared(
        ORGANISATIONS + "Alpha;A;consommateurs\nunion des ELEVES;;\n;B;\nalpha;;\nBêta;;inconnue\n=1+1;;\n", referent
    )
    assert [(number, outcome) for number, outcome, _ in report(run)] == [
        (2, "new"), (3, "known"), (4, "wrong"), (5, "wrong"), (6, "wrong"), (7, "wrong"),
    ]  # fmt: skip
    errors = [errors for _, outcome, errors in report(run) if outcome == "wrong"]
    assert [list(found) for found in errors] == [["Nom"], ["Nom"], ["Famille"], ["Nom"]]
    assert errors[1] == {"Nom": "Le même organisme est déjà à la ligne 2."}
    assert "Une formule" in errors[3]["Nom"]


def test_nothing_is_written_when_a_line_is_wrong(referent):
    run = prepared(ORGANISATIONS + "Alpha;;\n;B;\n", referent)
    assert refusal(acts.apply_import, run=run, by=referent) == "wrong_lines"
    assert names() == []
    assert list(AuditEntry.objects.values_list("verb", flat=True)) == ["import_prepared"]


def test_import_writes_all_as_one_act_and_is_undone_as_one(referent):
    OrganisationFactory(name="Déjà là")
    run = prepared(ORGANISATIONS + "Alpha;A;consommateurs\nBêta;;\nDéjà là;;\n", referent)
    run = acts.apply_import(run=run, by=referent)
    assert names() == ["Alpha", "Bêta", "Déjà là"]
    assert Organisation.objects.get(name="Alpha").family == "consumers"
    entry = AuditEntry.objects.first()
    assert (entry.verb, entry.subject) == ("import_applied", f"importrun:{run.pk}")
    assert entry.details == {"kind": "organismes", "lines": 3, "created": 2}
    assert refusal(acts.apply_import, run=run, by=referent) == "already_applied"
    acts.cancel_import(run=run, by=referent)
    assert names() == ["Déjà là"]
    assert refusal(acts.cancel_import, run=run, by=referent) == "already_undone"


def test_import_of_what_is_all_known_writes_nothing(referent):
    OrganisationFactory(name="Alpha")
    assert (
        refusal(acts.apply_import, run=prepared(ORGANISATIONS + "Alpha;;\n", referent), by=referent) == "nothing_new"
    )


@pytest.mark.parametrize(("days", "kept"), [(30, True), (31, False)])
def test_file_never_written_is_forgotten_after_thirty_days(days, kept, referent):
    today = timezone.localdate()
    prepared(ORGANISATIONS + "Alpha;;\n", referent)
    written = acts.apply_import(run=prepared(ORGANISATIONS + "Bêta;;\n", referent), by=referent)
    ImportRun.objects.update(created_at=timezone.localtime() - timedelta(days=days))
    acts.forget_files(today)
    assert set(ImportRun.objects.values_list("file_name", flat=True)) == {"liste.csv"}
    assert ImportRun.objects.exclude(pk=written.pk).exists() is kept
    assert ImportRun.objects.get(pk=written.pk).lines == []


def test_import_not_written_yet_is_not_undone(referent):
    assert refusal(acts.cancel_import, run=prepared(ORGANISATIONS + "A;;\n", referent), by=referent) == "not_applied"


USES = {
    "personne": lambda row, by: PersonFactory(organisation=row),
    "lien": lambda row, by: Link.objects.create(
        source="meeting:1", relation=Relation.DISCUSSED_IN, target=f"organisation:{row.pk}"
    ),
    "modifiée depuis": lambda row, by: save_row(row=row, by=by),
}


@pytest.mark.parametrize("use", USES)
def test_undoing_says_which_row_is_used_and_changes_nothing(use, referent):
    run = acts.apply_import(run=prepared(ORGANISATIONS + "Alpha;;\nBêta;;\n", referent), by=referent)
    USES[use](Organisation.objects.get(name="Bêta"), referent)
    with pytest.raises(ValidationError) as refused:
        acts.cancel_import(run=run, by=referent)
    assert refused.value.code == "in_use"
    assert f"« Bêta » ({use})" in refused.value.message
    assert "Alpha" not in refused.value.message
    assert names() == ["Alpha", "Bêta"]


def test_undoing_leaves_a_row_already_removed(referent):
    run = acts.apply_import(run=prepared(ORGANISATIONS + "Alpha;;\nBêta;;\n", referent), by=referent)
    Organisation.objects.get(name="Alpha").delete()
    acts.cancel_import(run=run, by=referent)
    assert names() == []


def test_person_with_an_account_is_used(referent):
    run = acts.apply_import(run=prepared(PERSONS + ";;Lormel;;;\n", referent, "personnes"), by=referent)
    Person.objects.update(user=UserFactory())
    assert refusal(acts.cancel_import, run=run, by=referent) == "in_use"


def test_persons_are_found_by_name_within_their_organisation(referent):
    union, other = OrganisationFactory(name="Union"), OrganisationFactory(name="Autre")
    PersonFactory(given_name="Aude", surname="Lormel", organisation=union, email="aude@union.example")
    lines = "Mme;aude;LORMEL;union;autre@union.example;\nM.;Aude;Lormel;Autre;;\n;;Absent;Inconnu;pas-un-courriel;\n"
    run = prepared(PERSONS + lines, referent, "personnes")
    known, new, wrong = acts.plan_of(run)
    assert (known.outcome, known.notes) == (Outcome.KNOWN, ["Courriel reste « aude@union.example »."])
    assert (new.outcome, new.notes) == (
        Outcome.NEW, ["Une personne du même nom est connue dans un autre organisme."],
    )  # fmt: skip
    assert new.rows[0].organisation == other
    assert sorted(wrong.errors) == ["Courriel", "Organisme"]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Nom;Sigle\n", "no_line"),
        ("Nom;Couleur\nA;B\n", "unknown_column"),
        ("Nom\nA;B\n", "unknown_column"),
        ("Sigle\nA\n", "missing_column"),
        ("Nom;nom\nA;B\n", "column_twice"),
        ("", "empty"),
    ],
)
def test_file_with_wrong_columns_is_refused_whole(text, code, referent):
    assert refusal(acts.prepare_import, kind="organismes", upload=sheet_file(text), by=referent) == code
    assert not ImportRun.objects.exists()


@pytest.mark.parametrize("role", [kind for kind in RoleKind if kind != RoleKind.REFERENT])
def test_only_the_referent_imports(role, referent):
    run, by = prepared(ORGANISATIONS + "Alpha;;\n", referent), user_with_role(role)
    for act, arguments in [
        (acts.prepare_import, {"kind": "organismes", "upload": sheet_file("Nom\nA\n")}),
        (acts.apply_import, {"run": run}),
        (acts.cancel_import, {"run": run}),
    ]:
        with pytest.raises(PermissionDenied):
            act(by=by, **arguments)
    assert names() == []


TRICKY = ["=cmd|'/C calc'!A0", "+33", "-moins", "@venir", "'=déjà cité", "deux; points", 'dit "ici"', "l’aide"]


def test_export_read_again_is_all_known(referent):
    for name in TRICKY:
        PersonFactory(organisation=OrganisationFactory(name=name, acronym=name[:9]), surname=name, phone="+33 1 00")
    PersonFactory(surname=TRICKY[0], organisation=Organisation.objects.get(name=TRICKY[0]))
    for sheet in (ORGANISATION_SHEET, PERSON_SHEET):
        content = write_csv(sheet.table())
        upload = SimpleUploadedFile("export.csv", content)
        planned = acts.plan_of(acts.prepare_import(kind=sheet.kind, upload=upload, by=referent))
        assert len(planned) >= len(TRICKY)
        assert {(line.outcome, *line.notes) for line in planned} == {(Outcome.KNOWN,)}


def test_export_imported_elsewhere_makes_the_same_registry(referent):
    for name in TRICKY:
        OrganisationFactory(name=name, family="users")
    exported = write_csv(ORGANISATION_SHEET.table())
    Organisation.objects.all().delete()
    run = acts.prepare_import(kind="organismes", upload=SimpleUploadedFile("e.csv", exported), by=referent)
    acts.apply_import(run=run, by=referent)
    assert write_csv(ORGANISATION_SHEET.table()) == exported


def operation_id(page) -> str:
    return re.search(r'name="operation_id" value="(.+?)"', page.content.decode())[1]


def test_whole_page_of_an_import(by_referent, prefecture):
    create = reverse("organisations:organisation_import", args=[prefecture.slug])
    assert "Aucun fichier envoyé" in by_referent.get(create).content.decode()
    sent = {"upload": sheet_file(ORGANISATIONS + "Alpha;A;\nBêta;;\n")}
    detail = by_referent.post(create, sent).headers["Location"]
    page = by_referent.get(detail)
    assert "Importer 2 lignes" in page.content.decode()
    run = ImportRun.objects.get()
    apply = reverse("organisations:import_apply", args=[prefecture.slug, run.pk])
    typed = {"operation_id": operation_id(page)}
    assert [by_referent.post(apply, typed).headers["Location"] for _ in "12"] == [detail, detail]
    assert names() == ["Alpha", "Bêta"]
    assert AuditEntry.objects.filter(verb="import_applied").count() == 1
    cancel = reverse("organisations:import_cancel", args=[prefecture.slug, run.pk])
    asked = by_referent.get(cancel).content.decode()
    assert ("Annuler cet import ?" in asked, ">Annuler cet import</button>" in asked) == (True, True)
    person = PersonFactory(organisation=Organisation.objects.get(name="Bêta"))
    asked = by_referent.get(cancel).content.decode()
    assert ("« Bêta » (personne)" in asked, ">Annuler cet import</button>" in asked) == (True, False)
    person.delete()
    by_referent.post(cancel)
    assert names() == []
    assert ">Annuler cet import</button>" not in by_referent.get(cancel).content.decode()
    assert "est retiré" in by_referent.get(detail).content.decode()


def test_refused_file_is_said_beside_the_field(by_referent, prefecture):
    create = reverse("organisations:organisation_import", args=[prefecture.slug])
    answer = by_referent.post(create, {"upload": sheet_file("Couleur\nrouge\n")})
    assert (answer.status_code, ImportRun.objects.count()) == (200, 0)
    assert "La colonne « Couleur » n&#x27;est pas connue" in answer.content.decode()


def test_wrong_lines_are_shown_with_their_number_and_no_button(by_referent, referent, prefecture):
    run = prepared(ORGANISATIONS + "Alpha;;\n;B;inconnue\n", referent)
    page = by_referent.get(reverse("organisations:import_detail", args=[prefecture.slug, run.pk])).content.decode()
    assert "Ligne 3" in page
    assert "Cette case doit être remplie." in page
    assert "Importer 1 ligne" not in page


def test_long_file_is_shown_by_pages(by_referent, referent, prefecture, monkeypatch):
    monkeypatch.setattr(views, "LINES_SHOWN", 2)
    run = prepared(ORGANISATIONS + "A;;\nB;;\nC;;\n", referent)
    address = reverse("organisations:import_detail", args=[prefecture.slug, run.pk])
    assert "?apres=3" in by_referent.get(address).content.decode()
    last = by_referent.get(address, {"apres": 3}).content.decode()
    assert "</span>4</th>" in last
    assert "apres=" not in last


@pytest.mark.parametrize("kind", ["organismes", "personnes"])
@pytest.mark.parametrize("lines", [1, 60])
def test_report_costs_the_same_for_more_lines(by_referent, referent, prefecture, count_queries, kind, lines):
    text = {"organismes": "Nom\n", "personnes": "Nom\n"}[kind] + "".join(f"Nom {n}\n" for n in range(lines))
    PersonFactory.create_batch(lines, organisation=OrganisationFactory())
    run = prepared(text, referent, kind)
    address = reverse("organisations:import_detail", args=[prefecture.slug, run.pk])
    by_referent.get(address)
    assert count_queries(lambda: by_referent.get(address)) == {"organismes": 9, "personnes": 10}[kind]


def test_writing_costs_the_same_for_more_lines(referent, count_queries):
    few, many = (
        prepared("Nom\n" + "".join(f"{word} {n}\n" for n in range(count)), referent)
        for word, count in (("Peu", 1), ("Beaucoup", MAX_LINES))
    )
    costs = [count_queries(lambda run=run: acts.apply_import(run=run, by=referent)) for run in (few, many)]
    assert costs[0] == costs[1]
    assert Organisation.objects.count() == MAX_LINES + 1


@pytest.mark.parametrize("kind", ["organismes", "personnes"])
def test_model_file_is_one_the_import_reads(by_referent, referent, prefecture, kind):
    OrganisationFactory(name="Association des usagers du rail")
    content = by_referent.get(offers.sheets[kind].address("model", prefecture.slug)).content
    run = acts.prepare_import(kind=kind, upload=SimpleUploadedFile("m.csv", content), by=referent)
    assert [line.errors for line in acts.plan_of(run)] == [{}]


def test_export_page_is_a_csv_attachment(client, prefecture):
    OrganisationFactory(name="=1+1")
    client.force_login(user_with_role(RoleKind.SECRETARY_GENERAL))
    answer = client.get(reverse("organisations:organisation_export", args=[prefecture.slug]))
    assert answer.headers["Content-Disposition"].startswith('attachment; filename="organismes-valmarche')
    assert [line.cells for line in read_sheet("e.csv", answer.content)][1] == ["'=1+1", "", "autre"]
