"""A04: passwords made of the words of the account, of the portal, of the préfecture."""

import pytest
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from clu_portal.accounts.models import User
from clu_portal.accounts.passwords import is_made_of
from clu_portal.accounts.tests.helpers import sign_in
from clu_portal.tenancy import scope
from clu_portal.tests.factories import PASSWORD, PrefectureFactory, RoleFactory, UserFactory

CAMILLE = User(name="Camille Dubreuil", email="c.dubreuil@valmarche.example")


@pytest.mark.parametrize(
    ("password", "made_of"),
    [
        ("prefecture2026!", True),
        ("Préfecture-2026", True),
        ("portailclu2026", True),
        ("dubreuil75000!", True),
        ("dubreuilabcdefg", True),
        ("dubreuilabcdefgh", False),
        ("tournesol2026!", False),
        ("la préfecture des tournesols", False),
    ],
)
def test_A04_password_is_made_of_words_or_has_eight_letters_of_its_own(password, made_of):
    assert is_made_of(password, {"prefecture", "portail", "clu", "dubreuil"}) == made_of


def codes(password: str, user: User) -> set[str]:
    with pytest.raises(ValidationError) as refusal:
        validate_password(password, user)
    return {error.code for error in refusal.value.error_list}


@pytest.mark.parametrize(
    "password",
    [
        "Dubreuil-Camille-75!",
        "dubreuil-portail-2026",
        "clu-portail-1234",
        "Préfecture de Valmarche 2026",
        "Clairbourg-2026",
    ],
)
def test_A04_contextual_password_is_refused(prefecture, password):
    prefecture.name, prefecture.city = "Préfecture de la Valmarche", "Clairbourg"
    prefecture.save()
    assert "contextual_password" in codes(password, CAMILLE)


@pytest.mark.parametrize(
    "password", [PASSWORD, "Camille aime les tournesols", "xK7-vq9!Rt2pLm4z", "f" * 60 + " ok" * 22]
)
def test_A04_password_of_ones_own_is_accepted(prefecture, password):
    validate_password(password, CAMILLE)


def test_A04_words_of_the_prefectures_of_the_account_count_outside_their_pages(client, db):
    prefecture = PrefectureFactory(name="Préfecture de la Hautelande", city="Brumebourg")
    with scope(prefecture.pk):
        user = RoleFactory(kind="agent", user=UserFactory()).user
    sign_in(client, user)
    data = {"oldpassword": PASSWORD, "password1": "Brumebourg-2026", "password2": "Brumebourg-2026"}
    page = client.post("/compte/mot-de-passe/", data).content.decode()
    assert "Ce mot de passe se devine" in page
    assert User.objects.get(pk=user.pk).check_password(PASSWORD)


def test_A04_words_of_another_prefecture_are_free(prefecture):
    PrefectureFactory(city="Brumebourg")
    validate_password("Brumebourg-2026", CAMILLE)
