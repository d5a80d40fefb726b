"""A decision problem as one workbook (.xlsx): sheets to documents and effects, and back."""
