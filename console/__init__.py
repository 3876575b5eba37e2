"""What the command line does, a file a subject; bot.py names the commands."""
