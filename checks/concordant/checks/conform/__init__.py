"""Conformance: an implementation in any language, driven beside the reference machine, and compared by what its environment can tell."""

from concordant.checks.conform.adapter import Adapter

__all__ = ["Adapter"]
