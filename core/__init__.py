"""What we decide: pure functions over values. No input or output, no clock, no Telegram types, nothing of ours from outside."""
