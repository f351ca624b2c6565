"""Traces for other tools: each format is a module here called `FORMAT_trace`, whose function `written` takes what is shown."""
