"""Memory: replicas, caches and checkpoints of what agents know."""
