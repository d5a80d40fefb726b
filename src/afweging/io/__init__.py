"""Reading and writing: folders, workbooks, schema, canonical form. Computes no result."""
