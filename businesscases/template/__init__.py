"""The case as a workbook to fill in away from the application, and reading it when it comes back."""
