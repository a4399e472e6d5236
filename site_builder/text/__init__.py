"""Rules for single words: characters, ids, addresses, durations, languages, Markdown."""
