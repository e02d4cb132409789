"""What is shown, in the words of one language and of no format: page, paper and Markdown all print the same."""
