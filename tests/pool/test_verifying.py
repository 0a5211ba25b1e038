"""From a printed code to yes or no, to the movement and its decision; and the ledger checked elsewhere."""

import json
import subprocess
import sys
from copy import deepcopy
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection

from innovation_pool import guards
from innovation_pool.audit.models import Entry
from innovation_pool.permissions import Role
from pool.decisions import Grant
from pool.models import Movement
from tests.pool import given
from tests.pool.pages import as_role, words

pytestmark = pytest.mark.django_db
SCRIPT = Path(settings.BASE_DIR) / "docs" / "verify_ledger.py"


@pytest.fixture
def pool(made):
    return deepcopy(made)


@pytest.fixture(scope="module")
def made(shared):
    pool = given.a_pool({2021: 1_000_000}, number="OEKAN-011")
    given.approved_case(pool, grants=[Grant(pool, 2021, 400_000)], title="Sensorer")
    pool.refresh_from_db()
    return pool


def asked(client, **parts):
    return client.get("/audit/verify/", parts)


@pytest.mark.parametrize("length", [64, 16, 8])
def test_yes_with_the_whole_code_or_its_first_characters(pool, length):
    page = words(asked(as_role(Role.AUDITOR), sheet=f" OEKAN-011:{pool.last_number}:{pool.head[:length]}… "))
    assert "Ja: hovedbogen er stadig den" in page
    assert "Ingenting: det er den seneste" in page


@pytest.mark.parametrize(
    "printed",
    [
        "OEKAN-011: seneste bevægelse {number}, kontrolkode {code}.",
        "OEKAN-011 · Budgetark 2021 · 1.000 kr. · − = indtægter · seneste bevægelse nr. {number} · {code}",
        "oekan-011  {number}  {code}",
    ],
)
def test_any_line_that_is_printed_can_be_pasted(pool, printed):
    sheet = printed.format(number=pool.last_number, code=pool.head[:16])
    assert "Ja: hovedbogen er stadig den" in words(asked(as_role(Role.AUDITOR), sheet=sheet))
    other = printed.format(number=pool.last_number, code="0" * 16)
    assert "Nej: hovedbogen er ikke den" in words(asked(as_role(Role.AUDITOR), sheet=other))


def test_by_its_parts_and_what_has_come_since(pool):
    code = Movement.objects.get(pool=pool, number=1).hash[:8].upper()
    page = asked(as_role(Role.BOARD), pool=pool.pk, number=1, code=code)
    assert "Ja: hovedbogen er stadig den" in words(page)
    assert f"movements/?page=1#m-{pool.last_number}" in page.content.decode()


def test_three_clicks_from_the_sheet_to_the_decision(pool):
    client = as_role(Role.AUDITOR)
    page = asked(client, pool=pool.pk, number=pool.last_number)
    assert "Sensorer" in words(page)
    item = pool.movements.last().operation.decision.item
    address = f"/meetings/{item.meeting_id}/?item={item.pk}"
    assert address in page.content.decode()
    assert "Sagen Sensorer" in words(client.get(address)) or "Sensorer godkendes" in words(
        client.get(address)
    )
    listed = client.get(f"/pool/{pool.pk}/movements/?page=1").content.decode()
    assert f'id="m-{pool.last_number}"' in listed


def test_an_allocation_leads_to_its_own_decision_and_to_the_one_that_granted_the_money(pool):
    case = pool.movements.last().case
    given.allocate(pool, 2021, {case: 150_000})
    last = pool.movements.order_by("number").last()
    allocated, granted = last.operation.decision, case.decisions.first()
    client = as_role(Role.AUDITOR)
    first = asked(client, sheet=f"OEKAN-011:{last.number}:{last.hash[:8]}").content.decode()
    act = f"/pool/{pool.pk}/movements/{last.number}/"
    assert f'<a href="{act}">' in first
    second = client.get(act)
    assert f"nr. {allocated.label}" in words(second)
    decision = f"/meetings/{granted.meeting_id}/?item={granted.item_id}"
    assert (
        f'<a href="{decision}">Beslutning nr. {granted.label}, {case.reference}</a>'
        in second.content.decode()
    )
    assert client.get(decision).status_code == 200


