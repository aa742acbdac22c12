"""Readers of other forums' files: streams of plain records, the same for every source."""
