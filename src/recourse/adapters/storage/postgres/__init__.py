"""How is the log kept in a schema of a PostgreSQL database?"""
