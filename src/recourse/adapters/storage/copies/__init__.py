"""How does a log leave its store and come back, with nothing lost or changed unnoticed?"""
