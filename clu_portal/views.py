from django.http import HttpResponse


def home(request):
    return HttpResponse("accueil")


def prefecture_home(request, prefecture):
    return HttpResponse("accueil de la préfecture")


def csrf_failure(request, reason=""):
    return HttpResponse("csrf", status=403)
