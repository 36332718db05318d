"""The structure of the PDF of each sample of node_samples.py, as clu_portal/lib/tests/pdf_structure.py writes it."""

STRUCTURES = {
    "section": """
P Texte.
""",
    "heading": """
H2 3) Délais
H3 Détail
H4 Fin
""",
    "paragraph": """
P Une phrase.
P Une autre.
""",
    "list": """
L
  LI
    LBody
      P – un
  LI
    LBody
      P 1°) deux
""",
    "list_item": """
L
  LI
    LBody
      P – un
      L
        LI
          LBody
            P a) deux
            L
              LI
                LBody
                  P ➔ trois
""",
    "table": """
Table
  Caption Titre
  TBody
    TR
      TD a
      TD b
    TR
      TD c
      TD d
""",
    "table_row": """
Table
  THead
    TR
      TH[Column] Mois
      TH[Column] Taux
  TBody
    TR
      TD mai
      TD – de 2 %
""",
    "table_header": """
Table
  THead
    TR
      TD
      TH[Column] 2026
  TBody
    TR
      TH[Row] Mai
      TD 80 %
""",
    "table_cell": """
Table
  THead
    TR
      TH[Column] Mois
      TH[Column] Taux
  TBody
    TR
      TD mai
      TD 1
      TD 2
    TR
      TD 3
      TD
""",
    "heading:run_in": """
Div
  H2 Par un accueil attentif :
  P l’agent se lève.
""",
    "table:values": """
Table
  Caption Valeurs
  THead
    TR
      TH[Column] Délai
      TH[Column] Taux
  TBody
    TR
      TD 4 jours
      TD 9,3 %
""",
    "quotation": """
BlockQuote
  P Une phrase citée.
  P — Le référentiel
""",
    "separator": """
P Avant.
P *
P Après.
""",
    "page_break": """
P Avant.
Div
P Après.
""",
    "table_of_contents": """
  P Sommaire
  L
    LI
      LBody
        P table_of_contents 1
          Link table_of_contents
    LI
      LBody
        P 1) Un 1
          Link 1) Un
    LI
      LBody
        P Deux 1
          Link Deux
  H2 1) Un
  H3 Deux
""",
    "footnote": """
  P Un mot1 noté.
    Link 1
Div
Note 1 La note.
""",
    "agenda": """
L
  LI
    LBody
      P 1. Accueil – Mme Odile Ferrandier
      L
        LI
          LBody
            P a) Le hall
  LI
    LBody
      P 2. Délais
""",
    "attendance": """
H2 Étaient présents
H3 Présents
L
  LI
    LBody Association : Mme A, trésorière
  LI
    LBody Mairie : M. B
H4 Experts
L
  LI
    LBody M. C
H3 Excusée
L
  LI
    LBody Mme D
""",
    "attendance:two_columns": """
H3 Présents
Table
  TBody
    TR
      TH[Row] Mme A
      TD trésorière, Association
    TR
      TH[Row] M. B
      TD Mairie
H4 Experts
Table
  TBody
    TR
      TH[Row] M. C
      TD
H3 Excusée
Table
  TBody
    TR
      TH[Row] Mme D
      TD
""",
    "attendance:header_table": """
Table
  TBody
    TR
      TH[Row] Présidence
      TD
        P Mme Solène Vautrin, secrétaire générale
    TR
      TH[Row] Présents
      TD
        P Association : Mme A, trésorière
        P Mairie : M. B
        P Experts
        P M. C
    TR
      TH[Row] Excusée
      TD
        P Mme D
""",
    "attendance:side_by_side": """
H3 Présents
L
  LI
    LBody Association : Mme A, trésorière
  LI
    LBody Mairie : M. B
Div
  Div
    H4 Experts
    L
      LI
        LBody M. C
Div
  Div
    H3 Excusée
    L
      LI
        LBody Mme D
""",
    "attendance:college_table": """
H3 Usagers
Table
  THead
    TR
      TH[Column] Membre
      TH[Column] Organisme et fonction
  TBody
    TR
      TH[Row] Mme A
      TD trésorière, Association
    TR
      TH[Row] Mme D (excusée)
      TD
H3 Élus
Table
  THead
    TR
      TH[Column] Membre
      TH[Column] Organisme et fonction
  TBody
    TR
      TH[Row] M. B
      TD Mairie
H3 Experts
Table
  THead
    TR
      TH[Column] Membre
      TH[Column] Organisme et fonction
  TBody
    TR
      TH[Row] M. C
      TD
""",
    "attendance:three_columns": """
H3 Présents
Table
  THead
    TR
      TH[Column] Nom
      TH[Column] Fonction
      TH[Column] Organisme
  TBody
    TR
      TD Mme A
      TD trésorière
      TD Association
    TR
      TD M. B
      TD
      TD Mairie
H4 Experts
Table
  THead
    TR
      TH[Column] Nom
      TH[Column] Fonction
      TH[Column] Organisme
  TBody
    TR
      TD M. C
      TD
      TD
H3 Excusée
Table
  THead
    TR
      TH[Column] Nom
      TH[Column] Fonction
      TH[Column] Organisme
  TBody
    TR
      TD Mme D
      TD
      TD
""",
    "attendance:none": "",
    "signature_block": """
Div
  P Pour le préfet,
  Div
""",
    "signature_line": """
Div
  P signé
""",
    "exchange": """
Div
  P L’association observe :
  L
    LI
      LBody
        P – Les délais sont longs.
    LI
      LBody
        P – L’accueil est aimable.
  P Réponses apportées
  L
    LI
      LBody
        P – M. B, sur la 1re observation : Un guichet ouvre.
    LI
      LBody
        P – Sur la 2e observation : Merci.
""",
    "remark": """
Div
  L
    LI
      LBody
        P Mme A : Sans réponse.
        L
          LI
            LBody
              P – le lundi
""",
    "answer": """
Div
  L
    LI
      LBody
        P Une question.
  P Réponse apportée
  L
    LI
      LBody
        P – Oui.
""",
    "exchange:hidden": """
Div
  L
    LI
      LBody
        P Les délais sont longs.
    LI
      LBody
        P L’accueil est aimable.
  P Réponses apportées
  L
    LI
      LBody
        P – M. B : Un guichet ouvre.
    LI
      LBody
        P – Merci.
""",
    "exchange:by_organisation": """
Div
  H3 Familles du canton
  L
    LI
      LBody
        P Les délais sont longs.
    LI
      LBody
        P Un guichet ouvre.
  H3 Aidants réunis
  L
    LI
      LBody
        P L’accueil est aimable.
    LI
      LBody
        P Merci.
""",
    "decision": """
Div
  P Décision – les membres : Le projet est validé.
""",
    "action": """
Div
  P Action : Poser un panneau
  L
    LI
      LBody Responsable : la mairie
    LI
      LBody Échéance : mai 2027
    LI
      LBody État : proposée
""",
    "dossier": """
H3 Documents envoyés avant la réunion
L
  LI
    LBody Enquête
H3 Annexes
L
  LI
    LBody Diaporama
""",
    "annexes": """
L
  LI
    LBody Diaporama
""",
    "annexes:appended": """
L
  LI
    LBody Diaporama
""",
    "meeting_actions": """
  Table
    THead
      TR
        TH[Column] Action
        TH[Column] Responsable
        TH[Column] Échéance
        TH[Column] État
    TBody
      TR
        TH[Row] Poser un panneau
        TD la mairie
        TD mai 2027
        TD proposée
""",
    "previous_actions": """
  Table
    THead
      TR
        TH[Column] Action
        TH[Column] Responsable
        TH[Column] Échéance
        TH[Column] État
    TBody
      TR
        TH[Row] Ouvrir le samedi
        TD
        TD
        TD engagée
""",
    "quorum": """
P Le quorum est atteint. La moitié des sièges.
""",
    "votes": """
L
  LI
    LBody Affiche : Adopté.
""",
    "hard_break": """
P Une ligne, une autre.
""",
    "text": """
P Du texte.
""",
    "bold": """
P Un mot fort.
""",
    "italic": """
P Un mot penché.
""",
    "superscript": """
P Le 1er mai.
""",
    "link": """
P Voir le site.
  Link le site
""",
}
