"""SCIM 2.0: a board's directory says who works there, and who does no more."""
