"""A great many cases, to measure on."""


def add_many(cases, say):
    return 0
