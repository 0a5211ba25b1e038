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
    '{remark}</div>\n<div class="actions no-print">'
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
    """The field for a remark, the save button, and the links to the sections on either side."""
    remarks = view.remarks
    drawn = _still_foot if not (remarks.text or remarks.error) else _foot
    return drawn(view.subject, view.before, view.after, remarks.text, remarks.error, get_language())


def _foot(section, before, after, text: str, error: str, _language: str | None) -> SafeString:
    links = ((before, _("Previous: %(name)s"), ""), (after, _("Next: %(name)s"), " end"))
    first, last = (
        LINK.format(code=other.value, words=escape(words % {"name": other.label}), end=end) if other else ""
        for other, words, end in links
    )
    return mark_safe(
        FOOT.format(
            code=section.value,
            remark=_remark_html(section, text, error),
            save=escape(_("Save")),
            before=first,
            after=last,
        )
    )


# Of a section in which nothing is typed: the same for everybody who speaks the language.
_still_foot = lru_cache(maxsize=FEET)(_foot)


def _remark_html(section: Subject, text: str, error: str) -> str:
    name = remark_name(section)
    return REMARK.format(
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
