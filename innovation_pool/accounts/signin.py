"""Signing in, which may carry a post that was kept while its writer was signed out."""

from allauth.account.views import LoginView
from django.contrib.auth.decorators import login_not_required
from django.utils.decorators import method_decorator
from django.utils.translation import gettext_lazy as _

from innovation_pool.web.kept_post import CARRIED_FIELD, KeptPost, kept_from, kept_page


class SignInView(LoginView):
    """allauth's sign-in. With a kept post it ends on that, not on the front page."""

    @property
    def kept(self) -> KeptPost | None:
        carries = self.request.method == "POST" and CARRIED_FIELD in self.request.POST
        return kept_from(self.request) if carries else None

    @method_decorator(login_not_required)
    def dispatch(self, request, *args, **kwargs):
        # Signed in already, in another tab.
        if request.user.is_authenticated and self.kept:
            return self._send_again()
        return super().dispatch(request, *args, **kwargs)

    def form_valid(self, form):
        response = super().form_valid(form)
        if self.kept is None:
            return response
        if self.request.user.is_authenticated:
            return self._send_again()
        # A second factor, say: that goes on in a tab of its own, so this page can be kept.
        return kept_page(
            self.request,
            self.kept,
            title=_("One more step to sign in"),
            why=_("Finish signing in in a new tab, come back here, and send what you typed."),
            status=200,
            bare=True,
            elsewhere=response.url,
        )

    def form_invalid(self, form):
        if self.kept is None:
            return super().form_invalid(form)
        title, why = _("You were signed out"), _("Nothing is lost. Sign in, and send what you typed.")
        return kept_page(self.request, self.kept, title=title, why=why, status=200, bare=True, sign_in=form)

    def _send_again(self):
        title, why = _("You are signed in"), _("Here is what you typed. Send it again.")
        return kept_page(self.request, self.kept, title=title, why=why, status=200)
