"""Operators: each looks at one place of a function and yields the changes to try there."""
