"""What comes out as workbooks: rows from the database here, drawing them in `drawing`."""
