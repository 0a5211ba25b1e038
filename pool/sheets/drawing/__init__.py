"""Workbooks drawn with openpyxl from plain values: no database, no Django, every word passed in."""
