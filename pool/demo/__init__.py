"""The demo: the history of a pool, the pool of today, and on request a great many cases.

Everything is made by the application's own rules, at the times it would have happened. What people read
is Danish, since it is what a municipality would have written, and none of it is translated.
"""
