"""« Fiche de fidélité »: what the review retains, criterion by criterion, against what is recorded of one relation."""
