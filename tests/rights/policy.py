"""Who may do what at which address, written down by hand: the second statement of the rights.

A row has one sign a person, in the order of `PEOPLE`:

    .  theirs: the page is shown, or the form is taken up
    r  shown or answered, but what is posted changes nothing
    R  not their role, or not theirs to do: 403
    N  not theirs to see: the same 404 as what does not exist
    L  theirs, but too late: 409
    x  refused by the table of the workflow: 403 or 409
    M  no such method there: 405
    A  sent to the sign-in

A stranger is sent to the sign-in everywhere but in `PUBLIC`.
"""

# staff, owner, collaborator, endorser, finance, secretariat, board, auditor, administrator
EVERYBODY = "........."
NO_METHOD = "MMMMMMMMM"
NOT_ADMINISTRATOR = "........R"
MONEY_READERS = "RRRR....R"
FINANCE = "RRRR.RRRR"
SECRETARIAT = "RRRRR.RRR"
BOARD = "RRRRRR.RR"
MEETING_HANDS = "RRRRR..RR"
AUDITOR = "RRRRRRR.R"
ADMINISTRATOR = "AAAAAAAA."

# Addresses that need no account, with what a stranger may do there.
PUBLIC = {
    "healthz",
    "set-language",
    "hearing",
    "account_login",
    "account_logout",
    "account_inactive",
    "account_reset_password",
    "account_reset_password_done",
    "account_reset_password_from_key",
    "account_reset_password_from_key_done",
}
# Addresses whose answer depends on no right: they are about oneself.
OWN_ACCOUNT = PUBLIC | {"account_change_password"}

# name: (GET, POST)
ADDRESSES = {
    "overview":              (EVERYBODY, "rrrrrrrrr"),
    "pool:round-list":       (EVERYBODY, "rrrrrrrrr"),
    "businesscases:case-list":   (EVERYBODY, "rrrrrrrrr"),
    "businesscases:case-sums":   (EVERYBODY, "rrrrrrrrr"),
    "businesscases:case-export": (EVERYBODY, EVERYBODY),
    "businesscases:case-new":    ("....RRRRR", "....RRRRR"),
    "businesscases:case-blank":  ("....RRRRR", NO_METHOD),
    "pool:pool-list":        (NOT_ADMINISTRATOR, NOT_ADMINISTRATOR),
    "pool:pool-detail":      (NOT_ADMINISTRATOR, NOT_ADMINISTRATOR),
    "pool:year-detail":      (NOT_ADMINISTRATOR, NOT_ADMINISTRATOR),
    "pool:grid-export":      (NOT_ADMINISTRATOR, NO_METHOD),
    "pool:proposal":         (NOT_ADMINISTRATOR, NO_METHOD),
    "pool:movement-list":    (MONEY_READERS, MONEY_READERS),
    "pool:final-account":    (MONEY_READERS, MONEY_READERS),
    "pool:movement-export":  (MONEY_READERS, NO_METHOD),
    "pool:budget-sheets":    (MONEY_READERS, NO_METHOD),
    "pool:budget-sheet":     (MONEY_READERS, NO_METHOD),
    "pool:postings-csv":     (MONEY_READERS, NO_METHOD),
    "pool:allocate":         (BOARD, BOARD),
    "pool:pool-new":         (FINANCE, FINANCE),
    "pool:spending":         (FINANCE, FINANCE),
    "pool:spending-preview": (FINANCE, FINANCE),
    "pool:spending-discard": (NO_METHOD, FINANCE),
    "pool:council-act":      (FINANCE, FINANCE),
    "pool:return-unspent":   (FINANCE, FINANCE),
    "pool:correct-adoption": (FINANCE, FINANCE),
    "pool:effect-list":      (FINANCE, FINANCE),
    "pool:record-outcome":   (FINANCE, FINANCE),
    "pool:operation":        (MONEY_READERS, MONEY_READERS),
    # Every reader sees what a correction would do; who may make the operation corrects it.
    "pool:correct":          (MONEY_READERS, "RRRR.RRRR"),
    "pool:meeting-list":     (MONEY_READERS, MONEY_READERS),
    "pool:meeting-export":   (MONEY_READERS, NO_METHOD),
    "pool:meeting-detail":   (MONEY_READERS, MONEY_READERS),
    "pool:record":           (MONEY_READERS, "RRRRRR.RR"),
    "pool:meeting-new":      (SECRETARIAT, SECRETARIAT),
    "pool:agenda-edit":      (SECRETARIAT, SECRETARIAT),
    "pool:item-edit":        (SECRETARIAT, SECRETARIAT),
    "pool:people-edit":      (MEETING_HANDS, MEETING_HANDS),
    "pool:carry-out":        (BOARD, BOARD),
    "pool:meeting-open":     (NO_METHOD, MEETING_HANDS),
    "pool:meeting-close":    (NO_METHOD, MEETING_HANDS),
    "pool:item-decision":    (MONEY_READERS, MEETING_HANDS),
    "pool:item-take-back":   (NO_METHOD, "RRRRR..RR"),
    "pool:item-move":        (NO_METHOD, "RRRRR.RRR"),
    "pool:item-remove":      (NO_METHOD, "RRRRR.RRR"),
    "pool:item-out":         (NO_METHOD, MEETING_HANDS),
    "pool:item-in":          (NO_METHOD, "RRRRR..RR"),
    "pool:record-docx":      (MONEY_READERS, NO_METHOD),
    "pool:agenda-print":     (MONEY_READERS, NO_METHOD),
    "pool:verify":           (MONEY_READERS, NO_METHOD),
    "pool:ledger-file":      ("RRRR.RR.R", NO_METHOD),
    "audit:entry-list":      (AUDITOR, AUDITOR),
    "audit:entry-export":    (AUDITOR, AUDITOR),
    "mail:mail-list":        (EVERYBODY, "rrrrrrrrr"),
    "mail:mail-release":     (SECRETARIAT, SECRETARIAT),
    "mail:mail-mend":        (SECRETARIAT, SECRETARIAT),
}  # fmt: skip

