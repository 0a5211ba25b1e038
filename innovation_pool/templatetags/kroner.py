"""Amounts in templates: `{% load kroner %}`, then `{{ amount|kr }}`.

The filters are the formatter's own functions; there is no second way to show a number. `signed_kr` and
its like put "+" before what is above zero. Nothing for None, so `|default:"–"` works.
"""

from django import template

from innovation_pool import kroner

register = template.Library()

for shown in (
    kroner.kroner,
    kroner.kr,
    kroner.thousands,
    kroner.millions,
    kroner.mio_kr,
    kroner.oere,
    kroner.percent,
    kroner.years,
    kroner.one_decimal,
    kroner.as_typed,
    kroner.percent_as_typed,
):
    register.filter(shown.__name__, shown)


def _with_sign(shown):
    def with_sign(amount):
        return kroner.signed(shown(amount))

    return with_sign


for shown in (kroner.kroner, kroner.kr, kroner.thousands, kroner.millions, kroner.mio_kr, kroner.percent):
    register.filter(f"signed_{shown.__name__}", _with_sign(shown))
