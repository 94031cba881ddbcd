"""What must survive a crash besides messages."""
