"""What the figures give: cells, sentences, and where each number comes from. Knows nothing of what was published."""
