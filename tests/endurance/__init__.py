"""Many people at the forms at once, and servers killed under them. How to run it long: docs/endurance.md.

Everything goes through gunicorn and HTTP: a writer signs in, reads a form, sends what a browser would
send, and notes what the answer promised. Afterwards the books are asked whether each promise was kept.
"""
