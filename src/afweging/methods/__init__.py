"""The numerical core: numpy in, numpy out. Knows no labels and no files.

Axes stand always in this order: K draws, P participants, S cases, A alternatives, C criteria.
"""
