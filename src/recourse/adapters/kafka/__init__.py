"""How do events leave for other systems, and what may those ask of this one?"""
