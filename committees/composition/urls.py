from django.urls import path

from clu_portal.organisations.imports.views import sheet_pages
from committees.composition.views import arretes, committees, drafts, mandates, parts, seats

urlpatterns = [
    path("comites/", committees.committee_list, name="committee_list"),
    *sheet_pages("composition", "composition", "composition"),
    path("comites/nouveau/", committees.committee_create, name="committee_create"),
    path("comites/types/", parts.committee_type_list, name="committee_type_list"),
    path("comites/types/nouveau/", parts.committee_type_create, name="committee_type_create"),
    path("comites/types/<int:pk>/modifier/", parts.committee_type_update, name="committee_type_update"),
    path("comites/types/<int:pk>/retirer/", parts.committee_type_remove, name="committee_type_remove"),
    path("comites/<int:pk>/", committees.committee_detail, name="committee_detail"),
    path("comites/<int:pk>/modifier/", committees.committee_update, name="committee_update"),
    path("comites/<int:pk>/renommer/", committees.committee_rename, name="committee_rename"),
    path("comites/<int:pk>/fusionner/", committees.committee_merge, name="committee_merge"),
    path("comites/<int:pk>/composition/", committees.committee_composition, name="committee_composition"),
    path("comites/<int:pk>/colleges/nouveau/", parts.college_create, name="college_create"),
    path("colleges/<int:pk>/modifier/", parts.college_update, name="college_update"),
    path("colleges/<int:pk>/retirer/", parts.college_remove, name="college_remove"),
    path(
        "composition/<str:part>/<int:pk>/<str:direction>/", parts.composition_part_move, name="composition_part_move"
    ),
    path("comites/<int:pk>/sieges/", seats.seat_list, name="seat_list"),
    path("comites/<int:pk>/sieges/nouveau/", seats.seat_create, name="seat_create"),
    path("sieges/<int:pk>/", seats.seat_detail, name="seat_detail"),
    path("sieges/<int:pk>/modifier/", seats.seat_update, name="seat_update"),
    path("sieges/<int:pk>/fin/", seats.seat_end, name="seat_end"),
    path("sieges/<int:pk>/retirer/", seats.seat_remove, name="seat_remove"),
    path("sieges/<int:pk>/nommer/", mandates.person_appoint, name="person_appoint"),
    path("mandats/<int:pk>/fin/", mandates.mandate_end, name="mandate_end"),
    path("mandats/<int:pk>/retirer/", mandates.mandate_remove, name="mandate_remove"),
    path("comites/<int:pk>/arretes/nouveau/", arretes.composition_act_create, name="composition_act_create"),
    path("arretes/<int:pk>/", arretes.composition_act_detail, name="composition_act_detail"),
    path("arretes/<int:pk>/modifier/", arretes.composition_act_update, name="composition_act_update"),
    path("arretes/<int:pk>/projets/", drafts.composition_drafts, name="composition_drafts"),
    path("arretes/<int:pk>/projets/<slug:name>.<slug:extension>", drafts.composition_draft, name="composition_draft"),
    path("arretes/<int:pk>/fichier/", arretes.composition_act_file, name="composition_act_file"),
]