# Who reads a case, by its state.
READS = {
    "draft":      "N..NNNNNN",
    "returned":   "N.......N",
    "in hearing": "N.......N",
    "approved":   "........N",
}  # fmt: skip
# The same for what is not for staff at large: the discussion, the versions.
INSIDE = READS | {"approved": "N.......N"}
WRITES = {
    "draft":      "N..NNNNNN",
    "returned":   "N..RRRRRN",
    "in hearing": "NLLRRRRRN",
    "approved":   "RLLRRRRRN",
}  # fmt: skip
COMMENTS = {
    "draft":      "N..NNNNNN",
    "returned":   "N......RN",
    "in hearing": "N......RN",
    "approved":   "R......RN",
}  # fmt: skip
NEVER = dict.fromkeys(READS, NO_METHOD)
SECRETARIAT_ON = {
    "draft":      "RRRRRNRRR",
    "returned":   "RRRRR.RRR",
    "in hearing": "RRRRR.RRR",
    "approved":   "RRRRR.RRR",
}  # fmt: skip
PEOPLE_OF_CASE = {
    "draft":      "N..NNNNNN",
    "returned":   "N..RR.RRN",
    "in hearing": "N..RR.RRN",
    "approved":   "R..RR.RRN",
}  # fmt: skip
DECIDES = {
    "draft":      "RRRRRNNRR",
    "returned":   "RRRRR..RR",
    "in hearing": "RRRRR..RR",
    "approved":   "RRRRR..RR",
}  # fmt: skip
NO_ACT = {
    "draft":      "NxxNNNNNN",
    "returned":   "NxxxxxxxN",
    "in hearing": "NxxxxxxxN",
    "approved":   "xxxxxxxxN",
}  # fmt: skip

# Where the state alone stands in the way, the page says so to everybody who reads the case.
STARTS = {
    "draft":      "NrrNNNNNN",
    "returned":   "NrrrrrrrN",
    "in hearing": "NrrrrrrrN",
    # A condition of the approval has not been answered yet.
    "approved":   "RrRRRRRRN",
}  # fmt: skip
COMPLETES = {
    "draft":      "NrrNNNNNN",
    "returned":   "NrrrrrrrN",
    "in hearing": "NrrrrrrrN",
    "approved":   "rrrrrrrrN",
}  # fmt: skip

# A change request: its owner asks while the case is funded; nobody else finds one where none is.
ASKS = dict.fromkeys(READS, "NNNNNNNNN") | {"approved": "N.NNNNNNN"}
ASKING = {
    "draft":      "NRRNNNNNN",
    "returned":   "NRRRRRRRN",
    "in hearing": "NRRRRRRRN",
    "approved":   "R.RRRRRRN",
}  # fmt: skip
WITHDRAWS_NOTHING = {
    "draft":      "NRRNNNNNN",
    "returned":   "NRRRRRRRN",
    "in hearing": "NRRRRRRRN",
    "approved":   "RRRRRRRRN",
}  # fmt: skip
JUDGES_NOTHING = {
    "draft":      "NRRNNNNNN",
    "returned":   "NRRRNRRRN",
    "in hearing": "NRRRNRRRN",
    "approved":   "RRRRNRRRN",
}  # fmt: skip
# Who writes cases copies what they read.
COPIES = {
    "draft":      "N..NNNNNN",
    "returned":   "N...RRRRN",
    "in hearing": "N...RRRRN",
    "approved":   "....RRRRN",
}  # fmt: skip
# Those who write an approved case say how its project goes.
REPORTS = {
    "draft":      "NLLNNNNNN",
    "returned":   "NLLRRRRRN",
    "in hearing": "NLLRRRRRN",
    "approved":   "R..RRRRRN",
}  # fmt: skip
# Who handles cases reports disqualification; the chair, here the member of the board, decides it.
STAYS_OUT = {
    "draft":      "NRRNNNNNN",
    "returned":   "NRRR....N",
    "in hearing": "NRRR....N",
    "approved":   "RRRR....N",
}  # fmt: skip
STAYING_OUT = {
    "draft":      "NRRNNNNNN",
    "returned":   "NRRR...RN",
    "in hearing": "NRRR...RN",
    "approved":   "RRRR...RN",
}  # fmt: skip
# Somebody has reported it in the case in hearing alone.
DECIDES_OUT = {
    "draft":      "NRRNNNNNN",
    "returned":   "NRRRNNNNN",
    "in hearing": "NRRRRR.RN",
    "approved":   "RRRRNNNNN",
}  # fmt: skip
DOSSIER = dict.fromkeys(READS, "RRRRR.R.R") | {"draft": "RRRRRNRNR"}

