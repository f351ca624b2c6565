"""Liveness: what must come about on every fair path, decided on the whole graph of a search. A counterexample is a lasso."""
