"""How the documents of a préfecture are laid out: a row of its own."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("organisations", "0004_corbeille"),
    ]

    operations = [
        migrations.CreateModel(
            name="DocumentLayout",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "brand",
                    models.CharField(
                        choices=[
                            ("none", "aucun"),
                            ("neutral", "bloc neutre"),
                            (
                                "state",
                                "bloc-marque de l'État, avec la Marianne (préfectures et services de l'État seulement)",
                            ),
                        ],
                        default="none",
                        max_length=12,
                        verbose_name="bloc de marque",
                    ),
                ),
                (
                    "motto",
                    models.TextField(
                        blank=True,
                        help_text="En italique sous l'autorité, une ligne par ligne imprimée.",
                        verbose_name="devise du bloc neutre",
                    ),
                ),
                (
                    "authority_place",
                    models.CharField(
                        choices=[
                            ("above", "au-dessus de l'en-tête"),
                            ("under", "sous l'en-tête"),
                            ("none", "non imprimée"),
                        ],
                        default="under",
                        help_text="Dans un bloc de marque, l'autorité est toujours en haut.",
                        max_length=12,
                        verbose_name="place de la ligne d'autorité",
                    ),
                ),
                ("authority_capitals", models.BooleanField(default=False, verbose_name="autorité en capitales")),
                (
                    "authority_broken",
                    models.BooleanField(
                        default=False,
                        help_text="Avant « de », « du », « des » et « d' ».",
                        verbose_name="autorité coupée en lignes",
                    ),
                ),
                (
                    "letterhead",
                    models.TextField(blank=True, help_text="Une ligne par ligne imprimée.", verbose_name="en-tête"),
                ),
                (
                    "names_prefecture",
                    models.BooleanField(
                        default=True,
                        help_text="Sans effet avec un bloc de marque, qui dit déjà l'autorité.",
                        verbose_name="en-tête vide : imprimer le nom de la préfecture",
                    ),
                ),
                (
                    "services",
                    models.TextField(
                        blank=True,
                        help_text="Sous l'en-tête, ou après la date. Une ligne par ligne imprimée.",
                        verbose_name="service émetteur",
                    ),
                ),
                (
                    "header_text",
                    models.CharField(
                        blank=True,
                        help_text="Facultatif, en petit.",
                        max_length=120,
                        verbose_name="texte en haut de chaque page",
                    ),
                ),
                (
                    "head_order",
                    models.CharField(
                        choices=[
                            ("letter", "en-tête, suivi, lieu et date, références, titre"),
                            ("title_first", "titre, lieu et date, en-tête, suivi, références"),
                            ("date_first", "en-tête, lieu et date, service, références, suivi, titre"),
                        ],
                        default="letter",
                        max_length=12,
                        verbose_name="ordre de l'en-tête",
                    ),
                ),
                (
                    "short_date",
                    models.BooleanField(
                        default=False,
                        help_text="« 05/04/26 » au lieu de « Clairbourg, le 5 avril 2026 ».",
                        verbose_name="date courte",
                    ),
                ),
                (
                    "contact_label",
                    models.CharField(
                        blank=True,
                        help_text="Tel qu'imprimé, deux-points compris ou non : « Affaire suivie par : ».",
                        max_length=60,
                        verbose_name="intitulé du suivi",
                    ),
                ),
                (
                    "contact_agents",
                    models.TextField(
                        blank=True,
                        help_text="Un par ligne, ou plusieurs sur une ligne : « A. Martin / B. Durand ».",
                        verbose_name="agents",
                    ),
                ),
                (
                    "contact_details",
                    models.TextField(
                        blank=True,
                        help_text="Une ligne par ligne imprimée. « Tél : 01 02 03 04 05 ».",
                        verbose_name="téléphones et messagerie",
                    ),
                ),
                (
                    "drafters",
                    models.TextField(
                        blank=True,
                        help_text="Une ligne par ligne imprimée. « Rédigé par : … ». Proposé à chaque nouveau compte-rendu, où cela se change encore.",
                        verbose_name="rédaction",
                    ),
                ),
                (
                    "reference_lines",
                    models.TextField(
                        blank=True,
                        help_text="Une ligne par mention, intitulé compris : « Objet : … », « Réf. : … ». {comité}, {date} et {jour} sont remplacés par ceux de la réunion.",
                        verbose_name="objet et références",
                    ),
                ),
                (
                    "title_form",
                    models.CharField(
                        choices=[
                            ("bold", "en gras, une ou deux lignes"),
                            ("table", "en grand, dans un tableau d'en-tête avec la date et le suivi"),
                            ("capitals", "en capitales, sans gras"),
                            ("object", "la ligne d'objet seule"),
                        ],
                        default="bold",
                        help_text="Proposé à chaque nouveau compte-rendu, où cela se change encore.",
                        max_length=12,
                        verbose_name="forme du titre",
                    ),
                ),
                (
                    "title_lines",
                    models.TextField(
                        blank=True,
                        help_text="Une ligne par ligne imprimée. {comité}, {date} et {jour} sont remplacés par ceux de la réunion. Vide : le comité, puis « Compte-rendu de la réunion du… ».",
                        verbose_name="titre",
                    ),
                ),
                (
                    "page_mark",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("", "aucun"),
                            ("fraction", "1/4, 2/4…"),
                            ("continues", ".../... sauf sur la dernière page"),
                            ("page-of", "Page 1 sur 4"),
                        ],
                        default="page-of",
                        help_text="Proposé à chaque nouveau compte-rendu, où cela se change encore.",
                        max_length=12,
                        verbose_name="repère de page",
                    ),
                ),
                (
                    "signature_authority",
                    models.CharField(
                        blank=True,
                        help_text="« La préfète, ». Vide : pas de ligne.",
                        max_length=160,
                        verbose_name="autorité qui signe",
                    ),
                ),
                (
                    "delegation_formula",
                    models.CharField(
                        blank=True,
                        help_text="« Pour la préfète, et par délégation, », « P/La Préfète ».",
                        max_length=200,
                        verbose_name="formule de délégation",
                    ),
                ),
                (
                    "signature_office",
                    models.CharField(
                        blank=True,
                        help_text="Accordée : « La secrétaire générale, ».",
                        max_length=160,
                        verbose_name="fonction de qui signe",
                    ),
                ),
                (
                    "signature_by_hand",
                    models.BooleanField(default=False, verbose_name="laisser la place d'une signature à la main"),
                ),
                (
                    "signature_mention",
                    models.CharField(
                        blank=True,
                        help_text="« signé ». Vide : pas de mention.",
                        max_length=60,
                        verbose_name="mention",
                    ),
                ),
                ("signature_name", models.CharField(blank=True, max_length=160, verbose_name="nom de qui signe")),
                (
                    "prefecture",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organisations.prefecture",
                        verbose_name="préfecture",
                    ),
                ),
            ],
            options={
                "verbose_name": "mise en page des documents",
                "abstract": False,
                "base_manager_name": "objects",
                "constraints": [
                    models.UniqueConstraint(fields=("prefecture",), name="one_layout_per_prefecture"),
                    models.CheckConstraint(
                        condition=models.Q(("brand__in", ["none", "neutral", "state"])), name="layout_brand"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("authority_place__in", ["above", "under", "none"])),
                        name="layout_authority",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("head_order__in", ["letter", "title_first", "date_first"])),
                        name="layout_head_order",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("title_form__in", ["bold", "table", "capitals", "object"])),
                        name="layout_title_form",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("page_mark__in", ["", "fraction", "continues", "page-of"])),
                        name="layout_page_mark",
                    ),
                ],
            },
        ),
    ]
