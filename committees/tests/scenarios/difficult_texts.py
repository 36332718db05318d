"""Five texts of our own with the difficulties of real ones: what looks like a slip is meant, and must be printed so.

« # » and « ## » open a heading, « | » a row of a table (« ! | » one of headings), « ? » what opens an exchange, « = »
the title of its answers, « > » a line of the signature, two spaces a level of list. The rest is the text: labels and
markers as they were typed, **bold**, *italic*, ^superscript^.
"""

NESTED = """
# Introduction du comité
Madame la Secrétaire générale ouvre la séance (le hall, le parking, les guichets et l'espace numérique
# Présentation et interventions
## 1) *Les engagements retenue pour l'année*
– 30 points numériques, soit un par canton ;
– les agents n'agissent pas à la place de l'usager (mot de passe, compte bancaire, pièce d'identité, signature) ;
## 2) *Les réclamations et leurs suites*
– cinq sujets reviennent :
  ➔ attente trop longue : un second guichet le lundi ;
  ➔ confidentialité : le point numérique a changé d'étage ;
  ➔ pas d'eau dans le hall : une fontaine ;
  ➔ parking introuvable : un plan sur le site ;
  ➔ le mot « liasse » n'est pas compris : il sera remplacé ;
– cinq types de lettres :
  – l'accusé de réception ;
    – simple,
    – avec demande de pièces ;
  – la réponse d'attente.
# Clôture de la réunion
La prochaine réunion se tiendra au premier trimestre 2027. Le diaporama est annexé.
> La Préfète
> P/La Préfète
> La Secrétaire Générale
> signé
> Mathilde CORVASIER
"""

EXCHANGED = """
# Introduction :
L'ordre du jour était le suivant :
1. Le dispositif : généralités, module 1 et module 7
2. Le point d'appui
7. La prochaine réunion, après l'audit
8. Les questions
# 1 – Synthèse de la présentation :
- Depuis le 18 mai 2025, l'accueil se fait sur rendez-vous. L'agent à la loge remet une notice.
- « référents site » : un par service, désignés avant le 12 avril.
# 2 – Restitution des échanges :
? Mme Ysaline Roquebert (maire de Clairbourg et représentante de l'Association des maires) a formulé les observations :
- Le site est-il le même partout ?
- Il y a un parallèle avec le référentiel des communes.
- Merci.
= Réponses apportées
- L'architecture est commune.
- Un groupe de travail se réunit.
? M. Titouan Lescarret a posé la question suivante :
- Combien de temps le label vaut-il ?
= Réponse apportée
- 36 mois ; le renouvellement se demande vers le 34^e^.
# Conclusion :
Chacun peut encore écrire.
"""

RUN_IN = """
Le C.L.U et le C.L.A.C sont réunis. La D.D.E devait être représentée le 14 décembre.
*
# I/ Le label et ses suites
## 1°) Ce qui a été obtenu
Attribué le 1^er^ décembre par l'organisme, pour 3 ans : un module obligatoire, un module au choix.
## 2°) Ce qui reste
**Par voie d'affichage :** les horaires, sur https://www.valmarche.example/horaires et dans le hall.
**Par un accueil attentif :** l'agent se lève, salue, écoute.
**Par une écoute à distance :** le P.A.N se déplace une demi-journée par semaine.
.../...
# II/ LES PROJETS DE L'ANNÉE
Le hall (environ 1 M€, si les crédits sont obtenus), puis les 16 maisons – seize, en toutes lettres.
# TEMPS D'ECHANGES AVEC LES PARTICIPANTS
**Familles du canton :** trop d'attente.
Le secrétaire général comprend ; il lève la séance à 11h 15.
.../...
> Le secrétaire général,
>
> Edgar VALLOMBREUSE
"""

MISNUMBERED = """
# 1) L'accueil téléphonique
Réponse entre 5 et 8 sonneries, – de 2 % d'appels perdus (objectif : < 5 %), mesure faite le 1^er^ avril.
# 2) Les courriels
Entre 97 % et 100 % des réponses en moins de 5 jours, soit ± 3 points sur l'an passé.
# 3) Les titres
## a) Les cartes
Un délai de 15 à 20 jours ouvrés ; 2/3 des mairies équipées.
## a) Les passeports
# 3) Le référentiel, ses modules
! | Indicateur | Mars 2026 | 2026/2025
| Courriers | 93,3 % | + 2,1 pts
| Délai | 4 jours | – 1 jour
| Satisfaction | n.c. |
Absentes excusées : Mmes Aubrac, Estival et Vautrin.
# 4) Les questions diverses
Les membres valident, à l'unanimité des présents, les points 1) à 3).
"""

TICKED = """
# 1. La composition
Association des maires → un siège ; chambres consulaires → deux sièges ; « usagers » → quatre sièges.
# 2. Les réclamations
27 réclamations en 2025, 85 % traitées en 4 jours (objectif national : 80 % en 15 jours).
✓ banc à l'entrée ;
✓ boucle magnétique au guichet n° 3 ;
✓ affiche A3, puis A2.
# 3. Les enquêtes
! | Thème | Mai | Objectif
| Accueil | 91,5 % | 85 %
| Attente < 10 min | 78 % | 80 %
| Réponse aux appels | 5 sonneries | 5
# 3. Les enquêtes (suite)
1. relire les lettres ;
2. former deux agents ;
2. former deux agents (bis) ;
4. ouvrir le mardi soir :
  a) de 17 h à 19 h,
  a) sauf en août.
# 4. La suite
Le rapport est remis "en séance" ; il n'est pas publié...
> Pour le préfet,
> La secrétaire générale
"""

TEXTS = {"nested": NESTED, "exchanged": EXCHANGED, "run_in": RUN_IN, "misnumbered": MISNUMBERED, "ticked": TICKED}
