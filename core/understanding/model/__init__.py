"""What was learnt from phrases: trained, kept, asked; with the lines a seller taught, and all of it together as the mind."""
