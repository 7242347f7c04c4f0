"""Which version of recourse is this?"""

__version__ = "0.1.0"
