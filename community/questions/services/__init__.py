"""Changing questions, answers and comments: one module for each verb."""
