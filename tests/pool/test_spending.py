"""Spending comes from a file: shown first, imported whole or not at all, each posting once."""

import io
import uuid

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from openpyxl import Workbook

from businesscases import checking
from innovation_pool.audit.models import Entry
from innovation_pool.refusals import Refusal
from pool import ledger
from pool.models import Posting, SpendingDraft, SpendingFile, SpendingRule, SpentBalance
from pool.spending import import_spending, keep_file, preview_of
from pool.spending.reading import read_postings
from tests.pool import given

pytestmark = pytest.mark.django_db

CSV = """Dato;Bilag;PSP-element;Tekst;Beløb
15-03-2021;1001;XA-1;Sensorer;61.250,50
16.03.2021;1002;XA-1;Kørsel æøå;-250,25
17. marts 2021;1003;XA-1;Kørsel;1.000
"""
TOTAL = 6_200_025


@pytest.fixture
def pool():
    return given.a_pool({2021: 1_000_000}, {2022: 1_000_000})


@pytest.fixture
def case(pool):
    made = given.started_case(pool)
    given.allocate(pool, 2021, {made: 300_000})
    checking.keep_accounting(
        made, by=given.finance(), fields={"psp_element": "XA-1", "profit_centre": "Kørsel"}, lines={}
    )
    return made


def kept(content=CSV, name="poster.csv"):
    content = content.encode("utf-8") if isinstance(content, str) else content
    return keep_file(SimpleUploadedFile(name, content), by=given.finance())


def imported(draft, total=TOTAL, answers=None):
    return import_spending(
        draft, control_total_oere=total, answers=answers or {}, by=given.finance(), operation=uuid.uuid4()
    )


def spent():
    return {(b.case.reference, b.year): b.oere for b in SpentBalance.objects.select_related("case")}


# ---- Reading --------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    "content",
    [
        CSV.encode("utf-8"),
        CSV.encode("utf-8-sig"),
        CSV.encode("cp1252"),
        CSV.replace("\n", "\r\n").encode("utf-8"),
        CSV.replace(";", "\t").encode("utf-8"),
        ("Udtræk, marts 2021\n\n" + CSV + ";;;I alt;62.000,25\n").encode("utf-8"),
    ],
)
def test_postings_are_read_whatever_the_encoding_and_the_separator(content):
    found = [
        (p.posted_on.isoformat(), p.voucher, p.account, p.text, p.oere)
        for p in read_postings(content, "x.csv")
    ]
    assert found == [
        ("2021-03-15", "1001", "XA-1", "Sensorer", 6_125_050),
        ("2021-03-16", "1002", "XA-1", "Kørsel æøå", -25_025),
        ("2021-03-17", "1003", "XA-1", "Kørsel", 100_000),
    ]


def test_commas_between_and_a_minus_behind_are_read():
    content = 'dato,beløb,profitcenter\n01-02-2021,"1.234,50",Veje\n02-02-2021,"500,00-",Veje\n'
    assert [p.oere for p in read_postings(content.encode(), "x.csv")] == [123_450, -50_000]


def test_a_workbook_gives_exact_oere_from_its_doubles():
    book = Workbook()
    sheet = book.active
    sheet.append(["Posteringsdato", "Profitcenter", "Beløb", "Bilag"])
    for amount in (61.25, 0.1 + 0.2 - 0.2, 1234567.89, 100, -0.01):
        sheet.append(["15-03-2021", "Veje", amount, 77])
    stored = io.BytesIO()
    book.save(stored)
    found = read_postings(stored.getvalue(), "poster.xlsx")
    assert [p.oere for p in found] == [6_125, 10, 123_456_789, 10_000, -1]
    assert found[0].voucher == "77"


@pytest.mark.parametrize(
    ("row", "sentence"),
    [
        ("31-02-2021;1;XA-1;t;100", "Kolonnen Dato: Datoen findes ikke."),
        (";1;XA-1;t;100", "Kolonnen Dato: Der står ikke noget."),
        ("01-02-2021;1;XA-1;t;", "Kolonnen Beløb: Der står ikke noget."),
        ("01-02-2021;1;XA-1;t;12.34", "Kolonnen Beløb: Der skal stå tre cifre efter et punktum"),
        ("01-02-2021;1;;t;100", "Både PSP-element og profitcenter mangler."),
        ("01-02-2021;1;XA-1;t;1e3", "Kolonnen Beløb: Skriv tallet helt ud"),
    ],
)
def test_a_row_that_cannot_be_read_says_why_and_stops_the_file(case, row, sentence):
    # A blank row counts, so that the number is the one the reader finds.
    draft = kept(CSV + "\n" + row + "\n")
    (problem,) = preview_of(draft).problems
    assert problem.posting.line == 6
    assert sentence in problem.posting.problem
    with pytest.raises(Refusal, match="Rækker, der ikke kan læses: 6"):
        imported(draft)
    assert not Posting.objects.exists()


