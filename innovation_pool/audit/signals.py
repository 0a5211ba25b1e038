"""Sign-ins and sign-outs go into the audit trail like every other act."""

from django.contrib.auth.signals import user_logged_in, user_logged_out
from django.dispatch import receiver

from innovation_pool.audit.trail import record


@receiver(user_logged_in)
def signed_in(sender, request, user, **kwargs):
    record("sign in", user, by=user)


@receiver(user_logged_out)
def signed_out(sender, request, user, **kwargs):
    # A session that had run out has no person left in it.
    if user is not None:
        record("sign out", user, by=user)
