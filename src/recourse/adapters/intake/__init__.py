"""How does a file of repairs become claims, with no row lost and none guessed?"""