@pytest.mark.parametrize(
    "content",
    [b"", b"\x00\x01\x02", b"PK\x03\x04broken", b"Dato;Tekst\n1;2\n", b"\xd0\xcf\x11\xe0" + b"\x00" * 60],
)
def test_a_file_that_is_no_list_of_postings_is_refused_in_a_sentence(content):
    with pytest.raises(Refusal):
        kept(content, "poster.xlsx" if content[:2] in (b"PK", b"\xd0\xcf") else "poster.csv")
    assert not SpendingDraft.objects.exists()


# ---- Importing ------------------------------------------------------------------------------------
def test_an_import_adds_postings_and_moves_the_sums(case):
    file = imported(kept())
    assert spent() == {(case.reference, 2021): 6_200_025}
    assert file.control_total_oere == TOTAL
    assert [p.amount_oere for p in Posting.objects.order_by("id")] == [6_125_050, -25_025, 100_000]
    entry = Entry.objects.get(act="import spending")
    assert (entry.after["postings"], entry.after["oere"]) == (3, TOTAL)


def test_a_control_total_that_is_off_by_one_oere_imports_nothing(case):
    with pytest.raises(Refusal, match="Kontrolsummen"):
        imported(kept(), total=TOTAL + 1)
    assert not Posting.objects.exists()
    assert spent() == {}


def test_the_same_file_twice_is_noticed(case):
    imported(kept())
    again = kept()
    assert preview_of(again).imported_before
    with pytest.raises(Refusal, match="allerede indlæst"):
        imported(again)
    assert spent() == {(case.reference, 2021): TOTAL}


def test_a_posting_that_was_imported_in_another_file_is_left_out(case):
    imported(kept())
    longer = kept(CSV + "18-03-2021;1004;XA-1;Ny;10\n")
    preview = preview_of(longer)
    assert (len(preview.known), preview.new_oere) == (3, 1_000)
    imported(longer, total=TOTAL + 1_000)
    assert spent() == {(case.reference, 2021): TOTAL + 1_000}
    assert Posting.objects.count() == 4


def test_two_equal_rows_of_one_file_are_two_postings(case):
    twice = CSV + "17. marts 2021;1003;XA-1;Kørsel;1.000\n"
    imported(kept(twice), total=TOTAL + 100_000)
    assert spent() == {(case.reference, 2021): TOTAL + 100_000}


def test_an_account_nobody_has_is_asked_about_and_the_answer_is_kept(pool, case):
    content = CSV + "18-03-2021;1004;ANDET;Ny;10\n19-03-2021;1005;UDENFOR;Kaffe;99\n"
    draft = kept(content)
    assert preview_of(draft).unknown_accounts == {"ANDET": (1, 1_000), "UDENFOR": (1, 9_900)}
    total = TOTAL + 10_900
    with pytest.raises(Refusal, match="ANDET, UDENFOR"):
        imported(draft, total=total)
    imported(draft, total=total, answers={"ANDET": f"{pool.pk}-{case.pk}", "UDENFOR": "none"})
    assert spent() == {(case.reference, 2021): TOTAL + 1_000}
    assert preview_of(kept(content + "20-03-2021;1006;ANDET;Igen;5\n")).unknown_accounts == {}
    assert {(r.account, r.case) for r in SpendingRule.objects.all()} == {("ANDET", case), ("UDENFOR", None)}


def test_a_psp_element_that_two_cases_have_is_asked_about(pool, case):
    other = given.started_case(pool)
    given.allocate(pool, 2021, {other: 100_000})
    checking.keep_accounting(other, by=given.finance(), fields={"psp_element": "XA-1"}, lines={})
    assert list(preview_of(kept()).unknown_accounts) == ["XA-1"]


def test_overspending_is_recorded_and_moves_no_money(pool, case):
    before = given.money(case)
    imported(kept(CSV + "18-03-2021;1004;XA-1;Stort;900.000\n"), total=TOTAL + 90_000_000)
    assert spent()[case.reference, 2021] == TOTAL + 90_000_000
    assert given.money(case) == before
    assert ledger.unspent(pool, 2021, case) == 0


