"""What we know about scams and how a message is judged.

Reads only its own data files. Must not know the web, a database, a clock, a network or any messenger:
the same text and the same catalogue always give the same verdict, with every reason visible.
"""
