"""Which things have a history, and what may happen to each?"""
