"""Counterclaim: find claims, pair them across the sides of a dispute, and let people decide."""

__version__ = "0.1.0"
