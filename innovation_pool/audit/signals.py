"""Sign-ins, failed ones too, and sign-outs go into the audit trail like every other act."""

from allauth.account.signals import password_changed, password_reset
from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed
from django.db.models import Q
from django.dispatch import receiver

from innovation_pool.accounts.models import User
from innovation_pool.audit.trail import record


@receiver(user_logged_in)
def signed_in(sender, request, user, **kwargs):
    record("sign in", user, by=user)


@receiver(user_logged_out)
def signed_out(sender, request, user, **kwargs):
    # A session that had run out has no person left in it.
    if user is not None:
        record("sign out", user, by=user)


@receiver(user_login_failed)
def failed(sender, credentials, request=None, **kwargs):
    """Somebody tried a known person's name with a wrong password. Unknown names are nobody's to trace."""
    name = credentials.get("username") or credentials.get("email") or ""
    person = User.objects.filter(Q(username__iexact=name) | Q(email__iexact=name)).first() if name else None
    if person is not None:
        record("failed sign in", person, by=None)


@receiver(password_changed)
@receiver(password_reset)
def new_password(sender, request, user, **kwargs):
    """A person gave themselves a new password, signed in or by a mail; an administrator's is a change."""
    record("change password", user, by=user)
