"""Invented departments, and the blank files of a new one."""
