"""The frame around each section of the editor, put together in Python.

Nine of them by the template take a fifth of the page's time. What stands in a section is drawn elsewhere.
"""

from html import escape

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from businesscases.forms.remarks import SectionRemarks

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
    links = (
        (view.before, _("Previous: %(name)s"), ""),
        (view.after, _("Next: %(name)s"), " end"),
    )
    before, after = (
        LINK.format(code=other.value, words=escape(words % {"name": other.label}), end=end) if other else ""
        for other, words, end in links
    )
    return mark_safe(
        FOOT.format(
            code=view.subject.value,
            remark=_remark_html(view.remarks),
            save=escape(_("Save")),
            before=before,
            after=after,
        )
    )


def _remark_html(remarks: SectionRemarks) -> str:
    name, error = remarks.name, remarks.error
    return REMARK.format(
        name=name,
        code=remarks.section.value,
        opened=" open" if remarks.text else "",
        write=escape(_("Write a remark")),
        wrong=" is-invalid" if error else "",
        label=escape(_("Remark on %(section)s") % {"section": remarks.section.label}),
        described=f"e-{name} " if error else "",
        invalid=' aria-invalid="true"' if error else "",
        text=escape(remarks.text),
        error=ERROR.format(name=name, sentence=escape(error)) if error else "",
        help=escape(_("Write no personal data about citizens. Mention somebody by @ and the name.")),
        send=escape(pgettext("remark", "Send")),
    )
