"""What the minutes of les Hautes-Bruyes say. Invented, like everything here."""

from datetime import date, timedelta

from committees.demonstration.story import in_words
from committees.demonstration.writing import (
    action,
    answer,
    attendance,
    by_organisation,
    contents,
    dashes,
    heading,
    page_break,
    paragraph,
    remark,
    run_in,
    section,
    separator,
    signature,
)

SITE = "[https://www.bruyes.example](https://www.bruyes.example)"
OPINIONS = "[https://avis.bruyes.example](https://avis.bruyes.example)"


def text(held_on: date) -> list[dict]:
    return [
        section(heading("", "Participation"), attendance("two_columns"), contents(levels=2)),
        *context(held_on),
        *convergence(),
        *year(held_on),
        *network(),
        *discussion(),
        section(signature("Le secrétaire général", "", "Côme DELESTRANGE")),
    ]


def context(held_on: date) -> list[dict]:
    return [
        section(
            heading("", "Rappel du contexte"),
            paragraph(
                "Le comité local des usagers (C.L.U) est né de la démarche « Qual-e-pref ». Associations, "
                "professionnels et collectivités y examinent avec la préfecture la façon dont le public est reçu."
            ),
            paragraph(
                "Le programme « SERVICES PUBLICS plus » demande de son côté un comité local d'amélioration continue "
                "(C.L.A.C), ouvert à des usagers volontaires. Il porte sur quatre sites : la préfecture, la "
                "sous-préfecture de Pontargues, la direction des territoires (D.T) et la direction des solidarités et "
                "de l'emploi (D.S.E)."
            ),
            paragraph("Les deux instances poursuivant le même but, elles sont désormais réunies ensemble."),
            separator(),
            paragraph(
                "M. le Secrétaire Général souhaite la bienvenue. Un tour de table montre qu'aucun des présents "
                "n'était à la réunion précédente."
            ),
            paragraph(
                "Il rappelle l'équilibre à tenir : ouvrir des téléservices sans fermer les guichets, et garder du "
                "temps pour ceux que l'écran arrête. Mme CASTARÉDA, correspondante départementale, présente ensuite "
                "l'ordre du jour."
            ),
        )
    ]


def convergence() -> list[dict]:
    return [
        section(
            heading(
                "I/",
                "L'accueil des usagers : un seul but pour « Qual-e-pref » et « SERVICES PUBLICS plus »",
            )
        ),
        section(
            heading("1°)", "Deux démarches qui se rejoignent", 2),
            heading("", "Démarche ministérielle « Qual-e-pref »", 3),
            paragraph("La préfecture a obtenu le label l'hiver dernier pour deux modules :"),
            dashes(
                "module central, obligatoire : la relation avec l'usager, quel qu'il soit, au guichet, au téléphone, "
                "par courrier, par courriel et en ligne ;",
                "module au choix : les polices administratives de sécurité (manifestations sportives – armes – "
                "vidéoprotection – débits de boissons – gardes particuliers).",
            ),
            paragraph("Ce label vaut trois ans ; un audit de suivi en marque le milieu, au dix-huitième mois."),
            heading("", "Dispositif interministériel « SERVICES PUBLICS plus »", 3),
            paragraph(
                "Lancé au printemps, il partage ce but et l'étend à la sous-préfecture de Pontargues ainsi qu'aux "
                "deux directions départementales."
            ),
        ),
    ]


