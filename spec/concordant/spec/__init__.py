"""What must hold: the shared vocabulary, and one module per protocol with its messages, views, history and clauses."""