def test_no_with_another_code_or_a_number_that_is_not_there(pool):
    client = as_role(Role.FINANCE)
    page = words(asked(client, sheet=f"OEKAN-011:{pool.last_number}:{'0' * 12}"))
    assert "Nej: hovedbogen er ikke den" in page
    assert "har ingen bevægelse 999" in words(asked(client, sheet=f"OEKAN-011:999:{'0' * 12}"))


@pytest.mark.parametrize(
    "sheet",
    ["", "OEKAN-011", "X:1:12345678", "OEKAN-011:1:123", "OEKAN-011:0:12345678",
     "a:b:c", "OEKAN-011:1:zzzzzzzz", "::", "x\0:1:1"]
)  # fmt: skip
def test_what_is_no_code_is_answered_with_how_to_write_it(pool, sheet):
    response = asked(as_role(Role.AUDITOR), sheet=sheet, code="" if sheet else "12345678")
    assert response.status_code == 422


def test_who_may(pool):
    for role, status in [
        (Role.STAFF, 403), (Role.ADMINISTRATOR, 403), (Role.SECRETARIAT, 200), (Role.AUDITOR, 200)
    ]:  # fmt: skip
        assert as_role(role).get("/audit/verify/").status_code == status, role
    for role, status in [
        (Role.STAFF, 403), (Role.SECRETARIAT, 403), (Role.BOARD, 403), (Role.FINANCE, 200),
        (Role.AUDITOR, 200),
    ]:  # fmt: skip
        assert as_role(role).get(f"/pool/{pool.pk}/ledger.jsonl").status_code == status, role


def exported(pool, tmp_path) -> Path:
    response = as_role(Role.AUDITOR).get(f"/pool/{pool.pk}/ledger.jsonl")
    file = tmp_path / "ledger.jsonl"
    file.write_bytes(b"".join(response.streaming_content))
    return file


def run(*arguments):
    return subprocess.run(
        [sys.executable, "-I", SCRIPT, *arguments], capture_output=True, text=True, check=False
    )


def test_the_exported_ledger_is_checked_without_the_application(pool, tmp_path):
    file = exported(pool, tmp_path)
    head = f"OEKAN-011:{pool.last_number}:{pool.head[:8]}"
    checked = run(file, head)
    assert (checked.returncode, checked.stdout) == (0, "The chain holds.\n")
    entry = Entry.objects.get(act="export")
    assert entry.after["movements"] == pool.last_number
    assert run(file, f"OEKAN-011:1:{'0' * 8}").returncode == 1
    assert run(file, "nonsense").returncode == 2
    assert run(tmp_path / "none").returncode == 2


@pytest.mark.parametrize("harm", ["amount", "gone", "text", "head", "order"])
def test_the_script_finds_what_was_changed(pool, tmp_path, harm):
    file = exported(pool, tmp_path)
    lines = file.read_text().splitlines()
    if harm == "gone":
        del lines[2]
    elif harm == "order":
        lines[1], lines[2] = lines[2], lines[1]
    else:
        row = json.loads(lines[0 if harm == "head" else 2])
        if harm == "amount":
            row["payload"] = row["payload"].replace('"amount":', '"amount":1')
        elif harm == "text":
            row["reason"] = "noget andet"
        else:
            row["head"] = "0" * 64
        lines[0 if harm == "head" else 2] = json.dumps(row)
    file.write_text("\n".join(lines))
    checked = run(file)
    assert checked.returncode == 1
    assert "does not hold" in checked.stdout


def test_a_changed_row_shows_on_the_page(pool):
    def change(amount: str):
        with guards.lifted(), connection.cursor() as cursor:
            cursor.execute(f"UPDATE pool_movement SET amount = amount {amount} WHERE number = 1")

    change("+ 1")
    page = words(asked(as_role(Role.AUDITOR), sheet=f"OEKAN-011:{pool.last_number}:{pool.head}"))
    assert "Nej: hovedbogen er ikke den" in page
    assert "OEKAN-011 1" in page
    change("- 1")


def test_the_audit_trail_leads_there(pool):
    link = 'href="/audit/verify/"'
    assert link in as_role(Role.AUDITOR).get("/audit/").content.decode()
    assert link not in as_role(Role.ADMINISTRATOR).get("/audit/").content.decode()
