"""The files leave by addresses others rely on, only for those who may, and each leaves a trace."""

import io
import re
from copy import deepcopy

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from businesscases.checking import keep_accounting
from innovation_pool.audit.models import Entry
from innovation_pool.permissions import Role
from tests import factories
from tests.pool import given
from tests.pool.pages import as_role
from tests.sheets import scene

pytestmark = pytest.mark.django_db
EXPORTERS = (Role.FINANCE, Role.SECRETARIAT, Role.BOARD, Role.AUDITOR)


@pytest.fixture(scope="module")
def story(shared):
    return scene.the_story()


@pytest.fixture
def pool(story):
    return deepcopy(story)


def book_of(response):
    assert response.status_code == 200
    return load_workbook(io.BytesIO(response.content), data_only=True)


def test_the_addresses_are_the_contracts(pool):
    assert reverse("pool:budget-sheet", args=[pool.pk, 2021]) == f"/pool/{pool.pk}/budget-sheet/2021.xlsx"
    assert reverse("pool:proposal", args=[pool.pk]) == f"/pool/{pool.pk}/proposal.xlsx"
    case = reverse("pool:case-proposal", args=["BC-2021-001"])
    assert case == "/businesscases/BC-2021-001/proposal.xlsx"


@pytest.mark.parametrize("role", EXPORTERS)
def test_a_budget_sheet_is_exported_with_a_trace(pool, role):
    response = as_role(role).get(f"/pool/{pool.pk}/budget-sheet/2021.xlsx?unit=1")
    book = book_of(response)
    assert book["Om"]["C12"].value == 1
    assert book["Budgetark"]["E13"].value == 3_000_000
    entry = Entry.objects.filter(act="export").latest("pk")
    assert entry.subject_id == str(pool.pk)
    assert entry.after["year"] == "2021"
    assert entry.after["hash"] == pool.head
    assert "budgetark-oekan-011-2021.xlsx" in response["Content-Disposition"]


@pytest.mark.parametrize(
    "address", ["/budget-sheets/", "/pool/{}/budget-sheet/2021.xlsx", "/pool/{}/budget-sheet/2021.csv"]
)
@pytest.mark.parametrize("role", [Role.STAFF, Role.ADMINISTRATOR])
def test_staff_and_administrator_export_no_budget_sheet(pool, role, address):
    before = Entry.objects.filter(act="export").count()
    assert as_role(role).get(address.format(pool.pk)).status_code == 403
    assert Entry.objects.filter(act="export").count() == before


@pytest.mark.parametrize("address", ["1999.xlsx", "2021.xlsx?unit=7", "2021.xlsx?unit=0"])
def test_what_is_not_there_is_a_404(pool, address):
    assert as_role(Role.FINANCE).get(f"/pool/{pool.pk}/budget-sheet/{address}").status_code == 404
    assert as_role(Role.FINANCE).get("/pool/999999/budget-sheet/2021.xlsx").status_code == 404


def test_the_page_leads_to_the_file_chosen(pool):
    client = as_role(Role.FINANCE)
    page = client.get("/budget-sheets/")
    assert page.status_code == 200
    assert "Alle år i én projektmappe" in page.content.decode()
    chosen = {"sheet": f"{pool.pk}:2021", "unit": "1", "file": "xlsx"}
    assert client.get("/budget-sheets/", chosen).url == f"/pool/{pool.pk}/budget-sheet/2021.xlsx?unit=1"
    chosen = {"sheet": f"{pool.pk}:all", "unit": "1000", "file": "xlsx"}
    assert client.get("/budget-sheets/", chosen).url == f"/pool/{pool.pk}/budget-sheet/all.xlsx?unit=1000"
    chosen = {"sheet": f"{pool.pk}:2021", "file": "csv", "columns": ["profit_centre", "amount"]}
    csv = client.get("/budget-sheets/", chosen).url
    assert csv == f"/pool/{pool.pk}/budget-sheet/2021.csv?column=profit_centre&column=amount"
    wrong = client.get("/budget-sheets/", {"sheet": f"{pool.pk}:1999", "file": "xlsx"})
    assert wrong.status_code == 200
    assert wrong.context["form"].errors


