"""Addresses of the pools, their money and the board's meetings."""

from django.urls import path, re_path

from pool.views import (
    agenda_print,
    allocation,
    carrying_out,
    council,
    deciding,
    disqualification,
    exports,
    filing,
    final_account,
    finance,
    meeting_lists,
    meetings,
    movements,
    operations,
    pools,
    projects,
    proposals,
    requests,
    returning,
    rounds,
    sheets,
    spending,
    verifying,
)

app_name = "pool"
MEETING = "meetings/<int:meeting_id>/"
ITEM = MEETING + "items/<int:item_id>/"
ASKED = "businesscases/<str:reference>/change-request/"
STAYS_OUT = "businesscases/<str:reference>/disqualification/"
ONE_POOL = r"^pool/(?P<pool_id>[0-9]{1,18})/"
ONE_YEAR = r"(?P<year>[0-9]{4}|all)"
ENDING = r"(?P<ending>xlsx|csv)"

urlpatterns = [
    path("pool/", pools.pool_list, name="pool-list"),
    path("pool/<int:pool_id>/", pools.pool_detail, name="pool-detail"),
    path("pool/<int:pool_id>/movements/", movements.movement_list, name="movement-list"),
    path("pool/<int:pool_id>/years/<int:year>/", pools.year_detail, name="year-detail"),
    path(
        "pool/<int:pool_id>/years/<int:year>/adoption/", operations.correct_adoption, name="correct-adoption"
    ),
    path("pool/<int:pool_id>/years/<int:year>/allocate/", allocation.allocate, name="allocate"),
    path("budget-sheets/", sheets.budget_sheets, name="budget-sheets"),
    re_path(rf"{ONE_POOL}budget-sheet/{ONE_YEAR}\.xlsx$", sheets.budget_sheet_file, name="budget-sheet"),
    re_path(rf"{ONE_POOL}budget-sheet/{ONE_YEAR}\.csv$", sheets.postings_csv, name="postings-csv"),
    re_path(rf"{ONE_POOL}cases\.{ENDING}$", exports.grid_export, name="grid-export"),
    re_path(rf"{ONE_POOL}movements\.{ENDING}$", exports.movement_export, name="movement-export"),
    re_path(rf"{ONE_POOL}proposal\.xlsx$", proposals.proposal, name="proposal"),
    re_path(
        r"^businesscases/(?P<reference>BC-[0-9]{4}-[0-9]{3,6})/proposal\.xlsx$",
        proposals.case_proposal,
        name="case-proposal",
    ),
    path("audit/verify/", verifying.verify, name="verify"),
    re_path(rf"{ONE_POOL}ledger\.jsonl$", verifying.ledger_file, name="ledger-file"),
    path(ASKED, requests.change_request, name="change-request"),
    path(ASKED + "opinion/", requests.opinion, name="change-request-opinion"),
    path(ASKED + "withdraw/", requests.withdraw, name="change-request-withdraw"),
    path(ASKED + "<int:request_id>/", requests.change_request_shown, name="change-request-shown"),
    path(STAYS_OUT, disqualification.report, name="disqualification"),
    path(STAYS_OUT + "<int:question_id>/", disqualification.decide, name="disqualification-decide"),
    path("businesscases/<str:reference>/dossier.zip", filing.case_dossier, name="case-dossier"),
    path("pool/new/", finance.pool_new, name="pool-new"),
    path("pool/spending/", spending.spending, name="spending"),
    path("pool/spending/<int:draft_id>/", spending.spending_preview, name="spending-preview"),
    path("pool/spending/<int:draft_id>/discard/", spending.spending_discard, name="spending-discard"),
    path("pool/<int:pool_id>/book/<slug:act>/", council.council_act, name="council-act"),
    path("pool/<int:pool_id>/final-account/", final_account.final_account_page, name="final-account"),
    path("pool/<int:pool_id>/return/", returning.return_unspent, name="return-unspent"),
    path("pool/<int:pool_id>/effects/", finance.effect_list, name="effect-list"),
    path("pool/<int:pool_id>/movements/<int:number>/", operations.operation_detail, name="operation"),
    path("pool/<int:pool_id>/movements/<int:number>/correct/", operations.correct, name="correct"),
    path("pool/conditions/<int:condition_id>/outcome/", finance.record_outcome, name="record-outcome"),
    path("pool/cases/<str:reference>/<slug:action>/", projects.case_act, name="case-act"),
    path("rounds/", rounds.round_list, name="round-list"),
    path("meetings/", meeting_lists.meeting_list, name="meeting-list"),
    re_path(rf"^meetings\.{ENDING}$", meeting_lists.meeting_export, name="meeting-export"),
    path("meetings/new/", meetings.meeting_new, name="meeting-new"),
    path("meetings/decide/<str:reference>/", carrying_out.decide_case, name="decide-case"),
    path("meetings/decide/<str:reference>/<slug:action>/", carrying_out.decide_case, name="case-decide"),
    path(MEETING, deciding.meeting_detail, name="meeting-detail"),
    path(MEETING + "agenda/", meetings.agenda_edit, name="agenda-edit"),
    path(MEETING + "agenda/print/", agenda_print.agenda_print, name="agenda-print"),
    path(MEETING + "people/", meetings.people_edit, name="people-edit"),
    path(MEETING + "open/", meetings.meeting_open, name="meeting-open"),
    path(MEETING + "close/", meetings.meeting_close, name="meeting-close"),
    path(MEETING + "carry-out/", carrying_out.carry_out, name="carry-out"),
    path(MEETING + "record/", carrying_out.record, name="record"),
    path(MEETING + "record.docx", filing.record_docx, name="record-docx"),
    path(ITEM + "decision/", deciding.item_decision, name="item-decision"),
    path(ITEM + "take-back/", deciding.item_take_back, name="item-take-back"),
    path(ITEM + "move/", meetings.item_move, name="item-move"),
    path(ITEM + "remove/", meetings.item_remove, name="item-remove"),
    path(ITEM + "edit/", meetings.item_edit, name="item-edit"),
    path(ITEM + "out/", meetings.item_out, name="item-out"),
    path(ITEM + "in/<int:person_id>/", meetings.item_in, name="item-in"),
]
