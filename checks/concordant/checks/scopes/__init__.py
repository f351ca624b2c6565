"""One module per protocol: the scopes in which it is explored, with the counts that are expected."""
