"""Behind ``bot.media``: the separate process that opens a picture, and how its lines become a text."""
