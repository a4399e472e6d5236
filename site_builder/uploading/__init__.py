"""A verified site goes to a bucket (S3): what changed, in an order in which every page has its badge."""
