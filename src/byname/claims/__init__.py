"""Text to claims, claims to verdicts."""
