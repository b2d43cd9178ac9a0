"""Where programs come in: who they speak for, how often, and what each address answers."""
