"""Workflows: tasks that depend on each other are run in order."""
