"""Labelled use cases, all pure: compare, explain, warn, tabulate."""
