"""Forms that act once: the hidden operation id, what was typed, and the answer after the act.

The id is made when the form is drawn and comes back with every post of it, so a double click, a
reload or eight parallel posts have one effect and one answer (`innovation_pool.audit.acts`).
"""

import hashlib
import uuid
from collections.abc import Callable, Mapping
from typing import Any

from django import forms
from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.db.models import Model, QuerySet
from django.forms.forms import DeclarativeFieldsMetaclass
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from innovation_pool.audit.acts import Answer, OtherContent, perform_once
from innovation_pool.drawn_widgets import DrawnHidden
from innovation_pool.refusals import NotAllowed, Refusal
from innovation_pool.web.refused import used_before

LEVELS = {"good": messages.SUCCESS, "warn": messages.WARNING, "bad": messages.ERROR}


class OperationField(forms.UUIDField):
    """The operation id. What is no id at all is answered with a new one, in a form that can be sent."""

    widget = DrawnHidden
    default_error_messages = {
        "required": _("The form had lost its number. Nothing was done; send it once more."),
        "invalid": _("The form had lost its number. Nothing was done; send it once more."),
    }

    def __init__(self, **kwargs):
        super().__init__(**{"initial": uuid.uuid4, **kwargs})

    def bound_data(self, data, initial):
        try:
            return str(uuid.UUID(str(data)))
        except ValueError:
            return str(uuid.uuid4())


class OperationForm(metaclass=DeclarativeFieldsMetaclass):
    """Mixed into a Form or ModelForm that acts; draw its hidden field with the others."""

    operation = OperationField()

    def typed(self) -> dict[str, Any]:
        """What was typed, as plain values, without the operation id: what makes two posts the same."""
        return typed_values(self.cleaned_data)


def typed_values(cleaned: Mapping[str, Any]) -> dict[str, Any]:
    """Cleaned values as what the digest of an act can be made of; also for the forms of a formset."""
    return {name: _plain(value) for name, value in cleaned.items() if name != "operation"}


def answer_once(
    request,
    form,
    act: str,
    run: Callable[[], Answer],
    *,
    typed: Mapping[str, Any] | None = None,
) -> HttpResponse | None:
    """Runs the act once and answers it: a message and a redirect, or the page for an id used before.

    None when a rule said no: its sentence is then an error of the form, which still holds what was
    typed, and the view shows it again. Raises NotAllowed, a 403 page: no other words would help, unless
    it names the field that keeps them out. `form` is valid when this is called; `typed` adds what stood
    in other forms of the same post. `run` does the work and returns where to go.
    """
    # The address too: the same words typed on another case are another act.
    content = {"address": request.path, **form.typed(), **(typed or {})}
    try:
        answer = perform_once(
            form.cleaned_data["operation"], by=request.user, act=act, typed=content, run=run
        )
    except OtherContent as other:
        return used_before(request, other)
    except Refusal as refusal:
        _tell(form, refusal)
        return None
    if answer.message:
        messages.add_message(request, LEVELS[answer.level], _said(answer))
    return redirect(answer.url)


def _said(answer: Answer) -> str:
    if not answer.link:
        return answer.message
    return format_html('{} <a href="{}">{}</a>', answer.message, answer.link, answer.link_words)


def _tell(form, refusal: Refusal) -> None:
    """Puts the sentence at the field it names, or over the form; raises it where no form would help."""
    if isinstance(refusal, NotAllowed) and refusal.field is None:
        raise refusal
    form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal))


def _plain(value: Any) -> Any:
    if isinstance(value, Model):
        return value.pk
    if isinstance(value, UploadedFile):
        return {"name": value.name, "sha256": _sha256(value)}
    if isinstance(value, Mapping):
        return {str(name): _plain(part) for name, part in value.items()}
    if isinstance(value, QuerySet | list | tuple | set | frozenset):
        parts = [_plain(part) for part in value]
        return sorted(parts, key=str) if isinstance(value, QuerySet | set | frozenset) else parts
    return value


def _sha256(file: UploadedFile) -> str:
    digest = hashlib.sha256()
    for chunk in file.chunks():
        digest.update(chunk)
    file.seek(0)
    return digest.hexdigest()
