from dataclasses import dataclass

import pytest
from playwright.sync_api import Page

from clu_portal.accounts.enums import RoleKind
from clu_portal.organisations.models import Prefecture
from clu_portal.tenancy import scope
from clu_portal.tests.browser import sign_in
from clu_portal.tests.factories import PersonFactory, PrefectureFactory, user_with_role
from committees.composition.models import College, Committee
from committees.meetings.models import Meeting
from committees.tests.factories import CommitteeFactory, MandateFactory, MeetingFactory, SeatFactory, referent


@dataclass
class Desk:
    """A référent signed in, in Chromium, in a préfecture with one committee."""

    page: Page
    prefecture: Prefecture
    committee: Committee
    address: str

    def scope(self):
        return scope(self.prefecture.pk)

    def open(self, path: str) -> Page:
        self.page.goto(f"{self.address}/{self.prefecture.slug}/{path}")
        return self.page

    def seat(self, wording: str, surname: str, civility: str = "madame", college: str = "") -> None:
        """A seat, and who holds it."""
        position, known = self.committee.seats.count() + 1, {"committee": self.committee, "wording": wording}
        if college:
            known["college"], _ = College.objects.get_or_create(committee=self.committee, label=college)
        seat = SeatFactory(position=position, **known)
        person = PersonFactory(civility=civility, given_name="", surname=surname)
        MandateFactory(seat=seat, person=person)

    def meeting(self, **known) -> Meeting:
        return MeetingFactory(committee=self.committee, **({"state": "convened"} | known))


@pytest.fixture
def desk(browser_page, live_server) -> Desk:
    prefecture = PrefectureFactory()
    with scope(prefecture.pk):
        committee = CommitteeFactory(name="Comité local des usagers")
        user = user_with_role(RoleKind.REFERENT)
    sign_in(browser_page, user, str(live_server))
    return Desk(browser_page, prefecture, committee, str(live_server))


@pytest.fixture
def by(prefecture):
    return referent()


@pytest.fixture
def meeting(prefecture):
    """A meeting of a committee with three seats held by women, and a vacant one."""
    meeting = MeetingFactory()
    for number, name in enumerate(("Aubert", "Brun", "Colin"), start=1):
        seat = SeatFactory(committee=meeting.committee, wording=f"Association {name}", position=number)
        MandateFactory(seat=seat, person=PersonFactory(civility="madame", given_name="", surname=name))
    SeatFactory(committee=meeting.committee, wording="Siège vacant", position=4)
    return meeting
