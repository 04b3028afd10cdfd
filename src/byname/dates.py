"""Text -> interval with precision; EDTF in and out."""
