"""Standard sentences of the invented préfectures: how a référent might open, pass a turn and close a meeting."""

SENTENCES = (
    ("Ouverture", "La séance est ouverte à … h sous la présidence de …, qui remercie chacun d'être venu."),
    ("Approbation du compte-rendu précédent", "Le compte-rendu de la réunion du … est approuvé sans remarque."),
    ("Tour de table", "Un tour de table est proposé. Chacun se présente et dit ce qu'il attend de la réunion."),
    ("Réponse à venir", "La préfecture n'a pas la réponse en séance. Elle sera jointe au prochain compte-rendu."),
    (
        "Clôture",
        "L'ordre du jour étant épuisé, la séance est levée à … h.\nLa prochaine réunion se tiendra le …",
    ),
)
