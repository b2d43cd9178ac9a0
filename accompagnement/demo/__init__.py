"""The cast that tests and demonstration share, and the believable history that the demonstration adds."""
