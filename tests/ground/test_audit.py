"""The audit trail: one row an act, read by the auditor, exported as shown, and a form acts once."""

import io
import json
import re
import uuid

import pytest
from django.db.models import Q
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext_lazy
from openpyxl import load_workbook

from innovation_pool.accounts.models import User
from innovation_pool.append_only import AppendOnlyError
from innovation_pool.audit import names, reading
from innovation_pool.audit.acts import Answer, OtherContent, perform_once
from innovation_pool.audit.models import Act, Entry
from innovation_pool.audit.trail import record, record_file
from innovation_pool.audit.words import Reader
from innovation_pool.refusals import Refusal
from tests.layout_rules import project_sources

pytestmark = pytest.mark.django_db


@pytest.fixture
def auditor():
    return User.objects.create_user("revision", name="Rita Revisor", role_staff=False, role_auditor=True)


@pytest.fixture
def finance():
    return User.objects.create_user("oekonomi", name="Oda Økonom", role_finance=True)


def test_an_entry_is_never_changed_or_deleted(auditor):
    entry = record("export", auditor, by=auditor)
    entry.subject = "noget andet"
    with pytest.raises(AppendOnlyError):
        entry.save()
    with pytest.raises(AppendOnlyError):
        entry.delete()
    with pytest.raises(AppendOnlyError):
        Entry.objects.update(subject="noget andet")
    assert Entry.objects.get(pk=entry.pk).subject == "Rita Revisor"


def test_only_the_auditor_reads_the_trail(client, auditor, finance):
    record("export", finance, by=finance, reason="månedsrapport")
    client.force_login(finance)
    assert client.get(reverse("audit:entry-list")).status_code == 403
    assert client.get(reverse("audit:entry-export", args=["csv"])).status_code == 403
    client.force_login(auditor)
    page = client.get(reverse("audit:entry-list"))
    assert page.status_code == 200
    assert "månedsrapport" in page.content.decode()


def test_a_sign_in_is_an_entry(client, auditor):
    client.force_login(auditor)
    assert list(Entry.objects.values_list("act", "subject_id")) == [("sign in", str(auditor.pk))]


def test_a_wrong_password_is_an_entry_on_the_person_and_nobody_did_it(client, auditor):
    client.post(reverse("account_login"), {"login": "REVISION", "password": "forkert"})
    assert {"failed sign in": (str(auditor.pk), None)} == {
        entry.act: (entry.subject_id, entry.by) for entry in Entry.objects.all()
    }


def test_the_filter_finds_by_text_act_person_and_day(client, auditor, finance):
    record("export", finance, by=finance, reason="månedsrapport", before={"a": 1}, after={"a": 2})
    record("download", auditor, by=auditor, case_reference="BC-2026-001")
    client.force_login(auditor)

    def found(**query):
        page = client.get(reverse("audit:entry-list"), query)
        return [row[0].act for row in page.context["rows"]]

    assert found() == ["sign in", "download", "export"]
    assert found(q="bc-2026-001") == ["download"]
    assert found(q="måneds") == ["export"]
    assert found(act="download") == ["download"]
    assert found(by=finance.pk) == ["export"]
    assert found(until="01-01-2001") == []
    assert found(since="01-01-2001") == ["sign in", "download", "export"]
    refused = client.get(reverse("audit:entry-list"), {"since": "31. februar"})
    assert refused.status_code == 200
    assert refused.context["rows"] == []
    assert "31. februar" in refused.content.decode()


def test_what_changed_shows_only_differences(auditor):

    entry = record("x", auditor, by=auditor, before={"a": 1, "b": 2}, after={"b": 2, "a": 3, "c": 4})
    assert Reader().differences(entry) == [("a", "1", "3"), ("c", None, "4")]


def test_what_changed_is_in_words_down_to_the_field_of_a_row(auditor):
    row = "3bad009f4bf04e61a9a19dcb0b43a604"
    before = {"state": "draft", f"economy.{row}.year_1": 1_200_000, "deadline": "2026-02-14"}
    after = {
        "state": "submitted",
        f"economy.{row}.year_1": 900_000,
        "deadline": "2026-03-02",
        "grants": [{"year": 2026, "amount": 900_000, "unfunded": 0}],
        "met": True,
    }
    entry = record("x", auditor, by=auditor, before=before, after=after)
    assert Reader().differences(entry) == [
        ("status", "Kladde", "Indsendt"),
        ("Økonomi over seks år · første år", "1.200.000", "900.000"),
        ("frist", "14.\xa0februar 2026", "2.\xa0marts 2026"),
        ("penge", None, "år 2026, kr. 900.000, uden dækning, kr. 0"),
        ("udfald", None, "ja"),
    ]


def test_rows_are_named_by_their_keys_and_each_table_is_read_once(auditor, django_assert_num_queries):
    entries = [
        record(
            "x", auditor, by=auditor, before={}, after={"economy.benefit_owner": auditor.pk, "order": [key]}
        )
        for key in ("3bad009f4bf04e61a9a19dcb0b43a604", "6d7e4e70c94342b09f24a5b507cd88e5")
    ]
    reader = Reader()
    with django_assert_num_queries(1):
        said = [reader.differences(entry) for entry in entries]
    assert said == [[("Økonomi over seks år · gevinstejer", None, "Rita Revisor")]] * 2


def test_every_act_that_is_recorded_has_a_name():
    called = re.compile(r"\b(?:record|trail|_moved|_traced)\(\s*(?:\w+, )?\"([a-z _-]+)\"")
    texts = [source.text for source in project_sources() if not source.path.startswith("tests/")]
    acts = {act for text in texts for act in called.findall(text)}
    assert {"put-down", "close-meeting", "sign in"} <= acts
    assert [act for act in sorted(acts) if not names.is_named(act)] == []


