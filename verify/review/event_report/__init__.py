"""The report of one event: `gathered` makes one plain dict, and each form writes it as a file."""
