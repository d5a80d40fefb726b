"""The decision memo: results as one document that can be attached, read by all, and checked."""
