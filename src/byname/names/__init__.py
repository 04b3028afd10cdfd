"""A name's parts, forms, scripts, transliteration, keys, similarity. Pure functions."""
