"""What occupations and skills are called, how a spoken title finds one, and which lie near each other (ESCO)."""
