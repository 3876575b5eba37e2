"""A text made comparable, taken apart, and read for what can be read off it exactly."""
