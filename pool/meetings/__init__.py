"""Board meetings: planned, held, closed, and their record approved by the chair."""

from pool.meetings.agenda import add_item, case_may_stand, move_item, remove_item, write_item
from pool.meetings.answered_no import cases_answered_no
from pool.meetings.disqualification import (
    chair_for,
    decide_disqualification,
    may_report_disqualification,
    report_disqualification,
    why_not_decide_disqualification,
)
from pool.meetings.people import set_out, set_people, take_in, who_decides
from pool.meetings.record import approve_record, kept_out_of, record_of
from pool.meetings.sitting import (
    close_meeting,
    locked_meeting,
    open_meeting,
    open_meeting_now,
    plan_meeting,
    put_on_next_agenda,
)

__all__ = [
    "add_item",
    "approve_record",
    "case_may_stand",
    "cases_answered_no",
    "chair_for",
    "close_meeting",
    "decide_disqualification",
    "kept_out_of",
    "locked_meeting",
    "may_report_disqualification",
    "move_item",
    "open_meeting",
    "open_meeting_now",
    "plan_meeting",
    "put_on_next_agenda",
    "record_of",
    "remove_item",
    "report_disqualification",
    "set_out",
    "set_people",
    "take_in",
    "who_decides",
    "why_not_decide_disqualification",
    "write_item",
]
