"""D07: what must never be false is refused by the database, whoever writes."""

import pytest
from django.db import IntegrityError, connection, transaction

from clu_portal.organisations.models import PrefectureSettings
from clu_portal.organisations.tests.factories import ClosingDayFactory
from clu_portal.tests.factories import OrganisationFactory, PersonFactory, ServiceFactory, SiteFactory

BROKEN = {
    "person_civility": "UPDATE organisations_person SET civility = 'autre'",
    "organisation_family": "UPDATE organisations_organisation SET family = 'autre chose'",
    "site_zone": "UPDATE organisations_site SET zone = 'lune'",
    "good_friday_in_alsace_moselle_only": "UPDATE organisations_site SET good_friday = true",
    "closing_ends_after_it_starts": "UPDATE organisations_closingday SET ends_on = starts_on - 1",
    "validity_of_a_day_at_least": "UPDATE organisations_prefecturesettings SET link_validity_days = 0",
    "draft_image_dpi_in_range": "UPDATE organisations_prefecturesettings SET draft_image_dpi = 1000",
    "prefecture_theme": "UPDATE organisations_prefecture SET theme = 'rose'",
    "prefecture_gender": "UPDATE organisations_prefecture SET authority_gender = ''",
    "one_site_per_name": "UPDATE organisations_site SET name = 'même nom'",
    "one_service_per_name": "UPDATE organisations_service SET name = 'même nom'",
    "one_organisation_per_name": "UPDATE organisations_organisation SET name = 'même nom'",
}


@pytest.mark.parametrize(("constraint", "statement"), BROKEN.items(), ids=list(BROKEN))
def test_D07_direct_sql_is_refused(constraint, statement, prefecture):
    for make in (SiteFactory, ServiceFactory, OrganisationFactory, PersonFactory):
        make.create_batch(2)
    ClosingDayFactory()
    PrefectureSettings.objects.create()
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
