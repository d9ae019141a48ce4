"""What a form declares: tables, sentences, checks, and the language that they are written in."""
