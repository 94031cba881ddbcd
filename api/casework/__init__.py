"""What citizens asked and reported, as the staff will see it: always masked."""