def test_a_posting_to_a_closed_year_is_marked_late(pool, case):
    ledger.close_year(pool, 2021, given.COUNCIL, by=given.finance(), operation=uuid.uuid4())
    draft = kept()
    assert len(preview_of(draft).late) == 3
    imported(draft)
    assert set(Posting.objects.values_list("late", flat=True)) == {True}


# ---- The pages ------------------------------------------------------------------------------------
def test_finance_uploads_looks_and_imports_once(client, case):
    client.force_login(given.finance())
    answer = client.post(
        reverse("pool:spending"),
        {"operation": uuid.uuid4(), "file": SimpleUploadedFile("poster.csv", CSV.encode())},
    )
    draft = SpendingDraft.objects.get()
    assert answer.url == reverse("pool:spending-preview", args=[draft.pk])
    page = client.get(answer.url).content.decode()
    assert "62.000,25" in page
    assert not Posting.objects.exists()

    given_form = {"operation": uuid.uuid4(), "control_total": "62.000,24"}
    refused = client.post(answer.url, given_form)
    assert refused.status_code == 422
    assert 'value="62.000,24"' in refused.content.decode()
    assert "Kontrolsummen er 62.000,24 kr." in refused.content.decode().replace("\u00a0", " ")

    given_form["control_total"] = "62.000,25"
    for _post in range(2):
        done = client.post(answer.url, given_form, follow=True)
        assert "3 posteringer er indlæst" in done.content.decode()
    assert SpendingFile.objects.count() == 1
    assert spent() == {(case.reference, 2021): TOTAL}


def test_the_rule_itself_takes_finance(case):
    draft, board = kept(), given.board()
    with pytest.raises(PermissionDenied):
        keep_file(SimpleUploadedFile("poster.csv", CSV.encode()), by=board)
    with pytest.raises(PermissionDenied):
        import_spending(draft, control_total_oere=TOTAL, answers={}, by=board, operation=uuid.uuid4())
    assert spent() == {}


def test_nobody_else_imports_spending(client, case):
    draft = kept()
    for person in (given.board(), given.secretariat(), case.owner):
        client.force_login(person)
        assert client.get(reverse("pool:spending")).status_code == 403
        assert client.post(reverse("pool:spending-preview", args=[draft.pk])).status_code == 403
    assert not Posting.objects.exists()


def test_a_form_without_a_file_or_a_total_says_what_is_missing(client, case):
    client.force_login(given.finance())
    page = client.post(reverse("pool:spending"), {"operation": uuid.uuid4()})
    assert (page.status_code, "Vælg en fil." in page.content.decode()) == (422, True)
    draft = kept()
    page = client.post(reverse("pool:spending-preview", args=[draft.pk]), {"operation": uuid.uuid4()})
    assert "Skriv kontrolsummen fra økonomisystemet." in page.content.decode()


@pytest.mark.parametrize("typed", ["abc", "1.2.3", "12.345,678", "NaN", "9" * 40, "\u0661"])
def test_a_control_total_that_is_no_number_is_refused_at_the_field(client, case, typed):
    client.force_login(given.finance())
    url = reverse("pool:spending-preview", args=[kept().pk])
    page = client.post(url, {"operation": uuid.uuid4(), "control_total": typed})
    assert page.status_code == 422
    assert page.context["form"].errors["control_total"]


def test_a_file_that_is_not_to_be_imported_is_put_aside(client, case):
    client.force_login(given.finance())
    wrong, other = kept(CSV + "31-02-2021;1;XA-1;t;100\n", "forkert.csv"), kept()
    preview = client.get(reverse("pool:spending-preview", args=[wrong.pk])).content.decode()
    assert "Række 5: Kolonnen Dato: Datoen findes ikke." in preview
    assert "Indlæs posteringerne" not in preview
    form, address = {"operation": uuid.uuid4()}, reverse("pool:spending-discard", args=[wrong.pk])
    for _post in range(2):
        page = client.post(address, form, follow=True).content.decode()
        assert "forkert.csv er lagt til side." in page
    assert [draft.pk for draft in client.get(reverse("pool:spending")).context["drafts"]] == [other.pk]
    assert SpendingDraft.objects.get(pk=wrong.pk).discarded_at
    assert Entry.objects.filter(act="discard spending").count() == 1
