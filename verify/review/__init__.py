"""Deciding: decisions, queue, agreement, audit chain, export and re-import."""
