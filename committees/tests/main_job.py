"""The steps of the main job, each as the person who does it: pages opened, fields filled, buttons pressed."""

import re
from datetime import timedelta

from django.utils import timezone
from playwright.sync_api import Locator, Page, expect

from clu_portal.lib.tests.papers import findings
from committees.minutes.models import Minutes
from committees.tests.conftest import Office

SPEECH = "Le pictogramme de la boucle magnétique manque à l'entrée."
ASSOCIATION = "Union des familles de la Valmarche"
MEMBER = "Odile Ferrandier"
COMMITTEE = "Comité local des usagers de la Valmarche"
ATTENDANCE = ["Union des familles : Mme Odile Ferrandier", "Secrétaire générale : Mme Mathilde Corvasier"]
AGENDA = ["Accueil du public", "Délais de réponse"]


def press(page: Page | Locator, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()


def follow(page: Page | Locator, name: str) -> None:
    page.get_by_role("link", name=name, exact=True).click()


def register_member(page: Page, office: Office) -> None:
    """Enter an association, and the person it sends."""
    page.goto(office.path("organismes/nouveau/"))
    page.get_by_label("Nom").fill(ASSOCIATION)
    page.get_by_label("Famille").select_option(index=1)
    press(page, "Enregistrer")
    page.goto(office.path("personnes/nouveau/"))
    page.get_by_label("Prénom").fill("Odile")
    page.get_by_label("Nom", exact=True).fill("Ferrandier")
    page.get_by_label("Courriel").fill(office.address)
    page.get_by_label("Organisme").select_option(label=ASSOCIATION)
    press(page, "Enregistrer")
    expect(page.get_by_role("table")).to_contain_text(MEMBER)


def compose_committee(page: Page, office: Office) -> None:
    """Create the committee, one seat, and appoint the member to it."""
    page.goto(office.path("comites/nouveau/"))
    page.get_by_label("Nom").fill(COMMITTEE)
    press(page, "Créer le comité")
    follow(page, "Ajouter un siège")
    page.get_by_label("Intitulé").fill("Union des familles")
    page.get_by_label("Organisme").select_option(label=ASSOCIATION)
    press(page, "Ajouter le siège")
    page.get_by_role("link", name="Nommer quelqu'un").click()
    page.get_by_label("Personne", exact=True).select_option(label=MEMBER)
    press(page, "Nommer")
    expect(page.get_by_role("table")).to_contain_text(MEMBER)


def enter_past_meeting(page: Page) -> None:
    """From the page of the committee: a meeting of last week, its agenda, its attendance, held."""
    follow(page, "Nouvelle réunion")
    page.get_by_label(re.compile("^Date")).fill((timezone.localdate() - timedelta(days=7)).isoformat())
    page.get_by_label("Heure de début").fill("14:30")
    page.get_by_label("Heure de fin").fill("16:00")
    page.get_by_label("Lieu").fill("Salle des actes")
    press(page, "Créer la réunion")
    add_agenda(page)
    add_attendance(page)
    press(page, "La réunion est tenue")
    expect(page.get_by_text("La réunion est tenue : son compte-rendu peut commencer.")).to_be_visible()


def add_agenda(page: Page) -> None:
    follow(page, "Modifier l'ordre du jour")
    for title in AGENDA:
        page.get_by_label("Intitulé").fill(title)
        press(page, "Ajouter le point")
        expect(page.get_by_role("listitem").filter(has_text=title).first).to_be_visible()
    follow(page, "Revenir à la réunion")


def add_attendance(page: Page) -> None:
    follow(page, "Modifier les présences")
    page.get_by_label("Rubrique (facultatif)", exact=True).fill("Présents")
    page.get_by_label("Personnes").fill("\n".join(ATTENDANCE))
    press(page, "Ajouter ces lignes")
    expect(page.get_by_role("list").filter(has_text=ATTENDANCE[1]).first).to_be_visible()
    follow(page, "Revenir à la réunion")


def begin_minutes(page: Page) -> None:
    press(page, "Commencer le compte-rendu")
    page.wait_for_selector("#minutes-editor[data-ready]")


def text_area(page: Page) -> Locator:
    return page.get_by_role("textbox", name="Texte du compte-rendu")


def write_minutes(page: Page, speech: str = SPEECH) -> None:
    """Type under the first item of the agenda: a heading, bold, a list and a table; wait for the server."""
    text_area(page).locator("section").filter(has_text=AGENDA[0]).last.locator("p").last.click()
    keys = page.keyboard
    keys.type("Tour de table")
    keys.press("Control+Shift+2")
    keys.press("Enter")
    keys.press("Control+b")
    keys.type("Une association : ")
    keys.press("Control+b")
    keys.type(speech)
    keys.press("Enter")
    keys.press("Control+Shift+8")
    keys.type("le hall sera signalé ;")
    keys.press("Enter")
    keys.type("les horaires seront affichés.")
    keys.press("Enter")
    keys.press("Enter")
    write_table(page, ["Service", "Délai", "Titres", "2 jours"])
    wait_saved(page)


def write_table(page: Page, cells: list[str]) -> None:
    """A table, whose cells are filled one after the other with the arrow keys."""
    page.get_by_role("button", name="Insérer un tableau").click()
    table = text_area(page).locator("table").last
    expect(table).to_be_visible()
    for place, words in zip(table.locator("th, td").all(), cells, strict=False):
        place.click()
        page.keyboard.type(words)


def wait_saved(page: Page) -> None:
    expect(page.locator(".mm-status")).to_have_attribute("data-state", "saved")
    expect(page.locator(".mm-status__text")).to_have_text(re.compile(r"^Enregistré sur le serveur à \d\d:\d\d"))


def title_and_date(page: Page) -> None:
    """From the editor."""
    follow(page, "Revenir au compte-rendu")
    follow(page, "Titre, date et mentions")
    page.get_by_label("Titre", exact=True).fill(f"{COMMITTEE}\nCompte-rendu")
    page.get_by_label("Fait à").fill("Clairbourg")
    page.get_by_label("Daté du").fill(timezone.localdate().isoformat())
    press(page, "Enregistrer")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Compte-rendu")


def submit(page: Page) -> None:
    press(page, "Soumettre à l'approbation")
    expect(page.get_by_text("Le texte est soumis.")).to_be_visible()


def write_and_submit(page: Page, office: Office) -> Minutes:
    """Everything the référent does before the approval; returns the minutes."""
    register_member(page, office)
    compose_committee(page, office)
    enter_past_meeting(page)
    begin_minutes(page)
    write_minutes(page)
    title_and_date(page)
    submit(page)
    return minutes_of(page, office)


def minutes_of(page: Page, office: Office) -> Minutes:
    with office.scope():
        pk = int(re.search(r"/comptes-rendus/(\d+)/", page.url)[1])
        return Minutes.objects.select_related("meeting__committee").get(pk=pk)


def wait_pages(page: Page, office: Office, minutes: Minutes) -> Locator:
    """Open the pages to approve, and wait for the first one: the page follows its preparation by itself."""
    page.goto(office.path(f"comptes-rendus/{minutes.pk}/approuver/"))
    image = page.get_by_role("img", name=re.compile("^Page 1 du compte-rendu")).first
    expect(image).to_be_visible()
    return image


def approve(page: Page, office: Office, minutes: Minutes) -> str:
    """Open the pages to approve, look at them, and approve; returns the SHA-256 that was shown."""
    image = wait_pages(page, office, minutes)
    image.scroll_into_view_if_needed()
    expect(image).to_have_js_property("complete", True)
    assert image.evaluate("image => image.naturalWidth") > 300
    shown = page.locator(".portal-hash code").inner_text()
    page.get_by_label("J'ai lu ce compte-rendu et je l'approuve.").check(force=True)
    press(page, "Approuver et sceller")
    expect(page.get_by_text("Le compte-rendu est approuvé. Le sceau se pose.")).to_be_visible()
    return shown


def wait_sealed(page: Page) -> None:
    """The page follows by itself: nobody presses anything."""
    expect(page.get_by_role("heading", name="Document approuvé et scellé")).to_be_visible()


def distribute(page: Page, office: Office, minutes: Minutes) -> None:
    page.goto(office.path(f"comptes-rendus/{minutes.pk}/diffuser/"))
    press(page, "Voir la liste avant d'envoyer")
    press(page, "Envoyer")
    expect(page.get_by_text("Le compte-rendu part à 1 personne par courriel.")).to_be_visible()


def link_of(message) -> str:
    """The personal link written in a message."""
    return re.search(r"http://\S+/acces/\S+", message.get_body(("plain",)).get_content())[0]


def open_link(page: Page, link: str) -> None:
    """The member follows the link of the mail: one button, then the minutes."""
    page.goto(link)
    assert "acces/" in page.url
    assert link.rsplit("/", 2)[1] not in page.url
    assert page.get_by_role("main").get_by_role("button").count() == 1
    press(page, "Ouvrir mon espace")


def download(page: Page, name: str | re.Pattern) -> bytes:
    with page.expect_download() as started:
        page.get_by_role("link", name=name).click()
    return started.value.path().read_bytes()


def verdict(page: Page, pdf: bytes) -> str | None:
    """What the public page says of a file."""
    page.goto("/verifier/")
    page.get_by_label("Le PDF à vérifier").set_input_files(
        {"name": "recu.pdf", "mimeType": "application/pdf", "buffer": pdf}
    )
    press(page, "Vérifier")
    return page.locator("[data-verdict]").get_attribute("data-verdict")


def assert_conforms(pdf: bytes) -> None:
    assert findings(pdf) == []
