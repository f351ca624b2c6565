"""Mutants: a machine, a rule or a clause is changed at one place, and what notices is told.

`subjects` finds what is mutated, `mutants` and `operators` make the changes, `changing` makes one in place; `judging` and
`weakening` say what notices, `running` does so on all cores, `ledger` keeps what survives, with reasons.
"""