def year(held_on: date) -> list[dict]:
    campaign = held_on + timedelta(days=60)
    return [
        section(
            heading("2°)", "Ce qui a été fait cette année", 2),
            *run_in(
                "Par l'affichage :", "dans les halls de la préfecture et de la sous-préfecture de Pontargues,", level=3
            ),
            dashes(
                "résultats de l'enquête annuelle et du programme « Transparence » de chaque trimestre : délais de "
                "délivrance des titres, satisfaction globale, score d'effort des téléservices, appels décrochés "
                "(indicateur local)."
            ),
            paragraph(f"Les mêmes tableaux sont en ligne : {SITE}, rubrique « Publications »."),
            *run_in(
                "Par un accueil personnalisé :",
                "avec rendez-vous, aux points d'accès numériques (P.A.N). Une demi-journée par semaine, un P.A.N "
                "« Clairière »{{Ouvert au printemps, à titre d'essai.}} est réservé aux ressortissants étrangers.",
                level=3,
            ),
            paragraph(
                "M. CARCENAC décrit un autre public à la **D.T des Hautes-Bruyes** : des professionnels, qui déposent "
                "presque tout en ligne et ne viennent que sur convocation. La D.S.E, qui devait être représentée, "
                "reçoit surtout sur rendez-vous."
            ),
            *run_in(
                "Par l'écoute :",
                "l'enquête annuelle, le formulaire commun aux quatre sites et le canal « **Je donne mon avis** » "
                f"({OPINIONS}). Chaque avis, bon ou mauvais, reçoit la réponse d'un référent.",
                level=3,
            ),
            action(
                "Lancer la campagne d'affichage sur « Je donne mon avis »",
                due=f"avant le {in_words(campaign).replace('^', '')}",
            ),
        ),
        section(
            heading("", "Les projets de l'an prochain", 2),
            paragraph(
                "Mme ESPÉRANDIEU, directrice du S.G.C.D, présente le réaménagement du hall de la préfecture. Les "
                "études sont faites ; le chantier durerait deux ans."
            ),
            paragraph(
                "M. le Secrétaire Général l'estime à un million d'euros environ, ce qui suppose un accord "
                "national. La réponse est proche. Si elle est bonne, le comité sera consulté sur les plans et le "
                "public sera reçu pendant les travaux dans des locaux provisoires."
            ),
            action("Associer le comité au projet de hall", due="dès que possible", owner="SGCD"),
            paragraph(
                "Mme ZYLBERAC annonce que la sous-préfecture de Pontargues cloisonnera ses guichets, pour la "
                "discrétion des usagers comme pour la sécurité des agents."
            ),
        ),
    ]


def network() -> list[dict]:
    return [
        section(
            heading("II/", "Le réseau France services, en complément des points d'accès numériques (PAN)"),
            paragraph(
                "Mme CASTARÉDA rappelle que les maisons France services (MFS) aident à tout ce qui ne relève pas des "
                "P.A.N : prestations familiales, santé, retraite, emploi, impôts... Les titres de séjour restent à la "
                "préfecture ; un agent de MFS peut en revanche indiquer la bonne porte."
            ),
        )
    ]


def discussion() -> list[dict]:
    return [
        section(page_break(), heading("", "LA PAROLE AUX PARTICIPANTS"), told_by_organisation()),
        section(
            heading("", "Clôture"),
            paragraph("Plus personne ne demandant la parole, il remercie chacun. La séance est levée à 11h 15."),
            paragraph("Mme CASTARÉDA reste joignable pour toute question sur l'un ou l'autre dispositif."),
        ),
    ]


def told_by_organisation() -> dict:
    welcome = remark(
        "Mme NANTHEUIL retient que les MFS ne remplacent pas le bureau du séjour.",
        organisation="Accueil et Droits des Bruyes",
    )
    slots = remark("Mme NANTHEUIL constate que les créneaux en ligne partent en quelques minutes.")
    discretion = remark("Mme NANTHEUIL se félicite que la discrétion soit un critère du futur hall.", "satisfaction")
    villages = remark(
        "M. YMONET prend acte de ces actions, mais ne les reconnaît pas dans les villages où il tient permanence : on "
        "y attend plusieurs mois une carte d'identité.",
        organisation="Familles des campagnes bruyaises",
    )
    return by_organisation(
        *(welcome, slots, discretion, villages),
        answer(
            "Mme BARRANDON précise qu'elles peuvent prendre un rendez-vous à la place de l'usager ; le réseau recevra "
            "la liste exacte de ce qu'il peut faire.",
            welcome,
        ),
        answer(
            "Mme BARRANDON y voit l'effet de reventes, contre lesquelles un contrôle est en place. Une urgence se "
            "traite toujours au guichet. Le renouvellement en ligne des récépissés, jugé obscur, sera réexaminé.",
            slots,
        ),
        answer(
            "M. le Secrétaire Général annonce une revue de toutes les étapes d'un dossier, menée avec le projet "
            "immobilier. Trop de demandes, dit-il, attendent des mois une pièce réclamée deux fois.",
            discretion,
        ),
        answer(
            "M. le Secrétaire Général répond que cette mission est passée aux communes, qui peinent à recruter. Il "
            "entend l'objection et veut resserrer le maillage : seize MFS sont ouvertes, trop peu encore au sud du "
            "département.",
            villages,
        ),
    )
