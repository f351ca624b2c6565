"""PBFT's checkpoints, proved for any number of replicas, numbers and requests."""
