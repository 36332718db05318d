"""Processor seconds per page of our renderer beside bare WeasyPrint: python bench/render.py [ROUNDS]

Same HTML, same fonts, same process in turn: each rendering is a child forked from this process after the import, so
that starting a process (counted apart) is the same for both. « WeasyPrint, même PDF » asks WeasyPrint for the same
tagged PDF/A-3a; « WeasyPrint nu » asks for nothing. Limit of issue 2: ours ≤ 1.25 × on ten pages.
"""

import resource
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

from clu_portal.lib import confined, pdf
from clu_portal.lib.pdf.fetching import OwnNamesOnly
from clu_portal.lib.pdf.rendering import own_fonts

WHEN = datetime(2026, 11, 22, 14, 32, 5, tzinfo=UTC)
PARAGRAPH = (
    "Le délai moyen de réponse a baissé de 12 % depuis l'automne ; les membres demandent que l'accueil du "
    "<b>mardi matin</b> soit prolongé d'une demi-heure, et que l'affichage en salle d'attente soit refait."
)


def section(number: int) -> str:
    items = "".join(f'<li><span class="marker">➔</span>{PARAGRAPH}</li>' for _ in range(3))
    rows = "".join(
        f"<tr><th scope='row'>Indicateur {row}</th><td>{row * 7} %</td><td>{row}</td></tr>" for row in range(12)
    )
    return (
        f"<section><h2>{number}. Point à l'ordre du jour</h2><p>{PARAGRAPH}</p><p>{PARAGRAPH} {PARAGRAPH}</p>"
        f"<ul class='marked-list'>{items}</ul><table><caption>Suivi</caption><thead><tr><td></td><th scope='col'>Part"
        f"</th><th scope='col'>Cas</th></tr></thead><tbody>{rows}</tbody></table></section>"
    )


def document(sections: int) -> str:
    body = "".join(section(number) for number in range(1, sections + 1))
    return (
        "<!doctype html><html lang='fr' class='mark-page-of'><head><meta charset='utf-8'><title>Compte-rendu</title>"
        f"<link rel='stylesheet' href='static:css/pdf.css'></head><body><h1>Compte-rendu</h1>{body}</body></html>"
    )


def bare(html: str, **options) -> list[bytes]:
    from weasyprint import HTML

    with own_fonts():
        return [HTML(string=html, url_fetcher=OwnNamesOnly()).write_pdf(**options)]


def cpu_seconds(work: Callable[[], object]) -> float:
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    work()
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def main(rounds: int) -> None:
    pdf.warm_up()
    html = document(10)
    pages = len(pdf.page_images(pdf.render_pdf(html, created_at=WHEN), dpi=10))
    contenders = {
        "processus vide": lambda: confined.run(lambda: [b""], pdf.DEFAULT),
        "WeasyPrint nu": lambda: confined.run(lambda: bare(html), pdf.DEFAULT),
        "WeasyPrint, même PDF": lambda: confined.run(
            lambda: bare(html, pdf_variant="pdf/a-3a", pdf_tags=True), pdf.DEFAULT
        ),
        "render_pdf": lambda: pdf.render_pdf(html, created_at=WHEN),
    }
    times = {name: [] for name in contenders}
    for number in range(rounds):
        for name in sorted(contenders, reverse=number % 2):  # nobody always comes first
            times[name].append(cpu_seconds(contenders[name]))
    empty = min(times["processus vide"])
    reference = min(times["WeasyPrint nu"]) - empty
    print(f"{pages} pages, {rounds} tours, secondes de processeur (le meilleur), départ ({empty:.3f} s) à part")
    for name, values in list(times.items())[1:]:
        own = min(values) - empty
        print(f"{name:24} {own:7.3f} s  {own / pages:7.4f} s/page  {own / reference:5.2f} ×")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 7)
