"""Synthetic boards with the shape that the benchmarks measure; every row follows from the size, the seed and the day.

Rows are tuples of plain values, written a school at a time: nobody holds ten million objects.
"""
