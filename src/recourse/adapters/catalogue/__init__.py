"""What may other programs, and we in ten years, count on about every event?"""
