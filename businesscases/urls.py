"""Addresses of the businesscases; the public one of a hearing is with the project's own."""

from django.urls import path, re_path

from businesscases.views import (
    acts,
    blank,
    browse,
    case,
    copying,
    discussion,
    documents,
    edit,
    hearing,
    live,
    reporting,
    template,
    versions,
    writers,
)

app_name = "businesscases"

# One case: BC-2026-001, then what is done with it.
ONE = r"(?P<reference>BC-[0-9]{4}-[0-9]{3,6})/"
NUMBER = "[0-9]{1,4}"


def of_case(rest, view, name):
    """An address below one case."""
    return re_path(rf"^{ONE}{rest}$", view, name=name)


urlpatterns = [
    path("", browse.case_list, name="case-list"),
    path("sums/", browse.case_sums, name="case-sums"),
    re_path(r"^export\.(?P<ending>xlsx|csv)$", browse.case_export, name="case-export"),
    path("blank/", blank.case_blank, name="case-blank"),
    path("new/", edit.case_new, name="case-new"),
    of_case("edit/", edit.case_edit, "case-edit"),
    of_case("edit/save/", live.case_autosave, "case-autosave"),
    of_case("edit/figures/", live.case_figures, "case-figures"),
    of_case("edit/rows/", live.case_rows, "case-rows"),
    of_case("edit/people/", live.case_people, "case-people"),
    of_case("economy/", case.case_economy, "case-economy"),
    of_case("documents/", case.case_documents, "case-documents"),
    of_case(r"documents/(?P<document_id>[0-9]{1,18})/", documents.case_document, "case-document"),
    of_case(r"template\.xlsx", template.case_template, "case-template"),
    of_case("upload/", template.case_upload, "case-upload"),
    of_case("", case.case_detail, "case-detail"),
    of_case("print/", case.case_print, "case-print"),
    of_case("history/", case.case_history, "case-history"),
    of_case(r"act/(?P<action>[a-z-]{2,40})/", acts.case_act, "case-act"),
    of_case("versions/", versions.case_versions, "case-versions"),
    of_case(rf"versions/(?P<number>{NUMBER})/", versions.case_version, "case-version"),
    of_case(rf"versions/(?P<before>{NUMBER})\.\.(?P<after>{NUMBER})/", versions.case_compare, "case-compare"),
    of_case("hearing/", hearing.case_hearing, "case-hearing"),
    of_case(r"hearing/(?P<part_id>[0-9]{1,18})/", hearing.hearing_answer, "hearing-answer"),
    of_case(r"hearing/(?P<part_id>[0-9]{1,18})/link/", hearing.hearing_link, "hearing-link"),
    of_case(r"endorse/(?P<endorsement_id>[0-9]{1,18})/", hearing.case_endorse, "case-endorse"),
    of_case("comments/", discussion.comment_new, "comment-new"),
    of_case(r"comments/(?P<comment_id>[0-9]{1,18})/", discussion.comment_resolve, "comment-resolve"),
    of_case("copy/", copying.case_copy, "case-copy"),
    of_case("status-report/", reporting.case_status_report, "case-status-report"),
    of_case("writers/", writers.case_writers, "case-writers"),
]
