"""The interactive report: a page that holds its results, and computes with other weights."""
