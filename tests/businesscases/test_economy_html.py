"""The six-year table as it is drawn: what a line says of itself is escaped, and amounts have their signs."""

from businesscases.case_table import economy_table
from businesscases.content import live_content
from businesscases.economy_html import basis_html, economy_html, economy_years_html
from tests import factories

NASTY = "<script>alert('a')</script> & \"b\" {x} %s"
ESCAPED = "&lt;script&gt;alert(&#x27;a&#x27;)&lt;/script&gt; &amp; &quot;b&quot; {x} %s"


def test_a_line_is_a_row_with_what_is_typed_escaped(db):
    case = factories.case(lines=[])
    owner = factories.person(name=NASTY)
    factories.line(case, "investment", NASTY, "pool", False, [500, None, None, None, None, None])
    factories.line(
        case, "cashable_gain", "Gevinst", "", True, [None, 200, 300, 300, 300, 300], benefit_owner=owner
    )
    factories.line(case, "freed_time", NASTY, "", True, [None, 1, 1, 1, 1, 1])
    table = economy_table(live_content(case))
    drawn = economy_html(table, 2026)
    assert ("<script" in drawn, drawn.count(ESCAPED)) == (False, 3)
    first = table.groups[0].lines[0]
    amounts = "".join(f"<td>{amount}</td>" for amount in ("−500", "", "", "", "", ""))
    assert (
        f'<th scope="row">{ESCAPED}<small>{first.what}</small></th>{amounts}<td class="all">−500</td>'
        in drawn
    )
    assert '<td class="all">900</td></tr>' in drawn
    years = economy_years_html(table, 2026)
    assert years.count("<tr>") == 7
    cells = '<td>−500</td><td></td><td class="strong">−500</td><td>−500</td>'
    assert f'<tr><th scope="row">{table.years[0]}</th>{cells}</tr>' in years


def test_what_the_figures_are_built_on_is_escaped(db):
    case = factories.case(lines=[])
    amounts = [500, None, None, None, None, None]
    factories.line(case, "investment", NASTY, "pool", False, amounts, basis=NASTY, profit_centre=NASTY)
    factories.line(case, "investment", "Uden ord", "pool", False, amounts)
    drawn = basis_html(live_content(case).lines)
    assert ("<script" in drawn, "Uden ord" in drawn, drawn.count(ESCAPED)) == (False, False, 3)
