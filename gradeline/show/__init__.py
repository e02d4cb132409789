"""How results go out to people: the terminal, the page, paper, cards and reports."""
