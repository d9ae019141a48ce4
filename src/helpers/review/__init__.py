"""What does not agree: figures with themselves, published text and tables with what the figures give."""
