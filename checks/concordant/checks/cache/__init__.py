"""Answers that are kept from run to run: a question is asked again when anything changed that its answer can depend on."""
