"""Imports by page: a file becomes lines, each is looked at, a person decides, a job writes all of it or nothing."""
