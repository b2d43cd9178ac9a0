"""How long relations last: where each student stands, what became of the relations begun, why some ended early."""
