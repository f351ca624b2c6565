"""Validating: does some behaviour of the reference machine explain what a running system has logged?"""
