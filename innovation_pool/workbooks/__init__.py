"""Drawing workbooks: how cells look, and a book whose formulas come with their values. Pure."""
