"""Values of protocols as JSON, and back: every message, request, answer, event, view, state, history, move and draw."""
