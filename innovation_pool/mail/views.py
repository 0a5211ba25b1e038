"""What waits in the outbox: drafts for the secretariat, and everyone's own mails."""

from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from innovation_pool.audit.acts import Answer
from innovation_pool.mail import outbox
from innovation_pool.mail.forms import MendForm, ReleaseForm
from innovation_pool.mail.models import OutboxMail
from innovation_pool.permissions import Action, may, require
from innovation_pool.web.operation_form import answer_once

SHOWN = 50
PER_PAGE = 10


def mail_list(request):
    """Drafts to release and what is on its way, for the secretariat; and the mails to oneself."""
    return _listed(request, ReleaseForm())


def mail_release(request):
    """Lets the ticked drafts go, or keeps them from going."""
    require(request.user, Action.RELEASE_MAIL)
    form = ReleaseForm(request.POST or None)
    keep = "cancel" in request.POST
    if request.method == "POST" and form.is_valid():

        def run():
            mails = form.cleaned_data["mails"]
            count = (outbox.cancel if keep else outbox.release)(mails, by=request.user)
            return Answer(reverse("mail:mail-list"), _told(count, keep))

        act = "cancel mail" if keep else "release mail"
        answer = answer_once(request, form, act, run)
        if answer:
            return answer
    return _listed(request, form)


def mail_mend(request, pk):
    """Changes the words of one draft."""
    require(request.user, Action.RELEASE_MAIL)
    mail = get_object_or_404(OutboxMail, pk=pk, state=OutboxMail.State.DRAFT)
    form = MendForm(request.POST or None, initial={"subject": mail.subject, "body": mail.body})
    if request.method == "POST" and form.is_valid():

        def run():
            outbox.mend(
                mail, subject=form.cleaned_data["subject"], body=form.cleaned_data["body"], by=request.user
            )
            return Answer(reverse("mail:mail-list"), _("The mail is changed. It has not left yet."))

        answer = answer_once(request, form, "mend mail", run)
        if answer:
            return answer
    return render(request, "mail/mail_mend.html", {"mail": mail, "form": form})


def _listed(request, form):
    mails = OutboxMail.objects.select_related("person").order_by("-id")
    releases = may(request.user, Action.RELEASE_MAIL)
    own = Paginator(mails.filter(person=request.user).exclude(state=OutboxMail.State.DRAFT), PER_PAGE)
    page = own.get_page(request.GET.get("page"))
    context = {
        "form": form,
        "releases": releases,
        "drafts": mails.filter(state=OutboxMail.State.DRAFT) if releases else (),
        "waiting": mails.filter(state=OutboxMail.State.WAITING)[:SHOWN] if releases else (),
        "page": page,
        "numbers": own.get_elided_page_range(page.number),
    }
    return render(request, "mail/mail_list.html", context)


def _told(count: int, kept: bool) -> str:
    if kept:
        return ngettext("%(count)d mail will not be sent.", "%(count)d mails will not be sent.", count) % {
            "count": count
        }
    return ngettext("%(count)d mail is on its way.", "%(count)d mails are on their way.", count) % {
        "count": count
    }
