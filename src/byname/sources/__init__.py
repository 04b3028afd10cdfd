"""File -> entries, verbatim, with locators. One module a format."""
