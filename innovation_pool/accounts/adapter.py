"""What allauth asks of us: nobody signs up, and people are throttled by their own address."""

from allauth.account.adapter import DefaultAccountAdapter
from django.utils.translation import gettext_lazy as _


class ClosedAccounts(DefaultAccountAdapter):
    """The administrator makes the accounts."""

    # One sentence for either half being wrong: which of them it was is nobody else's business.
    _mismatch = _("The user name or the password is not right. Try again.")
    error_messages = DefaultAccountAdapter.error_messages | {
        "username_password_mismatch": _mismatch,
        "email_password_mismatch": _mismatch,
        "too_many_login_attempts": _("There have been too many attempts. Wait five minutes, and try again."),
    }

    def is_open_for_signup(self, request) -> bool:
        return False

    def get_client_ip(self, request) -> str:
        """The address `web.proxies` found; behind a socket file without a proxy's word there is none."""
        return request.META.get("REMOTE_ADDR") or "0.0.0.0"

    def add_message(self, request, level, message_template=None, *args, **kwargs):
        """None for a sign-in or sign-out: the page one comes to says it. The others are shown."""
        if message_template in {"account/messages/logged_in.txt", "account/messages/logged_out.txt"}:
            return
        super().add_message(request, level, message_template, *args, **kwargs)
