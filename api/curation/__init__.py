"""The life of the catalogue: drafts, regression, review, publishing, pausing, rolling back, giving and taking."""
