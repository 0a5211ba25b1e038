"""The whole demo in one transaction: either all of it is there, or nothing.

That the history's pool is there means that the demo is; then nothing is added and nothing is changed,
whatever people have done since.
"""

from collections.abc import Callable

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.utils import translation

from businesscases.models import BusinessCase
from innovation_pool import clock
from innovation_pool.accounts.models import User
from innovation_pool.mail.models import OutboxMail
from pool.demo import desks, history, history_2021, living
from pool.demo.dates import moment, next_week
from pool.demo.form_011 import NUMBER
from pool.demo.foundations import lay_foundations
from pool.demo.people import PEOPLE
from pool.demo.stage import Stage
from pool.models import Pool

BEGUN = history.on("2019-10-01")


class TakenAlready(Exception):
    """The database has people of its own by the names of the demo's; the text names them."""


def is_seeded() -> bool:
    """Whether the demo is there already."""
    return Pool.objects.filter(number=NUMBER).exists()


def seed(say: Callable[[str], None]) -> bool:
    """Tells the demo; False when it was there already. `say` gets a line for each part.

    Raises TakenAlready in a database that is somebody's own.
    """
    if is_seeded():
        return False
    taken = User.objects.filter(username__in=[person.username for person in PEOPLE])
    if taken.exists():
        raise TakenAlready(", ".join(taken.values_list("username", flat=True)))
    # What rules write for good is in the municipality's language, and so is the demo.
    with translation.override(settings.LANGUAGE_CODE), transaction.atomic():
        with clock.at(moment(BEGUN)):
            ground = lay_foundations()
        say(f"{User.objects.count()} personer, områder, mål, høringsparter og satser")
        past = Stage(ground, [], {})
        today = clock.today()
        days = living.Calendar(today)
        # One story: the same script and the same names, so that all steps come in the order of time.
        present = Stage(ground, past.script, past.cases)
        history.tell_2020(past)
        history_2021.tell_2021(past)
        meeting = next_week(today)
        living.tell_the_pool(present, days)
        living.tell_rounds(present, days, meeting)
        living.tell_first_round(present, days)
        living.tell_projects(present, days)
        living.tell_second_round(present, days)
        desks.tell_open_round(present, days)
        desks.tell_hearings(present, days)
        desks.tell_next_meeting(present, days, meeting)
        steps = past.play()
        _send_what_was_due()
        say(f"{BusinessCase.objects.count()} businesscases i {Pool.objects.count()} puljer, {steps} trin")
    return True


def _send_what_was_due() -> None:
    """The mails of the story have left; the drafts of the last meeting wait for the secretariat."""
    waiting = OutboxMail.objects.filter(state=OutboxMail.State.WAITING)
    waiting.update(state=OutboxMail.State.SENT, sent_at=F("created_at"), attempts=1)
