"""Measurements of speed and memory, told as figures and as ratios of one run; nothing here is a test."""
