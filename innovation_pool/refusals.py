"""What a rule raises when it says no.

A refusal is not a fault: it is an answer, one sentence a person can act on. Views show it
and give back everything that was typed.
"""


class Refusal(Exception):
    """A rule's no, with a translated sentence that says why and what can be done.

    `sentence` may be a lazy translation. `field` names the form field it concerns, when there is one.
    """

    def __init__(self, sentence, *, field: str | None = None):
        super().__init__(sentence)
        self.sentence = sentence
        self.field = field

    def __str__(self) -> str:
        return str(self.sentence)


class NotAllowed(Refusal):
    """The person's role, or their part in the case, keeps them out of this act."""


class TooLate(Refusal):
    """The thing has moved on since the page was shown; look at it as it is now."""


class Gone(Refusal):
    """What is asked for has been taken away for good."""
