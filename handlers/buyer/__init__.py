"""What buyers start: lines, edits, taps on buttons, and their few commands."""
