"""What can be asked about a protocol, one module per kind. A module has the function `ask(protocol)`, which lists its questions."""
