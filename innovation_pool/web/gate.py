"""Every page is private unless its view says otherwise, and whoever was signed out keeps what was typed."""

from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.http import Http404, HttpResponse
from django.utils.translation import gettext_lazy as _

from innovation_pool.accounts.forms import SignInForm
from innovation_pool.web.kept_post import kept_from, kept_page


class SignedInOnly(LoginRequiredMiddleware):
    """Django's own, but for a post: that one is kept, with a sign-in under it."""

    def process_view(self, request, view_func, view_args, view_kwargs):
        if "\0" in request.path:
            # No row has it in its name, and PostgreSQL cannot even be asked for it.
            raise Http404
        return super().process_view(request, view_func, view_args, view_kwargs)

    def handle_no_permission(self, request, view_func):
        kept = kept_from(request)
        if kept is None:
            if request.headers.get("HX-Request") == "true":
                # Part of a page: the whole page is loaded anew, and that one leads to the sign-in.
                return HttpResponse(status=403, headers={"HX-Refresh": "true"})
            return super().handle_no_permission(request, view_func)
        return kept_page(
            request,
            kept,
            title=_("You were signed out"),
            why=_("Nothing is lost. Sign in, and send what you typed."),
            status=403,
            bare=True,
            sign_in=SignInForm(request=request),
        )
