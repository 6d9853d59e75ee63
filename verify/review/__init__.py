"""Deciding: decisions, queue, export, audit."""
