"""Disclosure control of the register."""
