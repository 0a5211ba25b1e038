"""The record of a meeting as a Word document to file: recommendation and decision together, A4, Danish.

Made from `meetings.record_of`: once the chair has approved the record, from what was frozen then.
"""

import io
import re
from datetime import UTC, date

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _
from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from innovation_pool.clock import now
from innovation_pool.dates import clock, long_date, weekday_date
from innovation_pool.kroner import kroner
from pool.decided_words import decided
from pool.meetings import kept_out_of
from pool.models import Meeting
from pool.models.decisions import ConditionKind

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
# What XML cannot hold, and so no Word document.
_NOT_XML = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def record_document(meeting: Meeting, record: dict) -> bytes:
    """The document's bytes; the same record gives the same words."""
    # A record is one document: its language is the municipality's, not that of who takes it out.
    with translation.override(settings.LANGUAGE_CODE):
        document = _blank(meeting)
        _head(document, meeting, record)
        for item in record["items"]:
            _item(document, item, record)
        if record["heads"]:
            document.add_heading(_("The pool's ledger"), level=2)
            for head in record["heads"]:
                words = _("%(pool)s: latest movement %(number)s, check code %(code)s.")
                _small(
                    document,
                    words % {"pool": head["pool"], "number": head["number"], "code": head["hash"] or "–"},
                )
    stored = io.BytesIO()
    document.save(stored)
    return stored.getvalue()


def safe(text) -> str:
    """The text without what a Word document cannot hold."""
    return _NOT_XML.sub("", str(text).replace("\r\n", "\n"))


def _blank(meeting: Meeting):
    document = Document()
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(25)
    section.top_margin = section.bottom_margin = Mm(22)
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size = "Calibri", Pt(11)
    language = OxmlElement("w:lang")
    language.set(qn("w:val"), "da-DK")
    normal.element.get_or_add_rPr().append(language)
    properties = document.core_properties
    properties.title = _("Record of decisions, %(date)s") % {"date": long_date(meeting.held_on)}
    properties.author = safe(settings.MUNICIPALITY)
    properties.language = "da-DK"
    properties.subject = _("Board meeting %(date)s") % {"date": long_date(meeting.held_on)}
    properties.comments = properties.keywords = ""
    properties.last_modified_by = properties.author
    # Its own dates, in UTC as the format has them, and not those of the blank document it is made from.
    made = (meeting.record_approved_at or now()).astimezone(UTC).replace(tzinfo=None)
    properties.created = properties.modified = made
    _without_thumbnail(document)
    foot = section.footer.paragraphs[0]
    foot.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    foot.add_run(f"{properties.title} · ")
    _page_number(foot)
    return document


def _without_thumbnail(document) -> None:
    """Takes away the picture of the blank document, which is no picture of this one."""
    kept = document.part.package.rels
    for key in [key for key, relation in kept.items() if relation.reltype.endswith("/thumbnail")]:
        del kept[key]


def _page_number(paragraph) -> None:
    run = paragraph.add_run()
    for kind, text in (("begin", ""), ("", "PAGE"), ("end", "")):
        part = OxmlElement("w:fldChar" if kind else "w:instrText")
        if kind:
            part.set(qn("w:fldCharType"), kind)
        part.text = text or None
        run._r.append(part)


def _head(document, meeting: Meeting, record: dict) -> None:
    document.add_heading(_("Record of decisions"), level=1)
    held = weekday_date(date.fromisoformat(record["held_on"]))
    if record["starts_at"]:
        held += " " + _("at %(time)s") % {"time": clock(meeting.starts_at)}
    document.add_paragraph(safe(" · ".join(part for part in (held, record["place"]) if part)))
    approved = _("Draft: the chair has not approved the record yet.")
    if meeting.record is not None:
        approved = _("Approved %(date)s by %(name)s") % {
            "date": long_date(meeting.record_approved_at), "name": record["chair"]
        }  # fmt: skip
    document.add_paragraph().add_run(safe(approved)).bold = True
    document.add_heading(_("Present"), level=2)
    for person in record["people"]:
        if person["present"]:
            document.add_paragraph(safe(_named(person, record["chair"])), style="List Bullet")
    for person in record["people"]:
        if not person["present"]:
            absent = _("Absent: %(name)s") % {"name": person["name"]}
            _small(document, f"{absent} ({person['note']})" if person["note"] else absent)


def _named(person: dict, chair: str) -> str:
    name = f"{person['name']} ({person['title']})" if person["title"] else person["name"]
    return f"{name}, {_('chair')}" if person["name"] == chair else name


def _item(document, item: dict, record: dict) -> None:
    document.add_heading(safe(f"{item['order']}. {item['title']}"), level=2)
    case_number = _("case no. %(number)s") % {"number": item["case_number"]} if item["case_number"] else ""
    numbers = " · ".join(part for part in (item["case"], case_number) if part)
    if numbers:
        _small(document, numbers)
    if item["recommendation"]:
        document.add_heading(_("Recommendation"), level=3)
        # Numbered by hand: Word's own numbers would run on from item to item.
        for number, line in enumerate(item["recommendation"], start=1):
            document.add_paragraph(safe(f"{number}. {line}"))
    if item["discussion"]:
        document.add_paragraph(safe(item["discussion"]))
    document.add_heading(_("Decision"), level=3)
    if item["decision"]:
        _decision(document, item["decision"], record)
    else:
        document.add_paragraph(_("No decision."))


def _decision(document, decision: dict, record: dict) -> None:
    paragraph = document.add_paragraph()
    kind = decided(decision["kind"])
    paragraph.add_run(safe(_("No. %(label)s") % {"label": decision["label"]} + f" · {kind}. ")).bold = True
    paragraph.add_run(safe(decision["text"]))
    if decision["grants"]:
        _grants(document, decision["grants"])
    for name, label in (
        ("reason", _("Reason")),
        ("conditions", _("Terms")),
        ("passed_over_reason", _("Why others without cover do not come first")),
    ):
        if decision[name]:
            _labelled(document, label, decision[name])
    for condition in decision["political_conditions"]:
        words = str(ConditionKind(condition["kind"]).label)
        if condition["text"]:
            words += f": {condition['text']}"
        _labelled(document, _("On condition of"), words)
    if decision["took_part"]:
        _small(document, _("Took part: %(names)s.") % {"names": ", ".join(decision["took_part"])})
    for person in kept_out_of(decision, record):
        _small(document, person["sentence"])


def _grants(document, grants: list[dict]) -> None:
    head = (_("Pool and year"), _("Asked, kr."), _("Reserved, kr."), _("Without cover, kr."))
    table = document.add_table(rows=1, cols=len(head), style="Table Grid")
    for cell, text in zip(table.rows[0].cells, head, strict=True):
        cell.paragraphs[0].add_run(text).bold = True
    for grant in grants:
        cells = table.add_row().cells
        cells[0].text = safe(f"{grant['pool']} {grant['year']}")
        for cell, name in zip(cells[1:], ("asked", "amount", "unfunded"), strict=True):
            cell.text = kroner(grant[name])
    for row in table.rows:
        for cell in row.cells[1:]:
            cell.paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.RIGHT
    document.add_paragraph()


def _labelled(document, label: str, text: str) -> None:
    paragraph = document.add_paragraph()
    paragraph.add_run(f"{label}: ").bold = True
    paragraph.add_run(safe(text))


def _small(document, text: str) -> None:
    document.add_paragraph().add_run(safe(text)).font.size = Pt(9)
