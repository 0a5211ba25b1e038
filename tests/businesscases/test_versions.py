"""Frozen versions: what they hold, that nothing moves them, and how two differ."""

from datetime import date
from decimal import Decimal
from uuid import UUID

import pytest

from businesscases.content import content_of, from_plain, live_content, to_plain
from businesscases.models import BusinessCase, CaseVersion, Rate, State
from businesscases.rates import rate_on
from businesscases.versions import changes, digest_of, is_unchanged
from innovation_pool.append_only import AppendOnlyError
from tests import factories

pytestmark = pytest.mark.django_db


def test_a_version_holds_the_case_and_its_key_figures():
    case = factories.case(State.SUBMITTED, start_year=2021)
    version = case.versions.get()
    content = content_of(version)
    assert (content.reference, content.version, content.title) == (case.reference, 1, case.title)
    assert len(content.lines) == len(factories.LINES)
    # The sums of the picture, in kroner: investments 2.150 + implementation 240 thousand.
    figures = (version.asked_total, version.invested, version.net_gain, version.permanent_effect)
    assert figures == (1_900_000, 2_390_000, 4_120_000, 1_660_000)
    assert version.discount_rate == Decimal("0.035")
    # Back at zero in the fourth year: 3 + 860/1660.
    assert round(version.payback_years, 4) == Decimal("3.5181")
    assert (version.start_year, version.price_level) == (2021, 2021)


def test_a_blank_cell_stays_blank():
    case = factories.case(State.SUBMITTED)
    line = content_of(case.versions.get()).lines[0]
    assert line.amounts == (900_000, 700_000, 300_000, None, None, None)


def test_content_is_the_same_after_json():
    content = live_content(factories.case())
    assert from_plain(to_plain(content)) == content


def test_a_version_is_unchanged_whatever_is_written_afterwards():
    case = factories.case(State.RETURNED)
    version = case.versions.get()
    before = version.digest, version.content
    BusinessCase.objects.filter(pk=case.pk).update(title="Noget andet", description="Nyt")
    case.lines.update(year_1=1)
    case.risks.update(text="Ny risiko")
    version = CaseVersion.objects.get(pk=version.pk)
    assert (version.digest, version.content) == before
    assert version.digest == digest_of(version.content)
    assert is_unchanged(version)


def test_a_changed_content_shows_in_the_digest():
    version = factories.case(State.SUBMITTED).versions.get()
    version.content["lines"][0]["amounts"][0] = 1
    assert not is_unchanged(version)


def test_a_version_is_never_changed_or_deleted():
    version = factories.case(State.SUBMITTED).versions.get()
    with pytest.raises(AppendOnlyError):
        version.save()
    with pytest.raises(AppendOnlyError):
        CaseVersion.objects.update(digest="")
    with pytest.raises(AppendOnlyError):
        version.delete()


def test_the_rate_in_force_on_the_day_is_frozen_with_the_version():
    Rate.objects.create(kind="discount", valid_from=date(2000, 1, 1), value=Decimal("0.04"))
    case = factories.case(State.RETURNED)
    Rate.objects.create(kind="discount", valid_from=date(2001, 1, 1), value=Decimal("0.02"))
    assert live_content(case).discount_rate == Decimal("0.02")
    factories.submit(case)
    assert list(case.versions.values_list("discount_rate", flat=True)) == [Decimal("0.04"), Decimal("0.02")]
    assert content_of(case.versions.get(number=1)).key_figures.rate == Decimal("0.04")


def test_the_newest_rate_that_has_begun_is_in_force():
    assert rate_on("discount", date(2021, 1, 7)) == Decimal("0.035")
    assert rate_on("price index", date(2021, 1, 7)) == 0
    Rate.objects.create(kind="discount", valid_from=date(2026, 1, 1), value=Decimal("0.03"))
    Rate.objects.create(kind="discount", valid_from=date(2027, 1, 1), value=Decimal("0.02"))
    assert rate_on("discount", date(2025, 12, 31)) == Decimal("0.035")
    assert rate_on("discount", date(2026, 1, 1)) == Decimal("0.03")
    assert rate_on("discount", date(2030, 1, 1)) == Decimal("0.02")


def test_two_versions_are_compared_field_by_field_and_cell_by_cell():
    case = factories.case(State.RETURNED)
    keys = {line.text: str(line.key) for line in case.lines.all()}
    case.title = "Fælles kørsel"
    case.save()
    case.lines.filter(text="Projektledelse").update(year_1=None, year_2=120_000, basis="Tilbud")
    gone = case.lines.get(text="Frigjort tid")
    gone.removed_at = case.changed_at
    gone.save()
    factories.line(case, "implementation", "Flytning", "pool", False, [None, 50, None, None, None, None])
    factories.submit(case)
    first, second = case.versions.order_by("number")
    found = changes(first, second)
    assert [(part.field, part.before, part.after) for part in found.fields] == [
        ("title", "Fælles kørselskoordinering", "Fælles kørsel")
    ]
    assert [(part.line.text, part.cells, part.fields) for part in found.lines] == [
        ("Projektledelse", (0, 1), ("basis",)),
        ("Flytning", (1,), ()),
        ("Frigjort tid", (1, 2, 3, 4, 5), ()),
    ]
    assert found.lines[0].line.key == keys["Projektledelse"]
    assert (found.lines[1].before, found.lines[2].after) == (None, None)
    assert not changes(second, second)


def test_a_line_keeps_its_identity_through_versions():
    case = factories.case(State.RETURNED)
    case.lines.update(text="Omdøbt")
    factories.submit(case)
    first, second = (content_of(version) for version in case.versions.order_by("number"))
    assert [line.key for line in first.lines] == [line.key for line in second.lines]
    assert all(UUID(line.key) for line in first.lines)


def test_lists_show_the_newest_version_and_nothing_that_is_being_mended():
    case = factories.case(State.RETURNED)
    listed = case.listed_title, case.asked_total
    BusinessCase.objects.filter(pk=case.pk).update(title="Under arbejde")
    case.lines.filter(payer="pool").update(year_1=1_000_000)
    case.refresh_from_db()
    assert (case.listed_title, case.asked_total) == listed
    factories.submit(case)
    case.refresh_from_db()
    assert (case.listed_title, case.asked_total) == ("Under arbejde", 2_000_000)
