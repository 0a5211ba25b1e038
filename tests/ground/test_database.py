"""Danish letters are found and ordered alike on both databases."""

import pytest

from innovation_pool.accounts.models import Committee
from innovation_pool.database import danish_key, in_danish_order, like


@pytest.mark.django_db
@pytest.mark.parametrize("searched", ["æble", "ÆBLE", "Æblegrød", "ÅS"])
def test_search_ignores_the_case_of_danish_letters(searched):
    Committee.objects.create(name="Den store ÆBLEGRØD på Ås")

    assert Committee.objects.filter(name__icontains=searched).count() == 1
    assert Committee.objects.filter(name__icontains=searched + "x").count() == 0


@pytest.mark.django_db
@pytest.mark.parametrize("searched", ["100%", "a_b", r"c\d", "%", "_"])
def test_signs_that_mean_something_to_the_database_are_only_signs(searched):
    Committee.objects.create(name=r"100% a_b c\d")
    Committee.objects.create(name="1000 axb cd")

    assert [row.name for row in Committee.objects.filter(name__icontains=searched)] == [r"100% a_b c\d"]


@pytest.mark.django_db
def test_order_is_that_of_the_danish_alphabet():
    names = ["Øl", "Zebra", "Å", "Bil", "Æble", "Café", "Aalborg", "Abe"]
    for name in names:
        Committee.objects.create(name=name)

    forwards = [row.name for row in Committee.objects.order_by(in_danish_order("name"))]
    backwards = [row.name for row in Committee.objects.order_by(in_danish_order("name").desc())]

    assert forwards in (
        ["Abe", "Bil", "Café", "Zebra", "Æble", "Øl", "Å", "Aalborg"],
        ["Abe", "Bil", "Café", "Zebra", "Æble", "Øl", "Aalborg", "Å"],
    )
    assert backwards == forwards[::-1]


LIKES = [
    ("%Æ%", "blæk", None, True),
    ("æ%", "Æble", None, True),
    ("%e", "Æble", None, True),
    ("_b%", "ABE", None, True),
    ("a", "ab", None, False),
    ("", "", None, True),
    (r"%\%%", "5 %", "\\", True),
    (r"%\%%", "5", "\\", False),
    ("%line\nbreak%", "a LINE\nBREAK b", None, True),
    ("%.*%", "a.*b", None, True),
    ("%.*%", "ab", None, False),
    (None, "a", None, None),
    ("a", None, None, None),
    ("1%", 12, None, True),
]


@pytest.mark.parametrize(("pattern", "value", "escape", "expected"), LIKES)
def test_like_is_sqls_own(pattern, value, escape, expected):
    assert like(pattern, value, escape) is expected


def test_foreign_letters_stand_where_danes_file_them():
    words = ["Zoo", "Ärger", "Ægir", "Öl", "Århus", "Yt", "Über", "Élan", "Ego"]

    assert sorted(words, key=danish_key) == [
        "Ego",
        "Élan",
        "Über",
        "Yt",
        "Zoo",
        "Ægir",
        "Ärger",
        "Öl",
        "Århus",
    ]
