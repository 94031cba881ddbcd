"""The way of a message: stored, taken in order, answered once, delivered."""
