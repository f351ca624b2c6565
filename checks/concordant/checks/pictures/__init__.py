"""Pictures of traces: one layout, which text and other forms draw."""
