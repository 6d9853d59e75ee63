"""The script that the server runs."""
