import threading
from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.utils import timezone

from clu_portal.accounts import tokens
from clu_portal.accounts.enums import TokenPurpose
from clu_portal.accounts.models import AccessToken
from clu_portal.tenancy import scope
from clu_portal.tests.factories import PrefectureFactory

SIGN_IN, INVITATION = TokenPurpose.MEMBER_SIGN_IN, TokenPurpose.INVITATION


def make(purpose=SIGN_IN, days=1, object_reference="person:12") -> str:
    expires_at = timezone.now() + timedelta(days=days)
    return tokens.create_token(purpose=purpose, object_reference=object_reference, expires_at=expires_at)


def find(raw: str, *purposes: str) -> AccessToken:
    return tokens.find(tokens.hash_token(raw), *purposes)


def refused(function, *args) -> str:
    with pytest.raises(ValidationError) as refusal:
        function(*args)
    assert refusal.value.messages == [tokens.REFUSAL]
    return refusal.value.code


def test_A07_token_is_long_random_and_stored_hashed(prefecture):
    raw = make()
    stored = AccessToken.objects.get()
    assert len(raw) == 43  # 256 bits
    assert raw != make()
    assert stored.token_hash == tokens.hash_token(raw)
    assert raw not in {str(value) for value in vars(stored).values()}


def test_find_returns_the_token_of_its_prefecture(prefecture):
    token = find(make(), SIGN_IN)
    assert (token.prefecture, token.object_pk, token.purpose) == (prefecture, 12, SIGN_IN)


@pytest.mark.parametrize("purpose", [SIGN_IN, INVITATION])
@pytest.mark.parametrize("case", ["expired", "used", "other_purpose", "unknown"])
def test_A07_each_purpose_refuses_each_case(prefecture, purpose, case):
    raw = make(purpose, days=-1 if case == "expired" else 1)
    asked = (INVITATION if purpose == SIGN_IN else SIGN_IN) if case == "other_purpose" else purpose
    if case == "used":
        tokens.spend(find(raw, purpose))
    assert refused(find, "x" * 43 if case == "unknown" else raw, asked) == case


def test_A07_other_letter_case_is_unknown(prefecture):
    assert refused(find, make().swapcase(), SIGN_IN) == "unknown"


def test_spend_twice_is_refused(prefecture):
    token = find(make(), SIGN_IN)
    tokens.spend(token)
    assert refused(tokens.spend, token) == "used"


def test_spend_after_the_end_is_refused(prefecture):
    token = find(make(), SIGN_IN)
    AccessToken.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    assert refused(tokens.spend, token) == "expired"


def test_withdraw_makes_the_waiting_tokens_of_one_object_useless(prefecture):
    raw, other = make(), make(object_reference="person:13")
    assert tokens.withdraw("person:12") == 1
    assert refused(find, raw, SIGN_IN) == "used"
    assert find(other, SIGN_IN)


def test_withdraw_leaves_the_same_reference_of_another_prefecture(prefecture):
    with scope(PrefectureFactory().pk):
        raw = make()
    assert tokens.withdraw("person:12") == 0
    assert find(raw, SIGN_IN)


def make_code(link: str, reference: str = "person:12") -> str:
    return tokens.create_code(object_reference=reference, expires_at=timezone.now() + timedelta(minutes=15), link=link)


def test_code_is_hashed_with_a_key_and_its_object(prefecture):
    code = make_code(make())
    assert len(code) == tokens.CODE_LENGTH
    assert set(code) <= set(tokens.CODE_LETTERS)
    assert tokens.find(tokens.hash_code(code, "person:12"), TokenPurpose.MEMBER_CODE)
    assert refused(tokens.find, tokens.hash_code(code, "person:13"), TokenPurpose.MEMBER_CODE) == "unknown"


def test_code_may_be_typed_in_small_letters_with_a_dash(prefecture):
    code = make_code(make())
    typed = f" {code[:4].lower()}-{code[4:].lower()} "
    assert tokens.find(tokens.hash_code(typed, "person:12"), TokenPurpose.MEMBER_CODE)


@pytest.mark.parametrize("spent", ["link", "code"])
def test_link_and_code_of_one_mail_are_spent_together(prefecture, spent):
    raw = make()
    code = make_code(raw)
    hashes = {"link": tokens.hash_token(raw), "code": tokens.hash_code(code, "person:12")}
    tokens.spend(AccessToken.objects.get(token_hash=hashes[spent]))
    assert AccessToken.objects.filter(used_at__isnull=False).count() == 2


@pytest.mark.django_db(transaction=True)
def test_A07_two_posts_at_once_spend_once():
    with scope(PrefectureFactory().pk):
        token = find(make(), SIGN_IN)
    barrier, outcomes = threading.Barrier(8), []

    def spend():
        barrier.wait()
        try:
            tokens.spend(token)
            outcomes.append("spent")
        except ValidationError as refusal:
            outcomes.append(refusal.code)
        finally:
            connection.close()

    threads = [threading.Thread(target=spend) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["spent", *["used"] * 7]
