"""What was published, turned into figures: claims, and the fewest rows that rebuild them. Everything it writes is a new folder."""