# name, or name and action: (GET, POST), each by state
OF_CASE = {
    "businesscases:case-detail":    (READS, READS),
    "businesscases:case-print":     (READS, READS),
    "businesscases:case-history":   (READS, READS),
    "businesscases:case-hearing":   (READS, READS),
    "businesscases:case-economy":   (READS, NEVER),
    "businesscases:case-documents": (READS, NEVER),
    "businesscases:case-document":  (READS, NEVER),
    "businesscases:case-versions":  (INSIDE, INSIDE),
    "businesscases:case-version":   (INSIDE | {"draft": "NNNNNNNNN"}, INSIDE | {"draft": "NNNNNNNNN"}),
    "businesscases:case-compare":   (INSIDE | {"draft": "NNNNNNNNN"}, INSIDE | {"draft": "NNNNNNNNN"}),
    "businesscases:case-edit":      (WRITES, WRITES),
    "businesscases:case-autosave":  (NEVER, WRITES),
    "businesscases:case-figures":   (NEVER, WRITES),
    "businesscases:case-rows":      (NEVER, WRITES),
    "businesscases:case-people":    (WRITES, NEVER),
    "businesscases:case-writers":   (PEOPLE_OF_CASE, PEOPLE_OF_CASE),
    "businesscases:case-template":  (WRITES, NEVER),
    "businesscases:case-upload":    (WRITES, WRITES),
    "businesscases:case-copy":      (COPIES, COPIES),
    "businesscases:case-status-report": (REPORTS, REPORTS),
    "businesscases:comment-new":    (READS, COMMENTS),
    "businesscases:comment-resolve": (READS, COMMENTS),
    "pool:case-proposal":           (READS, NEVER),
    "pool:case-dossier":            (DOSSIER, NEVER),
    "pool:change-request":          (ASKS, ASKING),
    "pool:change-request-shown":    (dict.fromkeys(READS, "NNNNNNNNN"), NEVER),
    "pool:change-request-opinion":  (JUDGES_NOTHING, JUDGES_NOTHING),
    "pool:change-request-withdraw": (NEVER, WITHDRAWS_NOTHING),
    "pool:disqualification":        (STAYS_OUT, STAYING_OUT),
    "pool:disqualification-decide": (DECIDES_OUT, DECIDES_OUT),
    "pool:decide-case":             (DECIDES, DECIDES),
    "pool:case-decide":             (DECIDES, DECIDES),
    "businesscases:case-act submit":
        (NO_ACT | {"draft": "N..NNNNNN", "returned": "N..xxxxxN"},) * 2,
    "businesscases:case-act withdraw":
        (NO_ACT | {"draft": "N.xNNNNNN", "returned": "N.xxxxxxN", "in hearing": "N.xxxxxxN"},) * 2,
    "businesscases:case-act return":
        (NO_ACT | {"in hearing": "Nxxxx..xN"},) * 2,
    "businesscases:case-act confirm-figures": (NO_ACT, NO_ACT),
    "businesscases:case-act open-hearing":    (NO_ACT, NO_ACT),
    "businesscases:case-act no-hearing":      (NO_ACT, NO_ACT),
    "businesscases:case-act close-hearing":
        (NO_ACT | {"in hearing": "Nxxxx.xxN"},) * 2,
    "businesscases:case-act report-finished": (NO_ACT, NO_ACT),
    "pool:case-act start":
        (STARTS, STARTS),
    "pool:case-act confirm-completion":
        (COMPLETES, COMPLETES),
    # A hearing and what was asked of the endorser belong to the case in hearing alone.
    "businesscases:hearing-answer":
        (dict.fromkeys(READS, "RRRRRNRRR") | {"in hearing": "RRRRR.RRR"},) * 2,
    "businesscases:hearing-link":
        (NEVER, dict.fromkeys(READS, "RRRRRNRRR") | {"in hearing": "RRRRR.RRR"}),
    "businesscases:case-endorse":
        (dict.fromkeys(READS, "NNNNNNNNN") | {"in hearing": "NNN.NNNNN"},) * 2,
}  # fmt: skip

# The admin: master data of the administrator's, and no case, no money.
MASTER_DATA = {
    "accounts": ("user", "department", "committee"),
    "businesscases": ("round", "goal", "hearingbody", "rate"),
    "pool": ("roundpool",),
}
ADMIN_PAGES = ("changelist", "add", "history", "delete", "change")
