"""The log, written once: what any record of any relation undergoes, whoever declares it (``records`` of each app)."""
