"""A form acts once, however often it is posted.

Each acting form carries an operation id. Its row in `Act` is inserted before anything else is
done, so a second post of the same form waits for the first and then gets the first one's answer.
"""

import hashlib
import json
from collections.abc import Callable
from dataclasses import asdict, dataclass
from uuid import UUID

from django.core.serializers.json import DjangoJSONEncoder
from django.db import IntegrityError, InterfaceError, OperationalError, transaction

from innovation_pool.audit.models import Act
from innovation_pool.written import update


@dataclass(frozen=True)
class Answer:
    """Where to go after an act, and what to say there. `level` is good, warn or bad.

    `link` is an address that the message ends with, in the words `link_words`.
    """

    url: str
    message: str = ""
    level: str = "good"
    link: str = ""
    link_words: str = ""


class OtherContent(Exception):
    """The same operation id came with other content. `act` is what was done the first time."""

    def __init__(self, act: Act):
        super().__init__(str(act.operation))
        self.act = act

    @property
    def answer(self) -> Answer:
        return Answer(**self.act.answer)


class Unsure(OperationalError):
    """The database went away while the act was being committed: it is done whole, or not at all."""


def digest_of(act: str, by, typed: dict) -> str:
    """What makes two posts the same: the act, the person and what was typed. No tokens, no figures shown."""
    content = json.dumps([act, by.pk, typed], cls=DjangoJSONEncoder, sort_keys=True, ensure_ascii=True)
    return hashlib.sha256(content.encode("ascii")).hexdigest()


def perform_once(operation: UUID, *, by, act: str, typed: dict, run: Callable[[], Answer]) -> Answer:
    """Runs `run` in one transaction, or gives the answer it gave before.

    Raises OtherContent when the operation id was used for something else. A refusal raised by
    `run` undoes everything, the claim on the id too, so the mended form can be posted again. Raises
    Unsure when nobody can know: the same form, sent again, then does it or gives the answer it gave.
    """
    digest = digest_of(act, by, typed)
    committing = False
    try:
        with transaction.atomic():
            # The claim comes first: were it written last, two posts could both do the work.
            claim = _claim(operation, act, by, digest)
            answer = run()
            claim.answer = asdict(answer)
            update(claim, "answer")
            committing = True
        return answer
    except (OperationalError, InterfaceError) as error:
        if committing:
            raise Unsure(*error.args) from error
        raise
    except _AlreadyDone:
        done = Act.objects.get(operation=operation)
    if done.digest != digest:
        raise OtherContent(done)
    return Answer(**done.answer)


class _AlreadyDone(Exception):
    pass


def _claim(operation, act, by, digest) -> Act:
    if Act.objects.filter(operation=operation).exists():
        raise _AlreadyDone
    claim = Act(operation=operation, name=act, by=by, digest=digest)
    try:
        with transaction.atomic():
            claim.save(force_insert=True)
    except IntegrityError as error:
        raise _AlreadyDone from error
    return claim
