"""The rows of a pool's tables: `{% load pool_tables %}`. In a block stands what a sum was opened on."""

from django import template

from pool.grid_html import Opening, grid_rows_html, picked_rows_html, year_rows_html

register = template.Library()


@register.simple_block_tag
def grid_rows(content, rows, columns, cases_url, base, openable, opened, key, sees_asked):
    """The cases with every year."""
    opening = Opening(base, bool(openable), key, content)
    return grid_rows_html(rows, columns, cases_url, opening, opened=opened or "", sees_asked=bool(sees_asked))


@register.simple_block_tag
def picked_rows(content, rows, year, cases_url, base, openable, opened):
    """The cases with one year alone."""
    opening = Opening(base, bool(openable), "", content)
    return picked_rows_html(rows, year, cases_url, opening, opened=opened or "")


@register.simple_block_tag
def year_rows(content, rows, columns, base, openable, opened, key):
    """The lines of the years' table."""
    return year_rows_html(rows, columns, Opening(base, bool(openable), key, content), opened=opened or "")
