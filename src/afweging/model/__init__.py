"""Frozen records of a decision problem and of a comparison. They read and compute nothing."""
