"""What people come to do, played in a real browser from the sign-in on."""
