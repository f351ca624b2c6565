"""Whether proofs of handlers notice mistakes in what a meaning says: it is changed at one place at a time, and proved anew."""
