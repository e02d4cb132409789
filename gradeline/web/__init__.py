"""The pages: results in, HTML out; they read no request and keep nothing."""
