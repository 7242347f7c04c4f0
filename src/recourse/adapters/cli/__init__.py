"""How does one ask the engine from a terminal or a script?"""
