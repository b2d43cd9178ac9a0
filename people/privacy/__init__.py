"""The privacy officer's desk: what is kept of people, how long, who read it, and how it leaves or goes."""
