"""What are the things without a history: money, days, parties, refusals?"""
