"""Workflows: the machines and rules."""
