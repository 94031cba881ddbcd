"""Who may do what: accounts, sessions, rate limits, and how long things are kept."""
