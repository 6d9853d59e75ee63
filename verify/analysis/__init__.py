"""Thinking: claims to vectors to events to related pairs to sides compared."""
