"""The territories whose legal holidays differ."""

from django.db.models import TextChoices


class Zone(TextChoices):
    """Where a site stands. The last four add no holiday of their own: theirs are entered as local closing days."""

    METROPOLE = "metropole", "Métropole"
    ALSACE_MOSELLE = "alsace_moselle", "Alsace-Moselle"
    GUADELOUPE = "guadeloupe", "Guadeloupe"
    MARTINIQUE = "martinique", "Martinique"
    GUYANE = "guyane", "Guyane"
    LA_REUNION = "la_reunion", "La Réunion"
    MAYOTTE = "mayotte", "Mayotte"
    SAINT_BARTHELEMY = "saint_barthelemy", "Saint-Barthélemy"
    SAINT_MARTIN = "saint_martin", "Saint-Martin"
    SAINT_PIERRE_ET_MIQUELON = "saint_pierre_et_miquelon", "Saint-Pierre-et-Miquelon"
    POLYNESIE_FRANCAISE = "polynesie_francaise", "Polynésie française"
    NOUVELLE_CALEDONIE = "nouvelle_caledonie", "Nouvelle-Calédonie"
    WALLIS_ET_FUTUNA = "wallis_et_futuna", "Wallis-et-Futuna"
