"""What the product costs, each time beside a reference measured in the same run: machines are noisy, ratios less."""
