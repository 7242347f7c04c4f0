"""Through which doors does the world reach the engine, and where is the log kept?"""
