"""Keeping: one schema for SQLite and PostgreSQL."""
