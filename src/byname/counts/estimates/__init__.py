"""Multiple systems estimation: how many there were, from lists that overlap.

One module a method, each with its reference. All take ``Cells`` and return an ``Estimate``.
"""
