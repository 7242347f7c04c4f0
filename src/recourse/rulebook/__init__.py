"""What do the rules say, from which day, under which clause?"""
