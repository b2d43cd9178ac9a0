"""The pictures of the figures: one file each, from the frame and the colours of ``reports.charts``."""
