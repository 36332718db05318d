"""The main job while a worker is killed, the broker emptied or away: everything ends done, once (M05, M11, R05)."""

import threading

import pytest
from playwright.sync_api import Page

from clu_portal.files.models import RenderingTicket
from clu_portal.mail.models import MailTicket
from clu_portal.mail.tests.factories import age_doubts
from clu_portal.tests.browser import PHONE
from clu_portal.tests.processes import wait_until
from clu_portal.tests.running_portal import RunningPortal
from committees.minutes.models import Minutes
from committees.tests import main_job
from committees.tests.done_once import assert_done_once
from committees.tests.ready_made import drafted

pytestmark = pytest.mark.browser
PATIENCE_SECONDS = 120


@pytest.fixture
def minutes(live_office) -> Minutes:
    return drafted(live_office)


@pytest.fixture
def job(running_portal, live_office, visitors, minutes):
    return Job(running_portal, live_office, visitors, minutes)


class Job:
    """The same minutes taken step by step to their member."""

    def __init__(self, portal: RunningPortal, office, visitors, minutes: Minutes):
        self.portal, self.office, self.minutes = portal, office, minutes
        self.referent: Page = visitors.open(self.page, user=office.referent)
        self.secretary: Page = visitors.open(user=office.secretary_general, viewport=PHONE)

    @property
    def page(self) -> str:
        return self.office.path(f"comptes-rendus/{self.minutes.pk}/")

    def submit(self) -> None:
        main_job.submit(self.referent)

    def approve(self) -> None:
        main_job.approve(self.secretary, self.office, self.minutes)

    def wait_sealed(self) -> None:
        main_job.wait_sealed(self.secretary)

    def distribute(self) -> None:
        main_job.distribute(self.referent, self.office, self.minutes)

    def wait_mail(self, number: int = 1) -> None:
        wait_until(lambda: len(self.portal.mails(self.office.address)) == number, seconds=PATIENCE_SECONDS)
        wait_until(lambda: self.mail_ticket().state == "sent", seconds=PATIENCE_SECONDS)

    def mail_ticket(self) -> MailTicket:
        return MailTicket.objects.get(prefecture=self.office.prefecture, kind="minutes_available")

    def ticket(self, kind: str) -> RenderingTicket:
        return RenderingTicket.objects.get(prefecture=self.office.prefecture, kind=kind)

    def kill_worker_at_work(self, kind: str) -> None:
        """Stop the worker once it holds this document, make sure that it still does, and kill it there."""
        tickets = RenderingTicket.objects.filter(prefecture=self.office.prefecture, kind=kind)
        wait_until(lambda: tickets.filter(state="claimed").exists(), seconds=PATIENCE_SECONDS, every=0.02)
        self.portal.freeze("worker")
        assert self.ticket(kind).state == "claimed"
        self.portal.kill("worker")

    def restart_worker(self) -> None:
        self.portal.start_process("worker")


def test_M05_worker_killed_while_it_draws_the_pages(job):
    job.submit()
    job.kill_worker_at_work("minutes_pdf")
    job.restart_worker()
    job.approve()
    job.wait_sealed()
    job.distribute()
    job.wait_mail()
    assert job.ticket("minutes_pdf").attempts == 2
    assert_done_once(job.portal, job.office, job.minutes)


@pytest.mark.long
def test_M05_worker_killed_while_it_seals(job):
    job.submit()
    job.approve()
    job.kill_worker_at_work("minutes_seal")
    job.restart_worker()
    job.wait_sealed()
    job.distribute()
    job.wait_mail()
    assert job.ticket("minutes_seal").attempts == 2
    assert_done_once(job.portal, job.office, job.minutes)


class Held:
    """Keeps the relay silent at one step, until the test lets it go on."""

    def __init__(self, relay, step: str):
        self.reached, self.released = threading.Event(), threading.Event()
        relay.on(step, self.hold)

    def hold(self, recipient: str) -> None:
        self.reached.set()
        self.released.wait(PATIENCE_SECONDS)


def distribute_and_kill(job: Job, step: str) -> None:
    """The worker is killed while the relay, at this step, has not answered."""
    held = Held(job.portal.relay, step)
    job.distribute()
    assert held.reached.wait(PATIENCE_SECONDS)
    job.portal.kill("worker")
    held.released.set()


@pytest.mark.long
def test_M05_worker_killed_before_the_body_left_sends_one_message(job):
    job.submit()
    job.approve()
    job.wait_sealed()
    distribute_and_kill(job, "data")
    assert job.portal.mails(job.office.address) == []
    job.restart_worker()
    job.wait_mail()
    assert_done_once(job.portal, job.office, job.minutes)


@pytest.mark.long
def test_M05_worker_killed_after_the_relay_took_the_message_announces_the_double(job):
    job.submit()
    job.approve()
    job.wait_sealed()
    distribute_and_kill(job, "accepted")
    assert job.mail_ticket().state == "committing"
    job.restart_worker()
    age_doubts()
    job.wait_mail(2)
    assert_done_once(job.portal, job.office, job.minutes, doubts=1)


@pytest.mark.long
def test_M11_broker_emptied_and_restarted_between_the_act_and_its_work(job):
    job.portal.freeze("worker")
    job.submit()
    job.portal.flush_broker()
    job.portal.broker.stop()
    job.portal.broker.start()
    job.portal.thaw("worker")
    job.approve()
    job.wait_sealed()
    job.portal.freeze("worker")
    job.distribute()
    job.portal.flush_broker()
    job.portal.thaw("worker")
    job.wait_mail()
    assert_done_once(job.portal, job.office, job.minutes)


@pytest.mark.long
def test_M11_broker_away_during_the_approval_pages_answer_and_work_resumes(job):
    job.submit()
    main_job.wait_pages(job.secretary, job.office, job.minutes)
    job.portal.broker.stop()
    job.approve()
    assert job.portal.health()["broker"] == "away"
    job.portal.broker.start()
    job.wait_sealed()
    job.distribute()
    job.wait_mail()
    assert_done_once(job.portal, job.office, job.minutes)
