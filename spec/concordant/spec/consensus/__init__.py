"""Consensus and commitment: processes that fail agree on one decision."""
