"""Clusters: questions of all kinds spread over workers of Ray, on this machine or on many."""
