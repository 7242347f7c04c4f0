"""How do messages reach suppliers by mail, and how does it become known what became of them?"""
