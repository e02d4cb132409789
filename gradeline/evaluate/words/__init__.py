"""Answers in words: what a criterion says, why an answer is what it is, and the plain data of both."""
