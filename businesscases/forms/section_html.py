"""The frame around each section of the editor, put together in Python.

Nine of them by the template take a fifth of the page's time. What stands in a section is drawn elsewhere.
"""

from functools import lru_cache
from html import escape

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, ngettext, pgettext
from django.utils.translation import gettext as _

from businesscases.forms.remarks import remark_name
from businesscases.models import Subject

HEAD = (
    '<details class="fold{first}" id="section-{code}"{opened}><summary><span class="no">{number}</span>'
    '<h2>{name}</h2>{remarks}<span class="part {part_class}">{part_words}</span><span class="chevron"></span>'
    '</summary>\n<div class="stack"><input type="hidden" name="rev-{code}" value="{revision}">'
    '<input type="hidden" name="base-{code}" value="{base}">\n'
)
COUNT = '<span class="count">{}</span>'
FOOT = (
    '<div class="actions no-print">'
    '<button class="btn btn-small" name="do" value="save:{code}">{save}'
    "</button>{before}{after}</div>\n</div></details>\n"
)
LINK = '<a class="small{end}" href="#section-{code}">{words}</a>'
# The first line break of a textarea is not part of what is in it.
REMARK = (
    '<details{opened}><summary class="btn btn-link">{write}</summary>\n'
    '<div class="form stack tight"><textarea class="form-control{wrong}" rows="3" name="{name}" '
    'id="id_{name}" data-remark maxlength="5000" aria-label="{label}" '
    'aria-describedby="{described}h-{name}"{invalid}>\n{text}</textarea>\n'
    '{error}<p class="form-text" id="h-{name}">{help}</p>\n'
    '<div class="actions"><button class="btn btn-small" name="do" value="remark:{code}">{send}</button></div>'
    "</div></details>\n"
)
# Nine sections in each of two languages, and room to spare.
FEET = 40
ERROR = '<p class="invalid-feedback" id="e-{name}">{sentence}</p>\n'


def head_html(view) -> SafeString:
    """The summary with how far the section is, and what the form was shown with."""
    number = len(view.remarks.threads)
    told = ngettext("%(n)s remark", "%(n)s remarks", number) % {"n": number} if number else ""
    return mark_safe(
        HEAD.format(
            code=view.subject.value,
            number=view.number,
            first=" first" if view.number == 1 else "",
            opened=" open" if view.opened else "",
            name=escape(str(view.state.name)),
            remarks=COUNT.format(told) if told else "",
            part_class=view.part_class,
            part_words=escape(view.part_words),
            revision=view.revision,
            base=escape(view.base),
        )
    )


def foot_html(view) -> SafeString:
    """The save button, and the links to the sections on either side."""
    return _foot(view.subject, view.before, view.after, get_language())


@lru_cache(maxsize=FEET)
def _foot(section, before, after, _language: str | None) -> SafeString:
    links = ((before, _("Previous: %(name)s"), ""), (after, _("Next: %(name)s"), " end"))
    first, last = (
        LINK.format(code=other.value, words=escape(words % {"name": other.label}), end=end) if other else ""
        for other, words, end in links
    )
    return mark_safe(
        FOOT.format(
            code=section.value,
            save=escape(_("Save")),
            before=first,
            after=last,
        )
    )


def remark_html(view) -> SafeString:
    """The field for a remark, with what was typed in it."""
    remarks = view.remarks
    drawn = _still_remark if not (remarks.text or remarks.error) else _remark
    return drawn(view.subject, remarks.text, remarks.error, get_language())


def _remark(section: Subject, text: str, error: str, _language: str | None) -> SafeString:
    name = remark_name(section)
    drawn = REMARK.format(
        name=name,
        code=section.value,
        opened=" open" if text else "",
        write=escape(_("Write a remark")),
        wrong=" is-invalid" if error else "",
        label=escape(_("Remark on %(section)s") % {"section": section.label}),
        described=f"e-{name} " if error else "",
        invalid=' aria-invalid="true"' if error else "",
        text=escape(text),
        error=ERROR.format(name=name, sentence=escape(error)) if error else "",
        help=escape(_("Write no personal data about citizens. Mention somebody by @ and the name.")),
        send=escape(pgettext("remark", "Send")),
    )
    return mark_safe(drawn)


# Of a section in which nothing is typed: the same for everybody who speaks the language.
_still_remark = lru_cache(maxsize=FEET)(_remark)
