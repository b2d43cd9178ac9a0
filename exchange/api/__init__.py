"""The API: what a person may see and log, for their programs, by the same rows, words and verbs as the pages.

``resources`` declares what is read, one declaration a list; ``views`` answers; ``secrets`` and ``actions`` keep tokens.
"""
