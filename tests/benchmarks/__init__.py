"""Measurements, not tests: nothing here is run with the suite. How to run them stands in docs/speed.md."""
