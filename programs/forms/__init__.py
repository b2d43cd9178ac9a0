"""What pages of programmes and groups ask."""
