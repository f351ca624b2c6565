"""Proofs of `ascending_price_task_market`."""