def test_the_filter_names_each_act_once_and_no_two_alike():
    offered = [choice for _group, choices in names.choices() for choice in choices]
    assert len({code for code, _name in offered}) == len({name for _code, name in offered}) == len(offered)


def test_the_trail_is_written_in_the_municipalitys_language_whoever_acts(auditor):
    with translation.override("en"):
        entry = record_file(gettext_lazy("Audit trail"), "xlsx", by=auditor)
    assert entry.subject == "Revisionsspor, Excel"


def test_a_wrong_password_says_that_nobody_signed_in(client, auditor):
    client.post(reverse("account_login"), {"login": "revision", "password": "forkert"})
    client.force_login(auditor)
    page = client.get(reverse("audit:entry-list"), {"act": "failed sign in"})
    assert [who for _entry, _name, who, _what, _changes in page.context["rows"]] == ["Ingen logget ind"]


def test_a_new_password_is_an_entry(client, auditor):
    auditor.set_password("kirsebær-på-heden")
    auditor.save()
    client.force_login(auditor)
    new = "granskoven-ved-fjorden"
    typed = {"oldpassword": "kirsebær-på-heden", "password1": new, "password2": new}
    assert client.post(reverse("account_change_password"), typed).status_code == 302
    entry = Entry.objects.get(act="change password")
    assert (entry.by, entry.before, entry.after) == (auditor, None, None)


@pytest.mark.parametrize("ending", ["xlsx", "csv", "jsonl"])
def test_an_export_holds_the_filtered_rows_and_is_itself_an_entry(client, auditor, finance, ending):
    record("download", finance, by=finance, reason='=HYPERLINK("x")')
    record("export", finance, by=finance)
    client.force_login(auditor)
    response = client.get(reverse("audit:entry-export", args=[ending]), {"act": "download"})
    stored = b"".join(response.streaming_content) if response.streaming else response.content
    if ending == "xlsx":
        sheet = load_workbook(io.BytesIO(stored)).worksheets[0]
        assert [row[6] for row in sheet.iter_rows(min_row=2, values_only=True)] == ['=HYPERLINK("x")']
        assert sheet["G2"].data_type == "s"
    elif ending == "csv":
        lines = stored.decode().splitlines()
        assert len(lines) == 2
        assert ';"\'=HYPERLINK(""x"")";' in lines[1]
    else:
        (row,) = [json.loads(line) for line in stored.decode().splitlines()]
        assert (row["act"], row["by"], row["reason"]) == ("download", "oekonomi", '=HYPERLINK("x")')
    newest = Entry.objects.order_by("-id").first()
    assert (newest.act, newest.by) == ("export", auditor)


def test_what_is_veiled_is_in_no_list_and_no_export(client, auditor, monkeypatch):
    monkeypatch.setattr(reading, "_veils", [])
    record("save", auditor, by=auditor, case_reference="BC-2026-009", after={"title": "KANARIE"})
    client.force_login(auditor)
    assert "BC-2026-009" in json.dumps(
        list(reading.readable_by(auditor).values_list("case_reference", flat=True))
    )
    assert "KANARIE" in client.get(reverse("audit:entry-list")).content.decode()
    reading.veil(lambda user: Q(case_reference="BC-2026-009"))
    assert "KANARIE" not in client.get(reverse("audit:entry-list")).content.decode()
    exported = client.get(reverse("audit:entry-export", args=["jsonl"]))
    assert b"KANARIE" not in b"".join(exported.streaming_content)


def test_the_list_costs_the_same_for_three_and_for_sixty_entries(client, auditor, django_assert_num_queries):
    for _number in range(3):
        record("export", auditor, by=auditor)
    client.force_login(auditor)
    with django_assert_num_queries(5):
        client.get(reverse("audit:entry-list"))
    for _number in range(60):
        record("export", auditor, by=auditor)
    with django_assert_num_queries(5):
        client.get(reverse("audit:entry-list"))


# ---- A form acts once -----------------------------------------------------------------------------
def test_the_second_post_gets_the_first_answer_and_does_nothing(auditor):
    done = []
    operation = uuid.uuid4()

    def run():
        done.append(1)
        return Answer("/der/", "Gjort")

    first = perform_once(operation, by=auditor, act="prøve", typed={"a": 1}, run=run)
    second = perform_once(operation, by=auditor, act="prøve", typed={"a": 1}, run=run)
    assert (first, second, len(done)) == (Answer("/der/", "Gjort"), Answer("/der/", "Gjort"), 1)


@pytest.mark.parametrize("other", [{"typed": {"a": 2}}, {"act": "andet"}])
def test_the_same_id_with_other_content_is_a_conflict_that_names_what_was_done(auditor, other):
    operation = uuid.uuid4()
    given = {"by": auditor, "act": "prøve", "typed": {"a": 1}, "run": lambda: Answer("/der/")}
    perform_once(operation, **given)
    with pytest.raises(OtherContent) as conflict:
        perform_once(operation, **{**given, **other})
    assert conflict.value.answer == Answer("/der/")


def test_a_refused_form_can_be_mended_and_posted_again(auditor):
    operation = uuid.uuid4()

    def refuse():
        raise Refusal("Der mangler 1 krone.")

    with pytest.raises(Refusal):
        perform_once(operation, by=auditor, act="prøve", typed={"a": 1}, run=refuse)
    assert not Act.objects.exists()
    answer = perform_once(operation, by=auditor, act="prøve", typed={"a": 2}, run=lambda: Answer("/der/"))
    assert answer == Answer("/der/")
