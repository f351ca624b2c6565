"""One correct, deterministic state machine per protocol, without input or output."""
