"""The template as a file."""

from businesscases.template.drawing import Template, draw_case, draw_control, draw_guide
from businesscases.template.economy_sheet import draw_economy
from innovation_pool.workbooks.book import Book


def template_workbook(template: Template, *, with_values: bool = True) -> bytes:
    """The four sheets in order. Without cached values it is for a reader that calculates."""
    book = Book()
    draw_guide(book, template)
    draw_case(book, template)
    draw_economy(book, template)
    draw_control(book, template)
    return book.bytes(with_values=with_values)