def test_a_pool_is_offered_with_its_own_years_and_no_other(pool):
    other = given.a_pool({2030: 100, 2031: 100}, first_year=2030, name="Grøn pulje", number="GROEN-1")
    finance = as_role(Role.FINANCE)
    page = finance.get("/budget-sheets/", {"pool": other.pk}).content.decode()
    groups = dict(re.findall(r'<optgroup label="([^"]+)">(.*?)</optgroup>', page, re.DOTALL))
    offered = re.findall(r'value="([^"]+)"', groups["Grøn pulje 2030–2031"])
    assert offered == [f"{other.pk}:2030", f"{other.pk}:2031", f"{other.pk}:all"]
    assert re.search(rf'value="{other.pk}:2030"\s+selected', page)
    chosen = {"sheet": f"{other.pk}:2021", "file": "xlsx"}
    assert "Puljen har ikke det år" in finance.get("/budget-sheets/", chosen).content.decode()


def test_the_csv_has_the_columns_asked_for(pool):
    response = as_role(Role.FINANCE).get(
        f"/pool/{pool.pk}/budget-sheet/2021.csv?column=year&column=amount&column=type&column=nonsense"
    )
    lines = b"".join(response.streaming_content).decode("utf-8-sig").splitlines()
    assert lines[:3] == [
        "År;Beløb, kr.;Type",
        "2021;450000;Investering fra puljen",
        "2021;-450000;Fra puljen",
    ]
    amounts = [int(line.split(";")[1]) for line in lines[1:] if "puljen" in line and "Uden" not in line]
    assert sum(amounts) == 0
    every = as_role(Role.FINANCE).get(f"/pool/{pool.pk}/budget-sheet/2021.csv")
    head = b"".join(every.streaming_content).decode("utf-8-sig").splitlines()[0]
    assert head == "Sag;Profitcenter;F3-niveau;Funktion;Gruppering;Dranst;Type;År;Prisniveau;Beløb, kr.;Tekst"


def test_the_grouping_that_finance_keeps_is_a_column_of_the_csv(pool):
    row = {"profit_centre": "Haller og stadion", "function": "0.32.31", "grouping": "003"}
    keep_accounting(pool.accounts.exclude(case=None).first().case, by=given.finance(), fields=row)
    address = f"/pool/{pool.pk}/budget-sheet/2021.csv?column=function&column=grouping&column=amount"
    lines = b"".join(as_role(Role.FINANCE).get(address).streaming_content).decode("utf-8-sig").splitlines()
    assert lines[:3] == ["Funktion;Gruppering;Beløb, kr.", "0.32.31;003;450000", ";;-450000"]


def test_the_grid_as_a_file_shows_what_is_asked_only_to_those_who_may_see_it(pool):
    finance = book_of(as_role(Role.FINANCE).get(f"/pool/{pool.pk}/cases.xlsx"))
    rows = list(finance.worksheets[0].iter_rows(values_only=True))
    assert rows[0] == (
        "Sag",
        "Titel",
        "Status",
        "År",
        "Søgt",
        "Reserveret",
        "Udmøntet",
        "Uden dækning",
        "Forbrugt",
    )
    assert ("Energistyring i haller", 2021, 800_000, 600_000, 200_000, None, None) in [
        (row[1], *row[3:]) for row in rows
    ]
    assert "Robotklipning af boldbaner" in {row[1] for row in rows}
    staff = book_of(as_role(Role.STAFF).get(f"/pool/{pool.pk}/cases.xlsx"))
    shown = list(staff.worksheets[0].iter_rows(values_only=True))
    assert "Søgt" not in shown[0]
    assert "Robotklipning af boldbaner" not in {row[1] for row in shown}


def test_the_movements_of_a_filter_as_a_file(pool):
    client = as_role(Role.AUDITOR)
    every = book_of(client.get(f"/pool/{pool.pk}/movements.xlsx")).worksheets[0]
    assert [row[0] for row in every.iter_rows(min_row=2, values_only=True)] == list(
        range(1, pool.last_number + 1)
    )
    response = client.get(f"/pool/{pool.pk}/movements.csv?kind=allocation")
    lines = b"".join(response.streaming_content).decode("utf-8-sig").splitlines()
    assert len(lines) == 3
    assert as_role(Role.STAFF).get(f"/pool/{pool.pk}/movements.csv").status_code == 403


def test_a_case_not_theirs_has_no_form(pool):
    draft = factories.draft()
    stranger = as_role(Role.STAFF)
    assert stranger.get(f"/businesscases/{draft.reference}/proposal.xlsx").status_code == 404
