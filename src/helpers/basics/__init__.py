"""What everything stands on: exact money, the nouns, errors in words, YAML with lines, where things are."""
