"""Drawing: the screens; no thinking."""
