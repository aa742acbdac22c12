"""Measuring how fast the forum is, on the machine at hand."""
