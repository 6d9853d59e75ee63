"""The views of one event: each a module with `draw(store, shown)`, listed on the Compare page."""
