"""The states of a conversation, one file a state; ``bot.conversation`` holds the table.

Each state is a plain function from context and event to a turn. Must not know any channel.
"""
