"""The rows of a pool's tables: whatever a person has typed is escaped, and a sum leads to what it opens."""

from django.test.html import parse_html

from pool.case_grid import GridRow, Part
from pool.grid_html import Opening, grid_rows_html, picked_rows_html, year_rows_html
from pool.year_table import MoneyCell, MoneyRow

NASTY = "<script>alert('a')</script> & \"b\" {x} %s"
ESCAPED = "&lt;script&gt;alert(&#x27;a&#x27;)&lt;/script&gt; &amp; &quot;b&quot; {x} %s"
RESERVED = Part("reserved", 300_000, NASTY, "reserved-2026")
ROW = GridRow("BC-2026-001", NASTY, "decided", True, 300_000, shown=((RESERVED,), ()), parts=(RESERVED,))
OTHER = GridRow("BC-2026-002", "Anden", "waiting", False, 0, shown=((), (Part("uncovered", 1_000, "asked"),)))
OPENING = Opening("?q=%3Cb%3E&group=decided&", True, "reserved-2026", "<p>bag</p>")


def test_a_case_is_a_row_with_what_is_typed_escaped():
    drawn = grid_rows_html([ROW, OTHER], 4, "/cases/", OPENING, opened="BC-2026-001", sees_asked=True)
    assert "<script" not in drawn
    assert drawn.count(ESCAPED) == 2
    assert str(parse_html(drawn)) == str(
        parse_html(
            '<tbody><tr class="group"><th scope="colgroup" colspan="4">Godkendt og i gang</th></tr>'
            '<tr id="c-BC-2026-001"><th scope="row">'
            f'<a class="name" href="/cases/BC-2026-001/">{ESCAPED}</a>'
            "<small>BC-2026-001 · søges fra flere</small></th>"
            '<td><span class="m m-reserved"><a class="open" aria-current="true" '
            'href="?q=%3Cb%3E&amp;group=decided&amp;case=BC-2026-001&amp;show=reserved-2026#c-BC-2026-001">300'
            f'</a></span><small class="word">{ESCAPED}</small></td><td></td><td class="all">300</td></tr>'
            '<tr class="detail"><td colspan="4"><p>bag</p></td></tr></tbody>'
            '<tbody><tr class="group"><th scope="colgroup" colspan="4">Til beslutning</th></tr>'
            '<tr id="c-BC-2026-002"><th scope="row"><a class="name" href="/cases/BC-2026-002/">Anden</a>'
            '<small>BC-2026-002</small></th><td></td><td><span class="m m-uncovered">1</span>'
            '<small class="word bad">asked</small></td><td class="all">0</td></tr></tbody>'
        )
    )


def test_who_may_open_nothing_gets_no_link():
    closed = Opening("?", False)
    drawn = grid_rows_html([ROW], 4, "/cases/", closed, opened="", sees_asked=False)
    drawn += picked_rows_html([ROW], 2026, "/cases/", closed, opened="")
    assert drawn.count("<a ") == drawn.count('class="name"') == 2
    assert "søges fra flere" not in drawn


def test_on_a_telephone_a_sum_leads_to_its_year():
    drawn = picked_rows_html([ROW], 2026, "/cases/", OPENING, opened="")
    assert "&amp;year=2026&amp;case=BC-2026-001&amp;show=reserved-2026#p-BC-2026-001" in drawn
    assert ("<script" in drawn, "bag" in drawn, drawn.count(ESCAPED)) == (False, False, 2)


def test_a_line_of_the_years_says_its_sums_with_their_signs():
    carried = MoneyCell(2026, 300_000, "carried-2026")
    row = MoneyRow("carried", NASTY, (carried, MoneyCell(2027, None)), MoneyCell(0, 300_000), signed=True)
    short = MoneyRow("short", "Mangler", (MoneyCell(2026, -1_000),), MoneyCell(0, -1_000), look="short")
    drawn = year_rows_html([row, short], 3, Opening("?", True, "carried-2026", "bag"), opened="carried")
    assert str(parse_html(drawn)) == str(
        parse_html(
            f'<tr class=""><th scope="row">{ESCAPED}</th><td><a class="open" href="?show=carried-2026#years" '
            'aria-current="true">+300</a></td><td></td><td class="all">+300</td></tr>'
            '<tr class="detail"><td colspan="3">bag</td></tr>'
            '<tr class="short"><th scope="row">Mangler</th><td class="short">−1</td>'
            '<td class="all">−1</td></tr>'
        )
    )
