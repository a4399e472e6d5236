"""Sites that go to a bucket, on a real S3 server."""
