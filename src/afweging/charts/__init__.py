"""Charts: labelled results to SVG text, without a file, a screen or a clock."""
