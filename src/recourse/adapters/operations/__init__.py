"""How does somebody who runs a site see whether it is well?"""
