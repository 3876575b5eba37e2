"""What sellers start: commands by subject, replies to cards, files, and taps."""
