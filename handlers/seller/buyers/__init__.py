"""Buyers and their chats: who waits, finding, answering, reminders, hagglers, blocking."""
