"""Lessons: a text to read, a machine to step through, and exercises that grade themselves."""
