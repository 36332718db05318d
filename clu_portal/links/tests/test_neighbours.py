import pytest

from clu_portal import offers
from clu_portal.accounts.enums import RoleKind
from clu_portal.links.models import Link, Relation
from clu_portal.links.neighbours import SEEN_FROM_THE_TARGET, links_of
from clu_portal.tests.factories import OrganisationFactory, SiteFactory, user_with_role


@pytest.fixture
def referent(prefecture):
    return user_with_role(RoleKind.REFERENT)


def test_links_are_read_from_both_ends(referent):
    site, organisation = SiteFactory(), OrganisationFactory()
    source, target = f"site:{site.pk}", f"organisation:{organisation.pk}"
    Link.objects.create(source=source, relation=Relation.GAVE_ACTION, target=target)
    assert [(line.relation, line.reference.label) for line in links_of(source, referent)] == [
        ("a donné l'action", organisation.name)
    ]
    assert [(line.relation, line.reference.label) for line in links_of(target, referent)] == [("vient de", site.name)]


def test_links_to_what_is_not_seen_are_left_out(referent):
    site = SiteFactory()
    for target in ("meeting:999999", "gone:1"):
        Link.objects.create(source=f"site:{site.pk}", relation=Relation.DISCUSSED_IN, target=target)
    assert links_of(f"site:{site.pk}", referent) == []


def test_links_cost_does_not_grow_with_their_number(referent, django_assert_num_queries):
    referent.has_role(RoleKind.REFERENT)
    for _ in range(3):
        Link.objects.create(source="meeting:1", relation=Relation.GAVE_ACTION, target=f"site:{SiteFactory().pk}")
    with django_assert_num_queries(1 + offers.references.items["site"].query_budget):
        assert len(links_of("meeting:1", referent)) == 3


def test_every_relation_is_worded_from_both_ends():
    assert set(SEEN_FROM_THE_TARGET) == set(Relation)
