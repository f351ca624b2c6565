"""Rules as tables: the reports of a profile, the outcome, what the clauses say of it, and who would gain by lying."""
