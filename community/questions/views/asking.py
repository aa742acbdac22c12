"""Asking: product, topic, the question itself."""
